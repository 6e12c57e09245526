// What the preview of a site shows, as files: each page and file of a built one, asked for, and what its overlay is told.
//     node tests/serve/mirror.mjs SITE BUILT OUTPUT NOW
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { get, serve } from "./client.mjs";

const [site, built, output, now] = process.argv.slice(2);
const server = await serve(site, "--now", now);
const put = (name, bytes) => {
	fs.mkdirSync(path.dirname(path.join(output, name)), { recursive: true });
	fs.writeFileSync(path.join(output, name), bytes);
};
for (const name of fs.readdirSync(built, { recursive: true })) {
	if (!fs.statSync(path.join(built, name)).isFile()) continue;
	const target = name.split("/").map(encodeURIComponent).join("/").replace(/(^|\/)index\.html$/, "$1");
	put(name, (await get(server, server.base + target)).body);
}
put("absent.html", (await get(server, `${server.base}nothing/`)).body);
put("events", await new Promise((resolve) => {
	http.get({ host: "127.0.0.1", port: server.port, path: `${server.base}.giji/events`, agent: false }, (answer) =>
		answer.once("data", (bytes) => {
			answer.destroy();
			resolve(bytes);
		}));
}));
put("said", server.said);
await server.stop();
process.exit(0);
