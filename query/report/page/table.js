// SPDX-License-Identifier: Apache-2.0
// A table of any length: only the rows in sight are elements.  It follows the
// selected window, sorts by its heads, filters by text, and opens a row's
// details by click or Enter.
const ROW = 28; // px, as .rows td in page.css
const PRINTED = 200; // rows of a list on paper

// Up, Down, PageUp, PageDown, Home, End on a list of `count` rows.
function stepOf(key, at, count, page) {
	const to = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - page,
		PageDown: at + page, Home: 0, End: count - 1 }[key];
	return to === undefined ? undefined
		: Math.max(0, Math.min(count - 1, to));
}

function compare(a, b) {
	if (typeof a === "number" && typeof b === "number")
		return a - b;
	return String(a ?? "").localeCompare(String(b ?? ""), "en",
		{ numeric: true });
}

// Options: name (of the view), rows, columns, when(row) -> [from, to], open,
// keep(row), order.  A column is { title, cell(row), key(row), kind, width }.
function table(parent, o) {
	const rows = o.rows || views[o.name].rows;
	const texts = new Map();
	const find = h("input", { type: "search", placeholder: "Filter…",
		"aria-label": "Filter " + o.label });
	const note = h("span", { class: "note", role: "status" });
	const head = h("tr");
	const lines = h("tbody");
	const grid = h("table", { class: "rows" }, h("thead", {}, head), lines);
	const box = h("div", { class: "scroll", tabindex: 0, role: "region",
		"aria-label": o.label + ": arrows choose, Enter opens" }, grid);
	let shown = rows, at = -1, order = null, down = false, all = false;

	function textOf(row) {
		if (!texts.has(row))
			texts.set(row, JSON.stringify(Object.values(row)).toLowerCase());
		return texts.get(row);
	}

	function line(row, i) {
		const tr = h("tr", { "aria-rowindex": i + 2,
			class: i === at ? "chosen" : null,
			onclick: () => choose(i, true) });
		for (const c of o.columns) {
			const what = c.cell(row);
			tr.append(h("td", { class: c.kind,
				title: what instanceof Node ? null : what }, what));
		}
		return tr;
	}

	function spacer(count) {
		const tr = h("tr", { "aria-hidden": "true", class: "spacer" });
		tr.style.height = count * ROW + "px";
		return tr;
	}

	function paint() {
		const page = Math.ceil(box.clientHeight / ROW) + 2;
		const from = all ? 0 : Math.max(0, Math.min(shown.length - page,
			Math.floor(box.scrollTop / ROW) - 1));
		const to = Math.min(shown.length, from + (all ? PRINTED : page));
		lines.replaceChildren(spacer(from),
			...shown.slice(from, to).map((row, i) => line(row, from + i)),
			spacer(all ? 0 : shown.length - to));
	}

	function draw() {
		const text = find.value.toLowerCase();
		shown = rows.filter((row) => (!o.keep || o.keep(row)) &&
			(!o.when || isSelected(...o.when(row))) &&
			(!text || textOf(row).includes(text)));
		if (order)
			shown.sort((a, b) => compare(order(a), order(b)) *
				(down ? -1 : 1));
		at = Math.min(at, shown.length - 1);
		note.textContent = shown.length === rows.length
			? plural(rows.length, "row")
			: `${number(shown.length)} of ${plural(rows.length, "row")}`;
		grid.setAttribute("aria-rowcount", shown.length + 1);
		box.style.height = Math.min(shown.length + 1.6, o.lines || 14.6) *
			ROW + "px";
		paint();
	}

	function choose(i, open) {
		at = i;
		const y = i * ROW;
		if (y < box.scrollTop)
			box.scrollTop = y;
		else if (y + 2 * ROW > box.scrollTop + box.clientHeight)
			box.scrollTop = y + 2 * ROW - box.clientHeight;
		paint();
		if (open && shown[i] && o.open)
			o.open(shown[i]);
	}

	function sortBy(column, th) {
		const was = th.getAttribute("aria-sort");
		down = was ? was === "ascending" : column.kind === "num";
		for (const other of head.children)
			other.removeAttribute("aria-sort");
		th.setAttribute("aria-sort", down ? "descending" : "ascending");
		order = column.key || column.cell;
		draw();
	}

	for (const c of o.columns) {
		const th = h("th", { scope: "col", class: c.kind });
		if (c.width)
			th.style.width = c.width;
		th.append(h("button", { type: "button",
			onclick: () => sortBy(c, th) }, c.title));
		head.append(th);
	}
	box.addEventListener("scroll", () => requestAnimationFrame(paint));
	box.addEventListener("keydown", (e) => {
		const page = Math.floor(box.clientHeight / ROW) - 1;
		const to = stepOf(e.key, at, shown.length, page);
		if (e.target !== box || (to === undefined && e.key !== "Enter"))
			return;
		e.preventDefault();
		choose(to ?? at, e.key === "Enter");
	});
	find.addEventListener("input", draw);
	addEventListener("beforeprint", () => { all = true; paint(); });
	addEventListener("afterprint", () => { all = false; paint(); });
	parent.append(h("div", { class: "bar" }, find, note), box);
	if (o.name && leftOut(o.name))
		parent.append(leftOut(o.name));
	redraws.push(draw);
	draw();
	return draw;
}
