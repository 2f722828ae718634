// SPDX-License-Identifier: Apache-2.0
// The files: a map of the folders, the larger the more they were touched, and
// the list.  A click on a folder goes into it and narrows the list.
const FLAGS = ["sensitive", "refused", "executed", "written", "deleted"];

// "executed" after "written" is the one that matters most.
function flagsOf(f) {
	const flags = FLAGS.filter((name) => f[name] && !(f.dropped &&
		(name === "written" || name === "executed")));
	if (f.absent && !touches(f))
		flags.push("absent");
	return f.dropped ? ["dropped", ...flags] : flags;
}

// Of a file that was only looked for there are none.
function touches(f) {
	return f.reads + f.written + f.executed + f.deleted + f.refused;
}

function flagTags(f) {
	const names = { dropped: "written, then executed", absent: "not found" };
	return h("span", { class: "tags" }, ...flagsOf(f).map((name) =>
		h("span", { class: "tag " + name }, names[name] || name)));
}

function openFile(f) {
	openDetail(f.path, flagTags(f), zoomButtons(f.t),
		["opened to read", number(f.reads)],
		["opened to write", number(f.written)],
		["executed", number(f.executed)], ["deleted", number(f.deleted)],
		["refused", number(f.refused)],
		["looked for and not found", number(f.absent)],
		["first", when(f.t)], ["last", when(f.end)],
		["first touched by", f.process],
		streamPart((s) => s.kind === "file" && s.name === f.path),
		h("div", { class: "bar" }, copyButton(f.path, "Copy path"),
			copyButton(ask("SELECT * FROM files WHERE path = '" +
				f.path.replaceAll("'", "''") + "'"), "Copy the query")));
}

// Squarified: rows of tiles, none much longer than wide.
function layOut(tiles, box) {
	let { x, y, w, h: high } = box;
	let rest = tiles.reduce((sum, t) => sum + t.size, 0);
	const worst = (row, sum, side, area) => Math.max(...row.map((t) => {
		const thick = area * sum / rest / side;
		const long = side * t.size / sum;
		return Math.max(thick / long, long / thick);
	}));
	for (let i = 0; i < tiles.length;) {
		const side = Math.min(w, high), area = w * high;
		let row = [tiles[i]], sum = tiles[i].size;
		while (i + row.length < tiles.length) {
			const next = tiles[i + row.length];
			if (worst([...row, next], sum + next.size, side, area) >
			    worst(row, sum, side, area))
				break;
			row.push(next);
			sum += next.size;
		}
		const thick = area * sum / rest / side;
		let at = 0;
		for (const t of row) {
			const long = side * t.size / sum;
			t.box = w >= high ? [x, y + at, thick, long]
				: [x + at, y, long, thick];
			at += long;
		}
		if (w >= high) {
			x += thick;
			w -= thick;
		} else {
			y += thick;
			high -= thick;
		}
		rest -= sum;
		i += row.length;
	}
	return tiles;
}

// What lies directly below the folder: name -> touches, flags, files.
function below(folder, files) {
	const found = new Map();
	for (const f of files) {
		if (!f.path.startsWith(folder))
			continue;
		const end = f.path.indexOf("/", folder.length);
		const name = end < 0 ? f.path : f.path.slice(0, end + 1);
		const tile = found.get(name) || { name, size: 0, files: 0,
			flags: new Set() };
		tile.size += Math.sqrt(touches(f));
		tile.files++;
		flagsOf(f).forEach((flag) => tile.flags.add(flag));
		found.set(name, tile);
	}
	return [...found.values()].sort((a, b) => b.size - a.size);
}

// At most 36 tiles that can be seen; the smaller ones are told as one.
function tilesOf(folder, files) {
	const tiles = below(folder, files);
	const total = tiles.reduce((sum, t) => sum + t.size, 0);
	const large = tiles.filter((t, i) => i < 35 && t.size > total / 250);
	if (large.length >= tiles.length - 1)
		return tiles;
	const rest = { name: null, size: 0, files: 0, flags: new Set() };
	for (const t of tiles.slice(large.length)) {
		rest.size += t.size;
		rest.files += t.files;
		t.flags.forEach((flag) => rest.flags.add(flag));
	}
	return [...large, rest].sort((a, b) => b.size - a.size);
}

function fileMap(parent, onFolder) {
	const path = h("div", { class: "crumbs" });
	const map = h("div", { class: "treemap" });
	let folder = "/"; // what is not below it is in the list only

	function enter(name) {
		folder = name;
		onFolder(folder === "/" ? "" : folder);
		draw();
	}

	function drawPath() {
		path.replaceChildren(h("button", { type: "button", class: "link",
			onclick: () => enter("/") }, "all files"));
		let at = 1;
		if (folder !== "/")
			path.append("/");
		for (let end; (end = folder.indexOf("/", at)) >= 0; at = end + 1) {
			const to = folder.slice(0, end + 1);
			path.append(h("button", { type: "button", class: "link",
				onclick: () => enter(to) }, folder.slice(at, end) + "/"));
		}
	}

	function tileOf(t) {
		const kind = ["dropped", ...FLAGS].find((flag) => t.flags.has(flag));
		const name = t.name === null ? "smaller ones"
			: t.name.slice(folder.length);
		const tile = h("button", { type: "button", class: "tile " +
			(kind || "read"), title: (t.name ?? name) + ": " +
			plural(t.files, "file") + [...t.flags].map((f) => ", " + f)
			.join("") }, h("span", {}, name), h("small", {}, number(t.files)));
		if (t.name === null)
			tile.disabled = true;
		else
			tile.addEventListener("click", () => t.name.endsWith("/")
				? enter(t.name)
				: openFile(views.files.rows.find((f) => f.path === t.name)));
		["left", "top", "width", "height"].forEach((side, i) =>
			tile.style[side] = t.box[i] / (i % 2 ? 190 : 1000) * 100 + "%");
		return tile;
	}

	function draw() {
		const files = views.files.rows.filter((f) => touches(f) &&
			isSelected(f.t, f.end));
		let tiles = tilesOf(folder, files);
		while (tiles.length === 1 && tiles[0].name.endsWith("/"))
			tiles = tilesOf(tiles[0].name, files);
		drawPath();
		map.replaceChildren(...layOut(tiles,
			{ x: 0, y: 0, w: 1000, h: 190 }).map(tileOf));
	}

	parent.append(path, map);
	redraws.push(draw);
	draw();
}

function fileViews() {
	const body = section("files", "Files", views.files.total);
	if (!views.files.total) {
		body.append(h("p", { class: "none" }, "No file was touched."));
		return;
	}
	const legend = h("div", { class: "legend" });
	for (const [kind, text] of [["dropped", "written, then executed"],
		["sensitive", "sensitive"], ["executed", "executed"],
		["written", "written"], ["deleted", "deleted"], ["read", "read"]])
		legend.append(h("span", {}, h("i", { class: kind }), text));
	const place = h("div");
	let folder = "", draw = () => 0;
	body.append(legend);
	fileMap(body, (name) => { folder = name; draw(); });
	body.append(place);
	const count = (title, key) => ({ title, kind: "num", width: "6em",
		cell: (f) => f[key] ? number(f[key]) : "", key: (f) => f[key] });
	draw = table(place, { name: "files", label: "files",
		when: (f) => [f.t, f.end], open: openFile,
		keep: (f) => f.path.startsWith(folder),
		columns: [
			{ title: "path", cell: (f) => f.path, kind: "mono" },
			{ title: "what", cell: flagTags, width: "17em",
			  key: (f) => flagsOf(f).join() || "~" },
			count("reads", "reads"), count("writes", "written"),
			count("runs", "executed"), count("refused", "refused"),
			{ title: "first", cell: (f) => clock(f.t), key: (f) => f.t,
			  kind: "time", width: "8.5em" },
			{ title: "by", cell: (f) => f.process, width: "9em",
			  kind: "wide" },
		] });
}
