// What pages.mjs asks inside a page: each question answers with what is wrong, as lines of text.
globalThis.asked = (() => {
	const all = (selector) => [...document.querySelectorAll(selector)];
	const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
	const named = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);
	const unfold = () => all("details").forEach((fold) => (fold.open = true));
	const style = (rules) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(rules);
		document.adoptedStyleSheets = [sheet];
	};

	// Nothing but tables and code, which scroll in themselves, is wider than the page, and nothing is cut off.
	function fits() {
		unfold();
		const wrong = [], width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth > width) wrong.push(`scrolls sideways, ${document.documentElement.scrollWidth} px`);
		for (const element of all("body *")) {
			const at = getComputedStyle(element);
			if (!shown(element) || at.clipPath !== "none" || element.closest(".skip")) continue;
			const box = element.getBoundingClientRect();
			if ((box.right > width + 1 || box.left < -1) && !element.closest("table, pre")) wrong.push(`beside the page: ${named(element)}`);
			if (/hidden|clip/.test(at.overflowX + at.overflowY) && !element.closest("svg") &&
				(element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) wrong.push(`cut off: ${named(element)}`);
		}
		return wrong;
	}

	return {
		async axe() {
			unfold();
			const found = await axe.run(document, {
				runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
				rules: { "target-size": { enabled: true } },
				resultTypes: ["violations"],
				preload: false,
			});
			return found.violations.flatMap((rule) => rule.nodes.slice(0, 5).map((node) =>
				`${rule.id}: ${node.html.slice(0, 110)} ${node.any.concat(node.all, node.none).map((check) => check.message).join("; ").slice(0, 200)}`));
		},

		// 7:1 of all text, which is more than axe asks of AA, and is told of what axe cannot tell: cells that are scrolled away.
		contrast() {
			unfold();
			const wrong = new Map();
			for (const text of textsIn(document.body)) {
				const element = text.parentElement;
				if (!text.data.trim() || !shown(element)) continue;
				const at = getComputedStyle(element), ratio = between(parts(at.color), ground(element));
				const key = `${at.color} ${element.className}`;
				if (ratio < 7 && !wrong.has(key)) wrong.set(key, `${ratio.toFixed(2)}: ${named(element)}`);
			}
			return [...wrong.values()];
		},
		fits,

		// WCAG 1.4.12
		spacing() {
			style("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
			const wrong = fits();
			style("");
			return wrong;
		},

		// WCAG 1.4.4
		largeText() {
			style(":root { font-size: 200%; }");
			const wrong = fits();
			style("");
			return wrong;
		},

		skipLinkFirst() {
			const at = document.activeElement, box = at.getBoundingClientRect();
			return at.matches("body > a.skip:first-child") && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 ? [] : [`first is ${named(at)}`];
		},
		mainHasFocus: () => (document.activeElement.id === "main" ? [] : [`the skip link leads to ${named(document.activeElement)}`]),

		// Whatever takes the focus is seen to have it.
		focus() {
			unfold();
			const wrong = [], seen = new Set();
			for (const element of all("a[href], button, input, select, summary, [tabindex='0']")) {
				const key = [element, element.parentElement, element.parentElement.parentElement].map((e) => e.tagName + e.className).join();
				if (seen.has(key) || !shown(element)) continue;
				seen.add(key); // one of each sort
				element.focus({ focusVisible: true, preventScroll: true });
				const at = getComputedStyle(element);
				if (document.activeElement !== element) wrong.push(`takes no focus: ${named(element)}`);
				else if (at.outlineStyle !== "solid" || parseFloat(at.outlineWidth) < 4 || at.opacity !== "1" || /rgba\(.*, 0\)/.test(at.outlineColor))
					wrong.push(`its focus is not seen (${at.outline}, opacity ${at.opacity}): ${named(element)}`);
			}
			return wrong;
		},

		// With a system's own colours, marks keep their border and what is added or struck out its line.
		marks: () => all(".mark, .decided, .c, .callout, .fix, ins, del, [aria-current]:is(.filter *, .menu *)").filter((element) => {
			const at = getComputedStyle(element);
			const sides = ["Top", "Right", "Bottom", "Left"].some((side) => at[`border${side}Style`] !== "none" && parseFloat(at[`border${side}Width`]) > 0);
			return shown(element) && !sides && at.textDecorationLine === "none" && !(parseInt(at.fontWeight) >= 600);
		}).map((element) => `is not told: ${named(element)}`),

		targets() {
			unfold();
			return all("nav a, summary, button, input, select, .tags a, .filter a, .p, .name a, .list > li > a").filter((element) => {
				const box = element.getBoundingClientRect();
				return shown(element) && (box.height < 43.9 || box.width < 24);
			}).map((element) => `${element.getBoundingClientRect().width} by ${element.getBoundingClientRect().height} px: ${named(element)}`);
		},

		// Words in Japanese on a page in English say so. Proper names need not (WCAG 3.1.2).
		languages: () => (document.documentElement.lang === "en" ? [...textsIn(document.body)] : []).filter((text) =>
			/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(text.data) && text.parentElement.closest("[lang]").lang === "en" &&
			!text.parentElement.closest(`code, .foot, .name, .cite, caption, .names .meta, .names > li > a, a:is([href*="/speakers/"], [href*="/topics/"])`))
			.map((text) => `has no lang: ${text.data.trim().slice(0, 40)} in ${named(text.parentElement)}`),

		print() {
			const wrong = all("nav, .skip, .fold, .p, .filter").filter((element) => shown(element)).map((element) => `is printed: ${named(element)}`);
			for (const element of all("main, h1, main p, main li, .facts, .foot")) {
				const at = getComputedStyle(element);
				if (at.display !== "none" && at.color !== "rgb(0, 0, 0)") wrong.push(`is printed in ${at.color}: ${named(element)}`);
			}
			if (!shown(document.querySelector("h1"))) wrong.push("no heading is printed");
			return wrong;
		},
	};

	function parts(colour) {
		const [r, g, b, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
		return { light: [r, g, b].map((c) => (c <= 10.31 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4))
			.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0), alpha };
	}
	function ground(element) {
		for (let e = element; e; e = e.parentElement) {
			const colour = parts(getComputedStyle(e).backgroundColor);
			if (colour.alpha === 1) return colour;
		}
		return { light: matchMedia("(prefers-color-scheme: dark)").matches ? 0 : 1 };
	}
	function between(a, b) {
		return (Math.max(a.light, b.light) + 0.05) / (Math.min(a.light, b.light) + 0.05);
	}

	function* textsIn(root) {
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		while (walker.nextNode()) yield walker.currentNode;
	}
})();
