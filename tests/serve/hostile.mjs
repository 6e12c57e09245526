// Clients that are slow, many or broken do no harm: others are answered meanwhile, and memory stays bounded.
import assert from "node:assert/strict";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { copySite, get, serve, until, workFolder } from "./client.mjs";

const work = workFolder(), site = path.join(work, "site");
fs.mkdirSync(site);
copySite(".", site);
const server = await serve(site);
const memory = () => Number(/VmHWM:\s*(\d+)/.exec(fs.readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1]) / 1024;
const open = () => {
	const socket = net.connect(server.port, "127.0.0.1");
	socket.on("error", () => {});
	return socket;
};
const answered = async (what) => assert.equal((await get(server, "/kotsu/1/")).status, 200, what);
const said = (socket) => new Promise((resolve) => {
	let words = "";
	socket.on("data", (bytes) => (words += bytes));
	socket.on("close", () => resolve(words));
});

await answered("at the start");
const before = memory();

// A header that never ends: refused once it is longer than any should be, without being held.
const huge = open(), refused = said(huge);
huge.write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
const piece = Buffer.alloc(1 << 20, "x");
for (let sent = 0; sent < 1024 && !huge.destroyed && huge.writable; sent++)
	if (!huge.write(piece)) await Promise.race([new Promise((r) => huge.once("drain", r)), new Promise((r) => huge.once("close", r)), new Promise((r) => setTimeout(r, 200))]);
huge.destroy();
assert.match(await refused, /^(HTTP\/1\.[01] (431|4\d\d)|$)/);
await answered("after a huge header");

// A body that nobody asked for.
const upload = open(), answer = said(upload);
upload.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1073741824\r\n\r\n");
for (let sent = 0; sent < 64 && upload.writable; sent++) upload.write(piece);
assert.match(await answer, /^(HTTP\/1\.1 405|$)/);
await answered("after a huge body");

// What is no HTTP.
for (const words of ["\r\n\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\nHost localhost\r\n\r\n", "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", `GET /${"a/".repeat(7000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, "GET /%zz%%% HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nffffffffffffffff\r\n"]) {
	const socket = open(), told = said(socket);
	socket.end(words, "latin1");
	assert.doesNotMatch(await told, /^HTTP\/1\.1 200[^]*root:/);
	await answered(words.slice(0, 30));
}

// Two hundred at once that say little and slowly, two hundred that ask and do not read, and a hundred that listen.
const slow = Array.from({ length: 120 }, () => {
	const socket = open();
	socket.write("GET / HT");
	return socket;
});
const deaf = Array.from({ length: 60 }, () => {
	const socket = open();
	socket.pause();
	socket.write("GET /guide/format/ HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20));
	return socket;
});
const listeners = Array.from({ length: 60 }, () => {
	const socket = open();
	socket.write("GET /.giji/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
	return socket;
});
const drip = setInterval(() => slow.forEach((socket) => socket.writable && socket.write("x")), 500);
await answered("beside 240 bad clients");
await Promise.all(Array.from({ length: 200 }, () => answered("200 at once")));
deaf.forEach((socket) => socket.destroy());
listeners.forEach((socket) => socket.destroy());

// Whoever takes too long for a header is sent away, however many bytes come.
await until(() => (slow.every((socket) => socket.destroyed || socket.closed || !socket.readable) ? "" : "still there"), "slow clients");
clearInterval(drip);
await answered("after the slow ones");
assert.ok(memory() < before + 300, `memory grew from ${before} to ${memory()} MB`);

// An end while all kinds of clients are there.
const last = Array.from({ length: 30 }, (_, i) => {
	const socket = open();
	socket.write(i % 2 ? "GET /.giji/events HTTP/1.1\r\nHost: localhost\r\n\r\n" : "GET / HT");
	return socket;
});
await answered("before the end");
assert.equal(await server.stop(), 0);
last.forEach((socket) => socket.destroy());
fs.rmSync(work, { recursive: true });
console.log("slow, many and broken clients: others are answered, memory stays bounded");
process.exit(0);
