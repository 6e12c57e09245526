// What the preview answers: addresses, headers, parts of files, other hosts, errors in the site.
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { copySite, get, serve, until, workFolder } from "./client.mjs";

const work = workFolder(), site = path.join(work, "site");
fs.mkdirSync(site);
copySite(".", site);
const at = (name) => path.join(site, name);
fs.writeFileSync(at("site.yml"), fs.readFileSync(at("site.yml"), "utf8").replace(/^base_url: .*$/m, "base_url: https://kaigi.city.nagihara.example/shisei/kaigi/"));

const server = await serve(site);
assert.equal(server.base, "/shisei/kaigi/");
const page = (name) => `${server.base}${name}`;
const text = (answer) => answer.body.toString("utf8");

// --- addresses ---
const home = await get(server, page(""));
assert.equal(home.status, 200);
assert.equal(home.headers["content-type"], "text/html; charset=utf-8");
assert.equal(home.headers["cache-control"], "no-store");
assert.equal(home.headers["x-content-type-options"], "nosniff");
assert.match(home.headers["content-security-policy"], /^default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'/);
assert.match(text(home), /<script defer="defer" id="giji-reload" src="\/shisei\/kaigi\/\.giji\/reload\.js"/);
for (const [from, to] of [["/", page("")], ["/shisei/kaigi", page("")], [page("speakers"), page("speakers/")], [page("kotsu/1?x=1"), page("kotsu/1/")]]) {
	const away = await get(server, from);
	assert.equal(away.status, 302, from);
	assert.equal(away.headers.location, to);
}
for (const name of ["nothing/", "nothing", "kotsu/1/index.htm", ".giji/", "..%2f..%2fsite.yml", "content/people.yml", "giji-manifest.json"]) {
	const absent = await get(server, page(name));
	assert.equal(absent.status, 404, name);
	assert.match(text(absent), /<h1/);
}
assert.equal((await get(server, "/elsewhere/")).status, 404);
assert.match(text(await get(server, page("en/nothing/"))), /<html lang="en">/, "in the language of the address");
for (const target of ["/shisei/kaigi/../../../../etc/passwd", "//etc/passwd", "/shisei/kaigi/%2e%2e/%2e%2e/etc/passwd", "/shisei/kaigi/kotsu/files/..%2f..%2f..%2fsite.yml", "/shisei/kaigi/%00", "/shisei/kaigi/kotsu/%00/../1/", "/%ff%fe"]) {
	const answer = await get(server, target);
	assert.ok(answer.status === 404 || answer.status === 302 || target.endsWith("%00") || target.includes("%00/"), `${target}: ${answer.status}`);
	assert.doesNotMatch(text(answer), /root:|base_url/, target);
}
for (const [name, type] of [["assets/style.css", "text/css; charset=utf-8"], ["sitemap.xml", "application/xml; charset=utf-8"], ["robots.txt", "text/plain; charset=utf-8"], [".giji/reload.js", "text/javascript; charset=utf-8"]]) {
	const file = await get(server, page(name));
	assert.equal(file.status, 200, name);
	assert.equal(file.headers["content-type"], type);
}

// --- methods and parts ---
const whole = await get(server, page("assets/style.css"));
const head = await get(server, page("assets/style.css"), {}, "HEAD");
assert.equal(head.status, 200);
assert.equal(head.headers["content-length"], String(whole.body.length));
assert.equal(head.body.length, 0);
for (const target of [page("assets/style.css"), page("kotsu/1/")]) {
	const all = await get(server, target), n = all.body.length;
	for (const [range, first, end] of [["bytes=0-9", 0, 10], ["bytes=10-", 10, n], ["bytes=-7", n - 7, n], [`bytes=5-${n * 9}`, 5, n]]) {
		const part = await get(server, target, { Range: range });
		assert.equal(part.status, 206, range);
		assert.equal(part.headers["content-range"], `bytes ${first}-${end - 1}/${n}`);
		assert.ok(part.body.equals(all.body.subarray(first, end)), range);
	}
	const outside = await get(server, target, { Range: `bytes=${n}-` });
	assert.equal(outside.status, 416);
	assert.equal(outside.headers["content-range"], `bytes */${n}`);
	for (const headers of [{ Range: "bytes=0-1,4-5" }, { Range: "lines=1-2" }, { Range: "bytes=9-2" }, { Range: "bytes=0-9", "If-Range": '"x"' }]) {
		const answer = await get(server, target, headers);
		assert.equal(answer.status, 200, JSON.stringify(headers));
		assert.equal(answer.body.length, n);
	}
}
for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "FROB"]) {
	const answer = await get(server, page(""), {}, method);
	assert.equal(answer.status, 405, method);
	assert.equal(answer.headers.allow, "GET, HEAD");
}

// --- who may ask ---
for (const [host, status] of [[`127.0.0.1:${server.port}`, 200], ["localhost", 200], ["LOCALHOST:1", 200], ["[::1]:80", 200], ["evil.example", 403], [`evil.example:${server.port}`, 403], ["127.0.0.1.evil.example", 403], ["192.0.2.7", 403], ["localhost:99999999", 403]])
	assert.equal((await get(server, page(""), { Host: host })).status, status, host);
for (const [origin, status] of [[`http://localhost:${server.port}`, 200], ["http://evil.example", 403], ["https://localhost", 403], ["null", 403]])
	assert.equal((await get(server, page(""), { Origin: origin })).status, status, origin);
assert.equal((await get(server, page(".giji/events"), { Origin: "http://evil.example" })).status, 403);

// --- events, drafts, errors ---
const events = await new Promise((resolve, reject) => {
	const request = http.get({ host: "127.0.0.1", port: server.port, path: page(".giji/events?since=0") }, resolve);
	request.on("error", reject);
});
assert.equal(events.headers["content-type"], "text/event-stream; charset=utf-8");
let heard = "";
events.on("data", (bytes) => (heard += bytes));
events.on("error", () => {});
await until(() => (/event: pages/.test(heard) ? "" : "no first event"), "the first event");
const record = fs.readFileSync(at("content/kotsu/1.md"), "utf8");
fs.writeFileSync(at("content/kotsu/1.md"), record.replace(/^status: .*$/m, "status: draft").replace(/^title: .*$/m, "title: 書き換えた題"));
await until(async () => (text(await get(server, page("kotsu/1/"))).includes("書き換えた題") ? "" : "the old page"), "an edit");
await until(() => (heard.match(/event: pages/g).length >= 2 ? "" : "no second event"), "the second event");
assert.match(text(await get(server, page("kotsu/1/"))), /下書き/);
fs.writeFileSync(at("content/kotsu/1.md"), record.replace(/^---\n/, "---\ntitel: <b>x</b>\n"));
await until(async () => (text(await get(server, page("kotsu/2/"))).includes("content/kotsu/1.md:2:1") ? "" : "no finding"), "a finding");
const broken = text(await get(server, page("kotsu/1/")));
assert.match(broken, /書き換えた題/, "the last good page stays");
assert.doesNotMatch(broken, /<b>x<\/b>/, "findings are text");
fs.writeFileSync(at("content/kotsu/1.md"), record);
await until(async () => (text(await get(server, page("kotsu/1/"))).includes("書き換えた題") ? "the old page" : ""), "what was mended");
fs.writeFileSync(at("content/kotsu/files/新しい.txt"), "本文\n");
fs.writeFileSync(at("content/kotsu/1.md"), `${record.trimEnd()}\n\n[新しい資料](files/新しい.txt)\n`);
await until(async () => ((await get(server, encodeURI(page("kotsu/files/新しい.txt")))).status === 200 ? "" : "no file"), "a new document");

// --- a template's mistake is told beside every page, once, and on the terminal ---
fs.mkdirSync(at("templates"), { recursive: true });
fs.writeFileSync(at("templates/meeting.html"), "<!DOCTYPE html>\n<html lang=\"ja\"><head><title>x</title></head><body><p>{{ page.meting.title }}</p></body></html>\n");
await until(async () => (text(await get(server, page("about/"))).includes("templates/meeting.html:2") ? "" : "no finding"), "a template's mistake");
await until(() => (server.said.includes("templates/meeting.html:2") ? "" : "nothing on the terminal"), "a template's mistake");
assert.equal(text(await get(server, page("kotsu/2/"))).split("templates/meeting.html:2").length, 2);
fs.rmSync(at("templates/meeting.html"));
await until(async () => (text(await get(server, page("about/"))).includes("templates/meeting.html") ? "the finding" : ""), "a mended template");

// --- the end: at once, whoever listens ---
const ended = server.stop();
assert.equal(await ended, 0);
await assert.rejects(get(server, page("")));

// --- a port that is taken, a site with errors from the start ---
fs.writeFileSync(at("site.yml"), "title: [\n");
const second = await serve(site);
const start = await get(second, "/anything/");
assert.equal(start.status, 503);
assert.match(text(start), /site\.yml:/);
assert.match(text(start), /reload\.js/);
copySite(".", site);
await until(async () => ((await get(second, "/kotsu/1/")).status === 200 ? "" : "still broken"), "a start with errors");
await assert.rejects(serve(site, "-p", String(second.port)), /ended with 3/);
await assert.rejects(serve(site, "-i", "no.address"), /ended with 2/);
const japanese = await serve(site, "--lang", "ja");
assert.match(text(await get(japanese, "/", { Host: "evil.example" })), /403：.*別の名前/);
assert.equal(await japanese.stop(), 0);
const named = await serve(site, "-i", "127.0.0.1", "--host", "kaigi.local", "--no-reload", "--poll");
assert.equal((await get(named, "/", { Host: "kaigi.local" })).status, 200);
assert.doesNotMatch(text(await get(named, "/")), /giji-reload/);
fs.writeFileSync(at("content/kotsu/1.md"), record.replace(/^title: .*$/m, "title: ネットワークドライブ"));
await until(async () => (text(await get(named, "/kotsu/1/")).includes("ネットワークドライブ") ? "" : "the old page"), "--poll");
assert.equal(await named.stop(), 0);
assert.equal(await second.stop(), 0);
fs.rmSync(work, { recursive: true });
console.log("addresses, headers, parts, hosts, events, errors: as they should be");
process.exit(0);
