// A real Chromium sees each edit without a reload by hand; errors lie over the last good page, and go when they are mended.
//     node tests/browser/serve.mjs [FOLDER]       with pictures in FOLDER
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { copySite, serve, workFolder } from "../serve/client.mjs";

const pictures = process.argv[2];
const work = workFolder(), site = path.join(work, "site");
fs.mkdirSync(site);
copySite(".", site);
const at = (name) => path.join(site, name);
const edit = (name, change) => fs.writeFileSync(at(name), change(fs.readFileSync(at(name), "utf8")));

const server = await serve(site, "--lang", "ja", "-W", "unstamped=off");
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
page.setDefaultTimeout(60000);
const complaints = [];
page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
const url = (name) => `http://127.0.0.1:${server.port}${server.base}${name}`;
const picture = (name) => pictures && page.screenshot({ path: path.join(pictures, `${name}.png`) });
// What axe-core finds in the findings that lie over a page: a shadow tree.
async function axeFinds() {
	await page.evaluate(axe.source);
	const found = await page.evaluate(() => globalThis.axe.run("#giji-overlay", { preload: false, resultTypes: ["violations"],
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], rules: { "target-size": { enabled: true } } }));
	return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
}
const overlay = page.locator("#giji-overlay details");
let loads = 0;
page.on("load", () => loads++);

// --- an edit shows; place and focus stay ---
await page.goto(url("kotsu/1/"));
await page.waitForLoadState("networkidle").catch(() => {});
const last = page.locator("main a").last();
await last.focus();
await page.evaluate(() => scrollTo(0, 600));
const before = await page.evaluate(() => ({ y: scrollY, focus: document.activeElement.outerHTML }));
assert.ok(before.y > 300, "the page scrolls");
edit("content/kotsu/1.md", (text) => `${text.trimEnd()}\n\n画面で見えるはずの段落である。\n`);
await page.getByText("画面で見えるはずの段落である。").waitFor();
await page.waitForFunction((y) => Math.abs(scrollY - y) < 3, before.y);
assert.equal(await page.evaluate(() => document.activeElement.outerHTML), before.focus, "focus stays");
assert.equal(await overlay.count(), 0);

// --- a stylesheet is swapped in place ---
fs.mkdirSync(at("themes/default/assets"), { recursive: true });
fs.copyFileSync("themes/default/assets/style.css", at("themes/default/assets/style.css"));
fs.appendFileSync(at("themes/default/assets/style.css"), "\nh1 { letter-spacing: 7px; }\n");
await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px");
await page.waitForLoadState();
loads = 0;
await page.evaluate(() => (window.untouched = true));
fs.appendFileSync(at("themes/default/assets/style.css"), "\nh1 { letter-spacing: 9px; }\n");
await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "9px");
assert.equal(await page.evaluate(() => window.untouched), true, "the page was not loaded anew");
assert.equal(loads, 0);

// --- a page that an edit does not touch stays ---
edit("content/kotsu/2.md", (text) => `${text.trimEnd()}\n\n別の頁の段落である。\n`);
edit("content/kotsu/1.md", (text) => text.replace("見えるはずの段落", "見える段落"));
await page.getByText("画面で見える段落である。").waitFor();
assert.equal(loads, 1, "one load for the one edit of this page");

// --- an error in a record: over the last good page, as text ---
const good = fs.readFileSync(at("content/kotsu/1.md"), "utf8");
fs.writeFileSync(at("content/kotsu/1.md"), `${good}\n> [!desicion] <b id="bad">了承</b>\n> よい。\n`);
await overlay.waitFor();
assert.match(await overlay.innerText(), /content\/kotsu\/1\.md:\d+:\d+/);
assert.match(await overlay.innerText(), /callout-unknown/);
assert.equal(await page.locator("#bad").count(), 0, "findings are text");
assert.ok(await page.getByText("画面で見える段落である。").isVisible(), "the last good page stays");
await picture("error");
assert.deepEqual(await axeFinds(), [], "axe-core, light");
await page.setViewportSize({ width: 320, height: 640 });
assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, "fits 320 px");
await picture("error-320");
await page.emulateMedia({ colorScheme: "dark" });
await picture("error-dark");
assert.deepEqual(await axeFinds(), [], "axe-core, dark at 320 px");
await page.emulateMedia({ colorScheme: "light" });
await page.setViewportSize({ width: 1000, height: 700 });
await page.goto(url("kotsu/2/"));
await overlay.waitFor();
assert.ok(await page.getByText("別の頁の段落である。").isVisible(), "other pages are the last good ones");
await overlay.getByRole("link", { name: "content/kotsu/1.md" }).first().click();
await page.waitForURL(/kotsu\/1\/#[a-z]+[0-9-]+$/);
assert.ok(await page.locator(":target").isVisible(), "a finding leads to its line's place on the page");
await overlay.getByRole("button").click();
await page.waitForFunction(() => !document.getElementById("giji-overlay"));
fs.writeFileSync(at("content/kotsu/1.md"), good);
await page.goto(url("kotsu/1/"));
await page.waitForFunction(() => !document.getElementById("giji-overlay"));

// --- a broken template, and its recovery ---
fs.mkdirSync(at("templates"), { recursive: true });
fs.writeFileSync(at("templates/meeting.html"), '{% extends "base" %}\n{% block main %}<h1>{{ page.titel }}</h1>{% end %}\n');
await overlay.waitFor();
assert.match(await overlay.innerText(), /templates\/meeting\.html:2:\d+/);
assert.ok(await page.getByText("画面で見える段落である。").isVisible(), "the page as it was stays");
await picture("template");
await page.reload();
await overlay.waitFor();
assert.ok(await page.getByText("画面で見える段落である。").isVisible(), "also when it is asked for again");
fs.writeFileSync(at("templates/meeting.html"), '{% extends "base" %}\n{% block main %}<h1>{{ page.\n');
await page.waitForFunction(() => /meeting\.html:[23]/.test(document.getElementById("giji-overlay")?.shadowRoot.textContent ?? ""));
fs.writeFileSync(at("templates/meeting.html"), '{% extends "base" %}\n{% block main %}<h1>直したテンプレート</h1>{% end %}\n');
await page.getByRole("heading", { name: "直したテンプレート" }).waitFor();
await page.waitForFunction(() => !document.getElementById("giji-overlay"));
fs.rmSync(at("templates"), { recursive: true });
await page.getByText("画面で見える段落である。").waitFor();

// --- warnings stand aside ---
edit("content/kotsu/1.md", (text) => text.replace(/^place: .*\n/m, ""));
await overlay.waitFor();
assert.equal(await overlay.evaluate((box) => box.open), false);
await picture("warning");
await overlay.locator("summary").click();
assert.match(await overlay.innerText(), /fact-missing/);
fs.writeFileSync(at("content/kotsu/1.md"), good);
await page.waitForFunction(() => !document.getElementById("giji-overlay"));

// --- a start with errors shows them, and the site once they are mended ---
await page.close();
assert.equal(await server.stop(), 0);
assert.deepEqual(complaints.filter((words) => !/status of 503/.test(words)), [], "nothing is refused by the policy");
fs.appendFileSync(at("site.yml"), "titel: x\n");
const second = await serve(site, "--lang", "ja", "-W", "unstamped=off");
const other = await browser.newPage();
other.setDefaultTimeout(60000);
await other.goto(`http://127.0.0.1:${second.port}/kotsu/1/`);
await other.locator("main.findings").waitFor();
assert.match(await other.locator("main").innerText(), /site\.yml:\d+/);
if (pictures) await other.screenshot({ path: path.join(pictures, "start.png") });
edit("site.yml", (text) => text.replace("titel: x\n", ""));
await other.getByText("画面で見える段落である。").waitFor();
await browser.close();
assert.equal(await second.stop(), 0);
fs.rmSync(work, { recursive: true });
console.log("Chromium sees edits, stylesheets, errors and their end");
process.exit(0);
