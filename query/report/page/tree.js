// SPDX-License-Identifier: Apache-2.0
// The processes as a tree beside their lives on the time axis.  A row is a
// process; each program it became is a piece of its bar.  Only rows in sight
// are elements.
const LANE = 24; // px, as .lane in page.css

// Rows of the view are programs (exec images): those of one process in a row.
function growTree() {
	const nodes = new Map();
	for (const r of views.processes.rows) {
		const node = nodes.get(r.process) || { id: r.process, pid: r.pid,
			images: [], children: [], alerts: [], t: r.t, end: r.end };
		node.images.push(r);
		node.t = Math.min(node.t, r.t);
		node.end = Math.max(node.end, r.end);
		nodes.set(r.process, node);
	}
	const byImage = new Map();
	for (const node of nodes.values())
		for (const r of node.images)
			byImage.set(r.id, node);
	for (const a of views.alerts.rows)
		byImage.get(a.image)?.alerts.push(a);
	const roots = [];
	for (const node of nodes.values()) {
		const parent = nodes.get(node.images[0].parent);
		node.parent = parent !== node ? parent : undefined;
		(node.parent ? node.parent.children : roots).push(node);
	}
	// Those first of which something is told; a host has many that slept.
	for (const node of nodes.values())
		if (!node.images[0].idle || node.alerts.length)
			for (let n = node; n && !n.active; n = n.parent)
				n.active = true;
	const byTime = (a, b) => !a.active - !b.active || a.t - b.t;
	roots.sort(byTime);
	for (const node of nodes.values())
		node.children.sort(byTime);
	return { nodes, roots, byImage };
}

const forest = growTree();

function lastImage(node) {
	return node.images[node.images.length - 1];
}

// Is the program with this id one of the process?
function isOf(node, image) {
	return node !== undefined && forest.byImage.get(image) === node;
}

// From the first ancestor down to the node.
function lineage(node) {
	const line = [];
	for (let n = node; n && line.length < 64; n = n.parent)
		line.unshift(n);
	return line;
}

function endOf(r) {
	if (r.exit === null || r.exit === undefined)
		return "not in the capture";
	return r.exit < 0 ? "killed by signal " + -r.exit : "code " + r.exit;
}

function openProcess(node) {
	const r = lastImage(node);
	const chain = h("ol", { class: "chain" });
	for (const n of lineage(node))
		chain.append(h("li", {}, h("button", { type: "button",
			class: "link", onclick: () => openProcess(n) },
			n.pid + " " + lastImage(n).name)));
	const images = h("div");
	for (const i of node.images)
		images.append(h("div", { class: "image" },
			h("div", { class: "dim" }, clock(i.t, 6), " ", i.exe),
			h("pre", {}, i.cmdline)));
	openDetail(`Process ${node.pid}: ${r.name}`, zoomButtons(node.t), chain,
		images,
		r.n > 1 ? ["folded", `${number(r.n)} processes like this one, ` +
			"without children or alerts"] : null,
		["user", r.user], ["uid", r.uid], ["terminal", r.tty || null],
		["container", r.container], ["directory", r.cwd],
		["started", when(node.t)],
		["ended", r.isOpen ? "not in the capture" : when(node.end)],
		["lasted", r.isOpen ? null : duration(node.end - node.t)],
		["exit", endOf(r)],
		["alerts", node.alerts.length || null],
		streamPart((s) => isOf(node, s.image)),
		h("div", { class: "bar" }, copyButton(r.cmdline, "Copy command line"),
			copyButton(ask("SELECT * FROM processes WHERE pid = " + node.pid),
				"Copy the query")));
}

// Where all is root's, root is nothing to be coloured for.
const hasUsers = views.processes.rows.some((r) => r.uid !== 0 && !r.idle);

function kindOf(r) {
	return r.drift ? "drift" : r.session ? "session"
		: hasUsers && r.uid === 0 ? "root" : "user";
}

// Where what happened branches off: below it are all processes that began in
// the capture or have an alert.
function meeting() {
	const lines = [...forest.nodes.values()].filter((n) => n.alerts.length ||
		n.images.some((r) => r.t > 0)).map(lineage);
	let at = 0;
	while (lines.length && lines.every((l) => l[at] && l[at] === lines[0][at]))
		at++;
	return at ? lines[0][at - 1] : null;
}

function processTree() {
	const body = section("processes", "Processes",
		views.totals.rows[0].processes,
		"Bars are lives; each piece is a program it became: " +
		plural(views.totals.rows[0].programs, "program") +
		" began in the capture.");
	const legend = h("div", { class: "legend" });
	for (const [kind, text] of [...hasUsers ? [["root", "root"],
		["user", "other users"]] : [["user", "all as root"]],
		["session", "entered from outside"],
		["drift", "program not of the image"]])
		legend.append(h("span", {}, h("i", { class: kind }), text));
	legend.append(h("span", {}, h("i", { class: "mark" }), "alert"));
	const note = h("span", { class: "note", role: "status" });
	const find = h("input", { type: "search", placeholder: "Filter…",
		"aria-label": "Filter processes" });
	const axisLine = h("div", { class: "axis", "aria-hidden": "true" });
	const rows = h("div", { class: "lanes" });
	const box = h("div", { class: "scroll", tabindex: 0, role: "tree",
		"aria-label": "Processes: arrows move and fold, Enter opens" }, rows);
	const closed = new Set([...forest.nodes.values()].filter((n) =>
		!n.active));
	let shown = [], at = -1, everything = false;

	body.append(h("div", { class: "bar" }, find, note, legend), axisLine, box);

	function matches(node, text) {
		return isSelected(node.t, node.end) && (!text ||
			node.images.some((r) => (r.pid + " " + r.cmdline + " " + r.user)
				.toLowerCase().includes(text)));
	}

	// Nodes that match, with their ancestors, in tree order; no recursion,
	// since a fork bomb is as deep as it likes.
	function flatten() {
		const text = find.value.toLowerCase();
		const keep = new Set();
		let count = 0, all = 0;
		for (const node of forest.nodes.values()) {
			all += node.images[0].n;
			if (matches(node, text)) {
				count += node.images[0].n;
				for (let n = node; n && !keep.has(n); n = n.parent)
					keep.add(n);
			}
		}
		shown = [];
		const stack = forest.roots.filter((n) => keep.has(n)).reverse()
			.map((n) => [n, 0]);
		while (stack.length) {
			const [node, depth] = stack.pop();
			const children = node.children.filter((n) => keep.has(n));
			shown.push({ node, depth, parent: children.length > 0 });
			// An only child is not set in: it has no brother to tell it from.
			if (!closed.has(node))
				for (const child of children.reverse())
					stack.push([child, depth + (children.length > 1)]);
		}
		note.textContent = count === all
			? plural(count, "process", "processes")
			: `${number(count)} of ${plural(all, "process", "processes")}`;
	}

	function piece(r, from, to) {
		const part = drawn(), w = part.to - part.from;
		const a = Math.max(0, (from - part.from) / w * 100);
		const b = Math.min(100, (to - part.from) / w * 100);
		if (b < 0 || a > 100)
			return null;
		const bar = h("span", { class: kindOf(r) +
			(r.exit < 0 ? " killed" : r.isOpen ? " open" : ""), title: r.cmdline });
		bar.style.left = a + "%";
		bar.style.width = Math.max(0, b - a) + "%";
		return bar;
	}

	function life(node) {
		const lane = h("div", { class: "life" });
		node.images.forEach((r, i) => {
			const next = node.images[i + 1];
			const bar = piece(r, r.t, next ? next.t : r.end);
			if (bar)
				lane.append(bar);
		});
		for (const a of node.alerts) {
			if (hidden.has(a.severity) || !isSelected(a.t, a.t))
				continue;
			const mark = h("b", { class: "s" + a.severity, title: a.rule });
			const { from, to } = drawn();
			mark.style.left = (a.t - from) / (to - from) * 100 + "%";
			lane.append(mark);
		}
		return lane;
	}

	function line({ node, depth, parent }, i) {
		const r = lastImage(node);
		const toggle = h("button", { type: "button", tabindex: -1,
			class: "fold" + (parent ? "" : " leaf"), "aria-hidden": "true",
			onclick: (e) => { e.stopPropagation(); fold(i); } },
			parent ? (closed.has(node) ? "▸" : "▾") : "");
		const who = h("div", { class: "who", title: r.cmdline }, toggle,
			h("span", { class: "pid" }, node.pid), r.cmdline || r.name);
		who.style.setProperty("--depth", Math.min(depth, 16));
		if (r.n > 1)
			toggle.after(h("span", { class: "tag" }, "× " + number(r.n)));
		return h("div", { class: "lane" + (i === at ? " chosen" : ""),
			role: "treeitem", "aria-level": depth + 1,
			"aria-expanded": parent ? String(!closed.has(node)) : null,
			onclick: () => choose(i, true) }, who, life(node));
	}

	function paint() {
		const page = Math.ceil(box.clientHeight / LANE) + 2;
		const from = everything ? 0 : Math.max(0,
			Math.min(shown.length - page,
				Math.floor(box.scrollTop / LANE) - 1));
		const to = Math.min(shown.length, everything ? PRINTED : from + page);
		rows.style.height = (everything ? to : shown.length) * LANE + "px";
		rows.replaceChildren(...shown.slice(from, to).map((entry, i) => {
			const lane = line(entry, from + i);
			lane.style.top = (from + i) * LANE + "px";
			return lane;
		}));
	}

	function drawAxis() {
		axisLine.replaceChildren();
		const { from, to } = drawn();
		const room = Math.max(2, axisLine.clientWidth / 110);
		for (const [t, text] of timeMarks(from, to, room)) {
			const left = (t - from) / (to - from) * 100;
			if (left > 100 - 100 / (room * 1.6))
				continue;
			const mark = h("span", {}, text);
			mark.style.left = left + "%";
			axisLine.append(mark);
		}
	}

	function draw() {
		flatten();
		at = Math.min(at, shown.length - 1);
		box.style.height = Math.min(shown.length, 20) * LANE + 2 + "px";
		drawAxis();
		paint();
	}

	function fold(i) {
		const node = shown[i].node;
		if (!closed.delete(node))
			closed.add(node);
		draw();
	}

	function choose(i, open) {
		at = i;
		if (i * LANE < box.scrollTop)
			box.scrollTop = i * LANE;
		else if ((i + 1) * LANE > box.scrollTop + box.clientHeight)
			box.scrollTop = (i + 1) * LANE - box.clientHeight;
		paint();
		if (open && shown[i])
			openProcess(shown[i].node);
	}

	box.addEventListener("scroll", () => requestAnimationFrame(paint));
	box.addEventListener("keydown", (e) => {
		const to = stepOf(e.key, at, shown.length,
			Math.floor(box.clientHeight / LANE) - 1);
		const chosen = shown[at];
		const isOpen = chosen && chosen.parent && !closed.has(chosen.node);
		if (to !== undefined)
			choose(to, false);
		else if (e.key === "Enter" && chosen)
			choose(at, true);
		else if (e.key === "ArrowLeft" && isOpen)
			fold(at);
		else if (e.key === "ArrowRight" && chosen?.parent && !isOpen)
			fold(at);
		else
			return;
		e.preventDefault();
	});
	find.addEventListener("input", draw);
	addEventListener("beforeprint", () => { everything = true; paint(); });
	addEventListener("afterprint", () => { everything = false; paint(); });
	if (leftOut("processes"))
		body.append(leftOut("processes"));
	redraws.push(draw);
	draw();
	box.scrollTop = LANE * shown.findIndex((s) => s.node === meeting());
	paint();
}
