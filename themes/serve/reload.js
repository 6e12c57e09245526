// Added to pages by `giji serve` only: reloads the page when it changed, and shows what is wrong.
"use strict";
(() => {
	const me = document.getElementById("giji-reload");
	const folder = me.getAttribute("src").replace(/reload\.js.*$/, "");
	const memory = `giji ${location.pathname}`;
	let { number, version } = me.dataset;

	// --- what stays over a reload ---

	function pathOf(element) {
		if (!element || element === document.body || element === document.documentElement) return null;
		if (element.id) return `#${CSS.escape(element.id)}`;
		const place = [...element.parentElement.children].indexOf(element) + 1;
		const above = pathOf(element.parentElement);
		return `${above ?? "body"} > :nth-child(${place})`;
	}

	function reload() {
		const focused = document.activeElement;
		const kept = { x: scrollX, y: scrollY, focus: pathOf(focused), value: focused?.value };
		sessionStorage.setItem(memory, JSON.stringify(kept));
		history.scrollRestoration = "manual";
		location.reload();
	}

	function restore() {
		const kept = JSON.parse(sessionStorage.getItem(memory) ?? "null");
		sessionStorage.removeItem(memory);
		if (!kept) return;
		const focused = kept.focus && document.querySelector(kept.focus);
		focused?.focus({ preventScroll: true });
		if (focused && kept.value !== undefined && "value" in focused) focused.value = kept.value;
		scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
		history.scrollRestoration = "auto";
	}
	if (document.readyState === "complete") restore();
	else addEventListener("load", restore);

	// --- findings, as text ---

	const host = document.createElement("div");
	host.id = "giji-overlay";
	const shadow = host.attachShadow({ mode: "open" });
	let hidden = "";

	function make(name, words, parent, className) {
		const element = document.createElement(name);
		if (words) element.textContent = words;
		if (className) element.className = className;
		parent?.append(element);
		return element;
	}

	function show(found) {
		const told = JSON.stringify(found.findings);
		if (found.findings.length === 0 || told === hidden) {
			host.remove();
			return;
		}
		const style = make("link");
		style.rel = "stylesheet";
		style.href = `${folder}reload.css`;
		const box = make("details", "", null, found.errors ? "errors" : "warnings");
		box.open = found.errors > 0;
		make("summary", found.heading, box);
		if (found.errors) make("p", found.stale, box);
		const list = make("ul", "", box);
		for (const f of found.findings) {
			const item = make("li", "", list, f.level);
			const place = make(f.address ? "a" : "code", f.place, item, "place");
			if (f.address) place.href = f.address;
			make("p", `${f.word}[${f.code}]: ${f.message}`, item);
			if (f.help) make("p", f.help, item, "help");
		}
		const hide = make("button", found.hide, box);
		hide.type = "button";
		hide.addEventListener("click", () => {
			hidden = told;
			host.remove();
		});
		shadow.replaceChildren(style, box);
		host.setAttribute("role", found.errors ? "alert" : "status");
		document.documentElement.append(host);
	}

	function findingsIn(page) {
		return JSON.parse(page.getElementById("giji-findings").textContent);
	}
	if (me.dataset.page !== "alone") show(findingsIn(document));

	// --- what is new ---

	function swapStyles(page) {
		const sheets = (of) => [...of.querySelectorAll('link[rel~="stylesheet"]')];
		const old = sheets(document), fresh = sheets(page);
		if (old.length !== fresh.length) return false;
		fresh.forEach((link, i) => {
			const href = link.getAttribute("href");
			if (href === old[i].getAttribute("href")) return;
			const next = old[i].cloneNode();
			next.addEventListener("load", () => old[i].remove());
			next.setAttribute("href", href);
			old[i].after(next);
		});
		return true;
	}

	async function refresh(kind) {
		const response = await fetch(location.href, { cache: "no-store" });
		const page = new DOMParser().parseFromString(await response.text(), "text/html");
		const there = page.getElementById("giji-reload");
		if (!there) {
			reload();
			return;
		}
		number = there.dataset.number;
		const same = there.dataset.version === version;
		if (me.dataset.page === "alone") {
			if (!same) reload();
		} else if (same || there.dataset.page !== "good") {
			show(findingsIn(page));
		} else if (kind === "styles" && swapStyles(page)) {
			version = there.dataset.version;
			show(findingsIn(page));
		} else {
			reload();
		}
	}

	// One change at a time, the next after it; a hidden page listens to nothing, for a browser has few connections.
	let events = null, work = Promise.resolve();

	function listen() {
		if (document.hidden || events) return;
		events = new EventSource(`${folder}events?since=${number}`);
		for (const kind of ["pages", "styles"])
			events.addEventListener(kind, () => {
				work = work.then(() => refresh(kind)).catch(() => {});
			});
	}

	function rest() {
		events?.close();
		events = null;
	}
	document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
	addEventListener("pagehide", rest);
	addEventListener("pageshow", listen);
	listen();
})();
