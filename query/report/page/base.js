// SPDX-License-Identifier: Apache-2.0
// What the other scripts share: the data, the selected time window, and how
// text, numbers and times are put on the page.  Everything that an attacker
// may have chosen (names, arguments, paths) goes through textContent only.
// Times in the data are milliseconds since the start of the capture.
const data = JSON.parse(document.getElementById("data").textContent);
const span = Math.max(data.span_ms, 0.001);
const start = Number(BigInt(data.start_ns) / 1000n) / 1000; // ms, with its us
const selection = { from: 0, to: span };
const axis = { from: 0, to: span }; // what the strip shows
const hidden = new Set(); // severities of alerts that are not shown
const redraws = []; // functions that draw what depends on the selection
let queued = false;

// The rows of a view as objects; total counts those that the page left out.
const views = {};
for (const [name, v] of Object.entries(data.views))
	views[name] = { total: v.total, sql: v.sql, help: v.help,
		rows: v.rows.map((row) => asObject(v.columns, row)) };

// What has no beginning or end in the capture reaches over its edge.
function asObject(columns, row) {
	const o = Object.fromEntries(columns.map((c, i) => [c, row[i]]));
	if (o.t === null)
		o.t = 0;
	o.isOpen = o.end === null;
	if (o.isOpen)
		o.end = span;
	return o;
}

// Many changes in one frame are drawn once.
function redraw() {
	if (queued)
		return;
	queued = true;
	requestAnimationFrame(() => {
		queued = false;
		redraws.forEach((draw) => draw());
	});
}

function isWhole() {
	return selection.from <= 0 && selection.to >= span;
}

function select(from, to) {
	const least = Math.min(span, 0.01);
	from = Math.max(0, Math.min(from, span - least));
	to = Math.min(span, Math.max(to, from + least));
	selection.from = from;
	selection.to = to;
	redraw();
}

// The strip comes along where the part would be too narrow in it, or outside.
function selectAround(t, ms) {
	select(t - ms, t + ms);
	if (ms < (axis.to - axis.from) / 40 || t < axis.from || t > axis.to) {
		axis.from = Math.max(0, t - 2 * ms);
		axis.to = Math.min(span, t + 2 * ms);
	}
}

// The time that views draw: the part selected, or else what the strip shows.
function drawn() {
	return isWhole() ? axis : selection;
}

function isSelected(from, to) {
	return isWhole() || (to >= selection.from && from <= selection.to);
}

// Control, zero-width and bidirectional characters are shown, not obeyed.
function visible(text) {
	return String(text ?? "").replace(
		/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
		(c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

// An element; "on..." properties are handlers, children are nodes or text.
function h(tag, properties, ...children) {
	const e = document.createElement(tag);
	for (const [key, value] of Object.entries(properties || {}))
		if (key.startsWith("on"))
			e.addEventListener(key.slice(2), value);
		else if (value !== undefined && value !== null)
			e.setAttribute(key, visible(value));
	for (const child of children)
		if (child !== null && child !== undefined)
			e.append(child instanceof Node ? child : visible(child));
	return e;
}

function color(name) {
	return getComputedStyle(document.documentElement)
		.getPropertyValue(name).trim();
}

function number(n) {
	return Number(n).toLocaleString("en");
}

function plural(n, one, many) {
	return number(n) + " " + (Number(n) === 1 ? one : many || one + "s");
}

function bytes(n) {
	const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
	let i = 0;
	for (n = Number(n); n >= 1024 && i + 1 < units.length; i++)
		n /= 1024;
	return (i ? n.toFixed(n < 10 ? 1 : 0) : n) + " " + units[i];
}

function duration(ms) {
	if (ms < 1)
		return Math.round(ms * 1000) + " µs";
	if (ms < 1000)
		return (ms < 10 ? ms.toFixed(1) : Math.round(ms)) + " ms";
	const s = ms / 1000;
	if (s < 120)
		return s.toFixed(s < 10 ? 2 : 1) + " s";
	if (s < 7200)
		return Math.floor(s / 60) + " min " + Math.round(s % 60) + " s";
	return Math.floor(s / 3600) + " h " + Math.round(s % 3600 / 60) + " min";
}

// Wall clock (UTC); with the date where the capture is of more than a day.
function clock(t, digits = 3) {
	const iso = new Date(Math.floor(start + t)).toISOString();
	const us = Math.floor((start + t) % 1 * 1000);
	const time = iso.slice(11, 23) + String(us).padStart(3, "0");
	const day = span > 86400000 ? iso.slice(5, 10) + " " : "";
	return day + time.slice(0, digits ? 9 + digits : 8);
}

function when(t) {
	return new Date(Math.floor(start + t)).toISOString().slice(0, 10) + " " +
		clock(t, 6).slice(-15) + " UTC";
}

function copyButton(text, label = "Copy") {
	const button = h("button", { type: "button" }, label);
	button.addEventListener("click", async () => {
		let done = true;
		try {
			await navigator.clipboard.writeText(text);
		} catch {
			const area = h("textarea", { class: "hidden" });
			area.value = text;
			document.body.append(area);
			area.select();
			done = document.execCommand("copy");
			area.remove();
		}
		button.textContent = done ? "Copied" : "Select and copy by hand";
		setTimeout(() => button.textContent = label, 1500);
	});
	return button;
}

// Quotes a word for sh.
function shell(word) {
	return "'" + String(word).replaceAll("'", "'\\''") + "'";
}

// The command that asks a question of what the report was made from.
function ask(sql) {
	return data.ask + " " + shell(sql.replace(/ --.*\n/g, "\n")
		.replace(/\s+/g, " ").trim());
}

const main = document.getElementById("main");
const nav = document.querySelector("nav");
const tiles = h("div", { class: "tiles" });

function addTile(n, name, target) {
	tiles.append(h("a", { href: "#" + target,
		class: "tile" + (n ? "" : " zero") },
		h("b", { id: "total-" + name }, number(n)), name));
}

// A section with its entry in the navigation and, if something is counted in
// it, its tile: of the same number.
function section(id, title, count, help) {
	const heading = h("h2", { id }, title);
	const link = h("a", { href: "#" + id }, title);
	if (count !== undefined) {
		heading.append(h("span", { class: "count" }, number(count)));
		link.append(h("span", { class: "count" }, number(count)));
		addTile(count, title.toLowerCase(), id);
	}
	const body = h("section", { "aria-labelledby": id }, heading);
	if (help)
		body.append(h("p", { class: "help" }, help));
	main.append(body);
	nav.append(link);
	return body;
}

// What the page left out of a view, and how to get it.
function leftOut(name) {
	const v = views[name];
	const more = v.total - v.rows.length;
	if (more <= 0)
		return null;
	return h("p", { class: "more" }, `${number(more)} more are not in this ` +
		"page; ask for all: ", copyButton(ask(v.sql), "Copy the command"));
}
