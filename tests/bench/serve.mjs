// From write() of a changed meeting to the new bytes of its page, and of its speaker's page, over HTTP.
//     node tests/bench/serve.mjs SITE [EDITS [KIND]]
// SITE is one that make_site made; it is edited. KIND: words (more words in a statement), statement (one more), save
// (words, saved under another name and renamed), title (in the front matter: the site is made anew). GIJI names the program.
import fs from "node:fs";
import http from "node:http";
import { get, serve } from "../serve/client.mjs";

const [site, count = "50", kind = "words"] = process.argv.slice(2);
const started = process.hrtime.bigint();
const ms = (since) => Number(process.hrtime.bigint() - since) / 1e6;
const server = await serve(site);
console.log(`loaded and served after ${(ms(started) / 1000).toFixed(2)} s`);
const rss = () => /VmRSS:\s*(\d+)/.exec(fs.readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1] / 1024;
console.log(`memory ${rss().toFixed(0)} MB`);

/* What all its threads computed, in milliseconds: steadier than the clock where others use the machine too. */
const computed = () => {
	const tasks = `/proc/${server.child.pid}/task`;
	return fs.readdirSync(tasks).reduce((sum, task) => sum + Number(fs.readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]) / 1e6, 0);
};

const bodies = fs.readdirSync(`${site}/content`).filter((name) => /^b\d+$/.test(name));
const people = fs.readFileSync(`${site}/content/people.yml`, "utf8");

// As a browser does: listens, and asks when it is told that something changed.
let told = () => {};
http.get({ host: "127.0.0.1", port: server.port, path: `${server.base}.giji/events?since=0` }, (events) =>
	events.on("data", (bytes) => bytes.includes("event:") && told()));

async function until(target, mark) {
	for (;;) {
		await new Promise((resolve) => (told = resolve));
		if ((await get(server, target)).body.includes(mark)) return;
	}
}

const times = { page: [], speaker: [] }, before = computed();
for (let i = 0; i < Number(count); i++) {
	const body = bodies[(i * 7919) % bodies.length], files = fs.readdirSync(`${site}/content/${body}`).filter((n) => n !== "index.md");
	const name = files[(i * 104729) % files.length], file = `${site}/content/${body}/${name}`;
	const text = fs.readFileSync(file, "utf8");
	const speech = /【(.+?)】\n\n- .*/.exec(text);
	const id = new RegExp(`^(p\\d+):\\n  name: .*\\n.*\\n  labels: \\[${speech[1]}\\]`, "m").exec(people)[1];
	const date = /^date: (\d+)-(\d+)/m.exec(text), year = Number(date[1]) - (Number(date[2]) < 4 ? 1 : 0);
	const mark = `印${process.pid}の${i}番`;
	const added = kind === "statement" ? `\n- ${mark}の発言。` : `${mark}を加える。`;
	const changed = kind === "title" ? text.replace(/^title: .*$/m, `$& ${mark}`) : text.replace(speech[0], kind === "statement" ? speech[0] + added : speech[0].replace("\n\n- ", `\n\n- ${added}`));
	const speaker = `${server.base}speakers/${id}/${year}/`;
	const target = process.env.SPEAKER_ONLY ? speaker : `${server.base}${body}/${name.replace(/\.md$/, "")}/`;
	for (const [what, address] of [["page", target], ["speaker", speaker]]) {
		/* One edit for each: the second page must not profit from the first one's wait. */
		const now = what === "page" ? changed : changed.replace(mark, `${mark}再`);
		const wanted = what === "page" ? mark : `${mark}再`;
		await new Promise((resolve) => setTimeout(resolve, 300));
		const seen = until(address, wanted), since = process.hrtime.bigint();
		if (kind === "save") {
			fs.writeFileSync(`${file}.part`, now);
			fs.renameSync(`${file}.part`, file);
		} else {
			fs.writeFileSync(file, now);
		}
		await seen;
		times[what].push(ms(since));
	}
}
for (const [what, list] of Object.entries(times)) {
	list.sort((a, b) => a - b);
	const at = (part) => list[Math.min(list.length - 1, Math.floor(list.length * part))].toFixed(1);
	console.log(`${kind}: ${what}: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, worst ${list.at(-1).toFixed(1)} ms, of ${list.length} edits`);
}
console.log(`computed ${((computed() - before) / 2 / Number(count)).toFixed(1)} ms an edit; memory ${rss().toFixed(0)} MB`);
await server.stop();
process.exit(0);
