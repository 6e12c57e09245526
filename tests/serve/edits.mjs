// Random edits of a site, with a fixed seed: after each, every file that is served is, byte for byte, what a fresh
// build writes; while a build would fail, what the last good one wrote.
//     node tests/serve/edits.mjs [EDITS [SEED [KINDS]]]       KINDS: a pattern of the names below
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { build, copySite, difference, get, serve, until, workFolder } from "./client.mjs";

const edits = Number(process.argv[2] ?? 150);
let seed = Number(process.argv[3] ?? 20261115);
const wanted = new RegExp(process.argv[4] ?? ".");
const work = workFolder(), site = path.join(work, "site"), output = path.join(work, "public");
fs.mkdirSync(site);
copySite(".", site, /sister-city/);

// mulberry32: below `most`
function any(most) {
	seed = (seed + 0x6d2b79f5) | 0;
	let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) % most;
}

const one = (list) => list[any(list.length)];
const at = (name) => path.join(site, name);
const read = (name) => fs.readFileSync(at(name), "utf8");
const write = (name, text) => {
	fs.mkdirSync(path.dirname(at(name)), { recursive: true });
	fs.writeFileSync(at(name), text);
};

function walk(folder) {
	if (!fs.existsSync(at(folder))) return [];
	return fs.readdirSync(at(folder), { recursive: true })
		.map((name) => `${folder}/${name}`)
		.filter((name) => fs.statSync(at(name)).isFile())
		.sort();
}

const records = () => walk("content").filter((name) => /content\/(?!guide).+\/[^/]+\.md$/.test(name) && !/\/index\./.test(name));
const pages = () => walk("content").filter((name) => name.endsWith(".md"));
const words = ["自転車の置き場", "バスの便", "共通ＩＤ", "公共交通", "safety of cyclists", "第4回", "計画の見直し", "観光", "**強調**の語"];

function editLine(name, change) {
	const lines = read(name).split("\n");
	const end = lines.indexOf("---", 1);
	const body = lines.map((line, i) => i).filter((i) => i > end && lines[i].trim() && !/^[#>|`【\[]/.test(lines[i]));
	if (body.length === 0) return;
	const i = one(body);
	lines[i] = change(lines[i]);
	write(name, lines.filter((line) => line !== null).join("\n"));
}

let made = 0;
const kinds = {
	words: () => editLine(one(records()), (line) => `${line}${one(words)}も大切である。`),
	shorterWords: () => editLine(one(records()), (line) => (line.length > 24 ? `${line.slice(0, -8)}。` : line)),
	statement: () => editLine(one(records()), (line) => `${line}\n- ${one(words)}について、改めて考えたい。`),
	paragraph: () => editLine(one(records()), (line) => `${line}\n\n${one(words)}について話し合われた。`),
	lineOut: () => editLine(one(records()), () => null),
	hashtag: () => editLine(one(records()), (line) => `${line} #${one(["公共交通", "観光", "新しい話題", "自転車"])}`),
	link: () => editLine(one(records()), (line) => `${line}（[[${one(["第1回", "第4回", "kuga", "about", "ない頁"])}]]）`),
	anchor: () => editLine(one(records()), (line) => `${line} [発言](${path.basename(one(records()))}#s${any(9)})`),
	decision: () => {
		const name = one(records());
		write(name, `${read(name).trimEnd()}\n\n> [!decision] 了承\n> ${one(words)}を進める。\n`);
	},
	actionDone: () => {
		const name = one(records());
		write(name, `${read(name).trimEnd()}\n\n> [!action] 2026-0${1 + any(9)}-01 事務局\n> ${one(words)}を調べる。\n> 完了：2026-0${1 + any(9)}-02\n`);
	},
	actionDoneOn: () => {
		const name = records().find((record) => /^> 完了：/m.test(read(record)));
		if (name) write(name, read(name).replace(/^> 完了：.*$/m, () => `> 完了：2026-0${1 + any(9)}-0${1 + any(9)}`));
	},
	vote: () => {
		const name = one(records());
		write(name, `${read(name).trimEnd()}\n\n> [!vote] 可決\n> 賛成：${any(3)}\n`);
	},
	title: () => {
		const name = one(pages());
		write(name, read(name).replace(/^title: .*$/m, (line) => `title: 題${made++} ${any(99)}`));
	},
	date: () => {
		const name = one(records());
		write(name, read(name).replace(/^date: .*$/m, () => `date: 202${any(7)}-0${1 + any(9)}-1${any(10)}`));
	},
	status: () => {
		const name = one(records());
		write(name, read(name).replace(/^status: .*$/m, () => `status: ${one(["draft", "provisional", "confirmed"])}`));
	},
	newRecord: () => {
		const from = one(records());
		write(from.replace(/[^/]*$/, `new-${made++}.md`), read(from).replace(/^(title: .*)$/m, "$1 写し").replace(/^aliases:.*\n/m, ""));
	},
	removeRecord: () => fs.rmSync(at(one(records()))),
	renameRecord: () => {
		const from = one(records());
		fs.renameSync(at(from), at(from.replace(/[^/]*$/, `renamed-${made++}.md`)));
	},
	saveByRename: () => {
		const name = one(records());
		write(`${name}.tmp~`, read(name).replace(/。/, "。書き直した。"));
		fs.renameSync(at(`${name}.tmp~`), at(name));
	},
	halfSaved: async () => {
		const name = one(records()), text = `${read(name).trimEnd()}\n\n${one(words)}。\n`;
		const file = fs.openSync(at(name), "w");
		fs.writeSync(file, text.slice(0, text.length / 2));
		await new Promise((resolve) => setTimeout(resolve, any(80)));
		fs.writeSync(file, text.slice(text.length / 2));
		fs.closeSync(file);
	},
	person: () => write("content/people.yml", read("content/people.yml").replace(/^ {2}reading: .*$/m, () => `  reading: よみ${any(50)}`)),
	newPerson: () => write("content/people.yml", `${read("content/people.yml").trimEnd()}\n\nnew${made++}:\n  name: 新人${made}\n  labels: [新人${made}委員]\n`),
	brokenRegister: () => write("content/people.yml", `${read("content/people.yml").trimEnd()}\n  labels: [\n`),
	term: () => write("content/topics.yml", read("content/topics.yml").replace(/^ {2}terms: \[/m, `  terms: [${one(["委員", "資料", "計画"])}${made++}, `)),
	template: () => write("templates/footer-note.html", ""),
	ownTemplate: () => {
		const name = one(["decisions", "topics", "speakers", "not-found"]);
		write(`templates/${name}.html`, fs.readFileSync(`templates/${name}.html`, "utf8").replace("{% block main %}", `{% block main %}<p>${any(99)}</p>`));
	},
	brokenTemplate: () => write(`templates/${one(["meeting", "topic"])}.html`, "{% extends \"base\" %}{% block main %}<p>{{ page.nothing }}</p>{% end %}"),
	noTemplates: () => fs.rmSync(at("templates"), { recursive: true, force: true }),
	label: () => write("themes/default/labels/ja.yml", `site: {skip: 本文へ${any(99)}}\n`),
	stylesheet: () => write("themes/default/assets/style.css", `main { margin: ${any(99)}px; }\n`),
	siteTitle: () => write("site.yml", read("site.yml").replace(/^publisher: .*$/m, () => `publisher: 凪原市${any(99)}`)),
	speakerPages: () => write("site.yml", `${read("site.yml").replace(/^speaker_pages: .*\n/m, "")}speaker_pages: ${one(["full", "excerpt", "off"])}\n`),
	bodyIndex: () => {
		const name = one(walk("content").filter((n) => /\/index\.md$/.test(n)));
		write(name, `${read(name).trimEnd()}\n\n${one(words)}。\n`);
	},
	standing: () => {
		const name = one(walk("content").filter((n) => /kotsu\/index\.md$|sister-city\/index\.md$/.test(n)));
		if (name) write(name, read(name).replace(/^---\n/, `---\nestablished: 20${10 + any(10)}-04-01\n`).replace(/(established: .*\n)established: .*\n/, "$1"));
	},
	document: () => write(`content/kotsu/files/new-${made++}.pdf`, `%PDF-1.4 ${any(1000)}`),
	documentLink: () => editLine(one(records()), (line) => `${line}[資料](files/new-${any(made + 1)}.pdf)`),
	removeBody: () => fs.rmSync(at(`content/${one(["kotsu", "sister-city", "sogo-keikaku"])}`), { recursive: true, force: true }),
	moveBody: () => {
		if (fs.existsSync(at("content/kotsu"))) fs.renameSync(at("content/kotsu"), at(`content/bus-${made++}`));
	},
	pageFolder: () => write(`content/pages-${made}/index.md`, `---\ntitle: 案内${made++}\nkind: pages\n---\n\n案内です。\n`),
	settingsGone: async () => {
		const settings = read("site.yml");
		fs.rmSync(at("site.yml"));
		await new Promise((resolve) => setTimeout(resolve, any(100)));
		kinds.title();
		await new Promise((resolve) => setTimeout(resolve, any(200)));
		write("site.yml", settings);
	},
	ledger: () => {
		const ledgers = walk("content").filter((name) => name.endsWith(".ledger"));
		if (ledgers.length) fs.rmSync(at(one(ledgers)));
		else fs.cpSync("content/sister-city/2025-06-12.ledger", at("content/sister-city/2025-06-12.ledger"));
	},
	backup: () => write(one(records()).replace(/\.md$/, ".md~"), "nothing"),
	touch: () => fs.utimesSync(at(one(pages())), new Date(), new Date()),
};

// As `git checkout` does: everything as it was, at once.
function restore() {
	for (const name of fs.readdirSync(site)) if (name !== "content") fs.rmSync(at(name), { recursive: true });
	const fresh = walk("content").filter((name) => !fs.existsSync(name) || name.endsWith(".ledger"));
	fresh.forEach((name) => fs.rmSync(at(name)));
	copySite(".", site, /sister-city/);
}

process.on("uncaughtException", (error) => {
	console.error(error.message);
	console.error(server.said.slice(-3000));
	process.exit(1);
});
const server = await serve(site, "--no-reload", ...(process.env.POLL ? ["--poll"] : []));
let good = build(site, output), failed = 0, last = "start";
const seen = new Set(good.keys());
const told = {};
await until(() => difference(server, good), "at the start");
for (let i = 1; i <= edits; i++) {
	/* What is broken is mended soon, or nothing else would be seen. */
	const kind = failed > 1 || i === edits ? "restore" : one(Object.keys(kinds).filter((name) => wanted.test(name)));
	if (kind === "restore") restore();
	else if (kind === "removeRecord" && records().length < 6) restore();
	else if (records().length === 0) restore();
	else await kinds[kind]();
	const files = build(site, output);
	told[kind] = (told[kind] ?? 0) + 1;
	failed = files ? 0 : failed + 1;
	good = files ?? good;
	good.forEach((bytes, name) => seen.add(name));
	/* Files that are only copied are not held in memory: they go with their source. */
	const held = files ?? new Map([...good].filter(([name]) => !/(^|\/)(files|assets)\//.test(name)));
	/* What fails in a template is known once it is asked for: until then all else is shown as it is now. */
	const fails = !files && walk("templates").some((name) => read(name).includes("page.nothing"));
	if (fails) assert.equal((await get(server, `${server.base}about/`)).status, 200);
	else await until(() => difference(server, held, files ? seen : []), `edit ${i}, ${kind} after ${last}${files ? "" : ", which does not build"}`);
	last = kind;
	if (process.env.VERBOSE) console.log(i, kind, files ? files.size : "failed");
}
const status = await server.stop();
fs.rmSync(work, { recursive: true });
if (status !== 0) throw new Error(`the server ended with ${status}`);
console.log(`${edits} edits, each as a fresh build: ${Object.entries(told).map(([kind, n]) => `${kind} ${n}`).join(", ")}`);
process.exit(0);
