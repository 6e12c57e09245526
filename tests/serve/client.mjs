// What the tests of `giji serve` share: starting one, asking it, building beside it.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";

export const giji = process.env.GIJI ?? path.resolve("build/release/giji");
const env = { ...process.env, LC_ALL: "C.UTF-8", LANGUAGE: "", TZ: "UTC" };

export function workFolder() {
	return fs.mkdtempSync(path.join(os.tmpdir(), "giji-serve-"));
}

// The sample site, whose own templates and theme are the installed ones. Stamped records can hardly be edited without a
// finding: of those only the ones in `stamped` keep their ledgers.
export function copySite(from, to, stamped = /$^/) {
	const filter = (name) => !name.endsWith(".ledger") || stamped.test(name);
	for (const name of ["content", "site.yml"]) fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true, filter });
}

// Serves until stop(). Ends with the test, whatever becomes of it.
export async function serve(site, ...options) {
	const child = spawn(giji, ["serve", "-C", site, "-p", "0", "--now", "2026-11-15", ...options], { env });
	const server = { child, said: "", port: 0 };
	process.on("exit", () => child.kill("SIGKILL"));
	child.stderr.on("data", (bytes) => (server.said += bytes));
	await new Promise((resolve, reject) => {
		child.stdout.on("data", (bytes) => {
			server.said += bytes;
			const found = /http:\/\/[^ ]*:(\d+)(\/[^ ]*)/.exec(server.said);
			if (found && !server.port) {
				server.port = Number(found[1]);
				server.base = found[2];
				resolve();
			}
		});
		child.on("exit", (status) => reject(new Error(`ended with ${status}: ${server.said}`)));
	});
	child.removeAllListeners("exit");
	server.ended = new Promise((resolve) => child.on("exit", (status, signal) => resolve(status ?? signal)));
	server.stop = () => {
		child.kill("SIGINT");
		return server.ended;
	};
	return server;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

// The whole answer: status, headers, and the body as bytes.
export function get(server, target, headers = {}, method = "GET") {
	return new Promise((resolve, reject) => {
		const request = http.request({ host: "127.0.0.1", port: server.port, path: target, method, headers, agent });
		request.on("error", reject);
		request.on("response", (response) => {
			const parts = [];
			response.on("data", (part) => parts.push(part));
			response.on("end", () =>
				resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
			response.on("error", reject);
		});
		request.end();
	});
}

// A fresh build with drafts: its files by path, or null when it failed.
export function build(site, output) {
	fs.rmSync(output, { recursive: true, force: true });
	const done = spawnSync(giji, ["build", "-D", "-C", site, "-o", output, "--now", "2026-11-15", "-q"], { env });
	if (done.status !== 0) return null;
	const files = new Map();
	for (const name of fs.readdirSync(output, { recursive: true })) {
		const file = path.join(output, name);
		if (name !== "giji-manifest.json" && fs.statSync(file).isFile()) files.set(name, fs.readFileSync(file));
	}
	return files;
}

// The first difference between what is served and a build's files; "" without one. `gone` are paths of earlier builds.
export async function difference(server, files, gone = []) {
	for (const [name, bytes] of files) {
		const target = server.base + name.replace(/(^|\/)index\.html$/, "$1").split("/").map(encodeURIComponent).join("/");
		const answer = await get(server, target);
		if (answer.status !== 200) return `${name}: status ${answer.status}`;
		if (!answer.body.equals(bytes)) return `${name}: other bytes`;
	}
	for (const name of gone) {
		if (files.has(name)) continue;
		const answer = await get(server, server.base + name.split("/").map(encodeURIComponent).join("/"));
		if (answer.status !== 404) return `${name}: is gone, and served with ${answer.status}`;
	}
	return "";
}

// Asks until `condition` holds; a minute is long enough for any machine.
export async function until(condition, what) {
	for (let tries = 0; ; tries++) {
		const wrong = await condition();
		if (!wrong) return;
		if (tries > 600) throw new Error(`${what}: ${wrong}`);
		await new Promise((resolve) => setTimeout(resolve, Math.min(10 + tries * 5, 100)));
	}
}
