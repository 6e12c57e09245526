// Every kind of page, in a real Chromium behind a strict policy: what axe-core finds, and what it cannot.
//     node tests/browser/pages.mjs [FOLDER]       with pictures in FOLDER
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { copySite, giji } from "../serve/client.mjs";

const pictures = process.argv[2];
const work = fs.mkdtempSync(path.join(os.tmpdir(), "giji-pages-"));
process.on("exit", () => fs.rmSync(work, { recursive: true, force: true }));
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'";

// --- the sites, each under a folder of its own ---

// A speaker of more than 500 remarks, whose list is therefore split by year.
function manyRemarks(folder) {
	fs.mkdirSync(path.join(folder, "content/suido"), { recursive: true });
	fs.writeFileSync(path.join(folder, "site.yml"), "title: 水道の会議\nbase_url: https://suido.example/\nlanguage: ja\n");
	fs.writeFileSync(path.join(folder, "content/suido/index.md"), "---\ntitle: 水道審議会\n---\n");
	for (const year of [2024, 2025])
		fs.writeFileSync(path.join(folder, `content/suido/${year}.md`),
			`---\ntitle: ${year}年の水道審議会\nkind: summary\ndate: ${year}-06-12\nstatus: confirmed\nattendees: [森会長]\n---\n\n## 水質について\n\n` +
			Array.from({ length: year === 2024 ? 480 : 30 }, (_, i) => `【森会長】${year}年の${i + 1}番目の発言である。\n`).join("\n"));
}
manyRemarks(path.join(work, "many"));
// A golden site, in the theme that every new site has.
function golden(name) {
	const folder = path.join(work, name);
	fs.mkdirSync(folder);
	copySite(path.join("tests/sites", name), folder, /./);
	return folder;
}
const leadsOn = "/demo/kotsu/dai1kai/", notThere = "/demo/no-such-page/";
const everyRegister = ["decisions/", "actions/", "documents/", "corrections/"];
// In each: the folder of its source, and addresses; "ja en" is a page there is in both languages.
const sites = {
	demo: [".", {
		"ja en": ["", "kotsu/", "kotsu/3/", "speakers/", "speakers/tsutsumi/", "topics/", "topics/public-transport/", ...everyRegister,
			"decisions/2025/", "decisions/2026/kotsu/", "about/", "guide/", "guide/findings/", "guide/format/"],
		ja: ["kotsu/1/", "kotsu/2-gijiroku/", "kotsu/4/", "kotsu/5/", "kotsu/2026-02-13/", "sogo-keikaku/r7-1/", "akiya/1/",
			"kotsu/dai1kai/", "no-such-page/"],
		en: ["sister-city/", "../sister-city/2026-06-11/"],
	}],
	hard: ["tests/browser/hard", {
		"ja en": ["", "suido/", "suido/1/", "speakers/", "speakers/nagai/", "topics/pfas/", "annai/", ...everyRegister],
	}],
	corrections: [golden("corrections_of_each_kind_and_place"), { "ja en": ["koen/1/", "corrections/"], ja: ["koen/2/", "koen/3/"] }],
	removed: [golden("addresses_that_last"), { ja: ["koen/1/", "corrections/"] }],
	votes: [golden("votes_by_names_counts_and_words"), { ja: ["koen/1/", "speakers/kozue/"] }],
	anonymous: [golden("an_anonymous_record_tells_roles_only"), { "ja en": ["koen/1/"], ja: ["koen/2/"] }],
	closed: [golden("a_closed_meeting_and_closed_parts_of_an_open_one"), { ja: ["", "koen/1/", "koen/2/", "actions/"] }],
	status: [golden("each_status_shows_wherever_a_meeting_is_named"), {
		"ja en": ["", "koen/", "koen/1/"],
		ja: [1, 2, 3, 4, 5, 7].map((n) => `koen/${n}/`),
	}],
	done: [golden("actions_that_are_done_later"), { ja: ["actions/", "koen/3/"] }],
	draft: [golden("drafts_are_marked_and_kept_from_robots"), { ja: ["", "koen/"] }, "--drafts"],
	many: [path.join(work, "many"), { ja: ["speakers/suido-森会長/", "speakers/suido-森会長/2025/"] }],
};

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript" };
const server = http.createServer((request, response) => {
	const target = decodeURIComponent(new URL(request.url, "http://x").pathname);
	let file = path.join(work, "public", target.endsWith("/") ? `${target}index.html` : target), status = 200;
	if (!fs.existsSync(file)) {
		file = path.join(work, "public", target.split("/")[1], "404.html");
		status = 404;
	}
	response.writeHead(status, { "content-type": types[path.extname(file)] ?? "application/octet-stream", "content-security-policy": policy });
	response.end(fs.existsSync(file) ? fs.readFileSync(file) : "");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const visits = [];
for (const [name, [source, kinds, ...options]] of Object.entries(sites)) {
	const built = spawnSync(giji, ["build", "-C", source, "-o", path.join(work, "public", name), "-u", `${origin}/${name}/`, "--now",
		"2026-08-15", "-q", "-W", "unstamped=off", ...options], { encoding: "utf8" });
	if (built.status !== 0) throw new Error(`${source} does not build: ${built.stderr}`);
	for (const [languages, addresses] of Object.entries(kinds))
		for (const language of languages.split(" "))
			for (const address of addresses)
				visits.push(new URL(address, `${origin}/${name}/${language === "en" ? "en/" : ""}`).pathname);
}

// --- what is asked of each ---

const wrong = [];
let asked = 0;
const complain = (where, what) => wrong.push(`${where}: ${what}`);
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
async function open(viewport, touch) {
	const context = await browser.newContext({ viewport, hasTouch: touch, reducedMotion: "reduce" });
	await context.addInitScript({ content: axe.source });
	await context.addInitScript({ path: "tests/browser/pages-asked.js" });
	const page = await context.newPage();
	page.setDefaultTimeout(60000);
	page.on("pageerror", (error) => complain(page.url(), error));
	page.on("console", (message) => {
		if (["error", "warning"].includes(message.type()) && !/status of 404/.test(message.text())) complain(page.url(), message.text());
	});
	page.sizes = { css: 0, js: 0 };
	page.on("request", (request) => {
		if (!request.url().startsWith(`${origin}/`)) return complain(page.url(), `asks for ${request.url()}`);
		const asset = new URL(request.url()).pathname, kind = /\.(css|js)$/.exec(asset)?.[1];
		if (kind) page.sizes[kind] += fs.statSync(path.join(work, "public", asset)).size;
	});
	// What leads on at once is answered by "no content": the page that leads stays to be looked at.
	await page.route("**/*", (route) => (route.request().isNavigationRequest() && route.request().headers().referer ? route.fulfill({ status: 204 }) : route.continue()));
	return page;
}

async function ask(page, address, question) {
	asked++;
	for (const what of await page.evaluate((name) => globalThis.asked[name](), question))
		complain(`${address} (${page.viewportSize().width} px, ${question})`, what);
}

async function picture(page, address) {
	if (pictures) await page.screenshot({ path: path.join(pictures, `${address.replaceAll("/", "_")}${page.viewportSize().width}.png`), fullPage: true });
}

const wide = await open({ width: 1280, height: 900 }, false);
const narrow = await open({ width: 320, height: 256 }, true); // 1280 px by 1024 px, at 400 %
async function all(page, each) {
	for (const address of visits) {
		page.sizes = { css: 0, js: 0 };
		await page.emulateMedia({ colorScheme: "light", media: "screen", forcedColors: "none" });
		const status = (await page.goto(origin + address)).status();
		if (status !== (address === notThere ? 404 : 200)) complain(address, status);
		await each((question) => ask(page, address, question), address);
	}
}

// Structure is the same in either scheme: axe-core sees each width once, the questions about colours each of the four.
async function askWide(ask, address) {
	const { css, js } = wide.sizes;
	if (css === 0 || css >= 20480 || js >= 10240) complain(address, `${css} bytes of CSS, ${js} of script`);
	if (address !== leadsOn) {
		await wide.keyboard.press("Tab");
		await ask("skipLinkFirst");
		await wide.keyboard.press("Enter");
		await ask("mainHasFocus");
	}
	for (const question of ["axe", "contrast", "languages", "focus", "targets", "largeText"]) await ask(question);
	await picture(wide, address);
	for (const width of [1024, 640]) {
		await wide.setViewportSize({ width, height: 900 });
		await ask("fits");
	}
	await wide.setViewportSize({ width: 1280, height: 900 });
	await wide.emulateMedia({ colorScheme: "dark" });
	for (const question of ["contrast", "focus"]) await ask(question);
	await wide.emulateMedia({ forcedColors: "active" });
	for (const question of ["marks", "focus"]) await ask(question);
	await wide.emulateMedia({ media: "print", forcedColors: "none" });
	await ask("print");
}
async function askNarrow(ask, address) {
	for (const question of ["targets", "fits", "contrast", "spacing"]) await ask(question);
	await narrow.emulateMedia({ colorScheme: "dark" });
	for (const question of ["contrast", "axe"]) await ask(question);
	await picture(narrow, address);
}
await Promise.all([all(wide, askWide), all(narrow, askNarrow)]);
await browser.close();
server.close();
for (const line of wrong) console.log(line);
console.log(`${visits.length} pages, ${asked} questions, ${wrong.length} wrong`);
process.exit(wrong.length ? 1 : 0);
