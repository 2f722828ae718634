// SPDX-License-Identifier: Apache-2.0
// What was read and written, as text or in hex: of the connections, terminals
// and files that views/90-payload.sql chooses.
const streams = new Map(); // number -> { kind, id, name, chunks ... }
const dataOf = new Map(); // event -> its chunk

// The first row of a stream has what is the same in all.
function gatherStreams() {
	for (const r of views.payload.rows) {
		if (r.kind !== null)
			streams.set(r.stream, { ...r, chunks: [] });
		const chunk = { ...r, data: Uint8Array.from(atob(r.data || ""),
			(c) => c.charCodeAt(0)) };
		streams.get(r.stream)?.chunks.push(chunk);
		dataOf.set(r.event, chunk);
	}
}

gatherStreams();

// Lines as they were sent; what else steers a terminal is told, not obeyed.
function asText(data) {
	return new TextDecoder().decode(data).replaceAll("\r\n", "\n")
		.split("\n").map((line) => line.split("\t").map(visible).join("\t"))
		.join("\n");
}

function asHex(data) {
	const lines = [];
	for (let at = 0; at < data.length; at += 16) {
		const part = [...data.subarray(at, at + 16)];
		const hex = part.map((b) => b.toString(16).padStart(2, "0"));
		lines.push(at.toString(16).padStart(4, "0") + "  " +
			hex.slice(0, 8).join(" ").padEnd(23) + "  " +
			hex.slice(8).join(" ").padEnd(23) + "  " +
			part.map((b) => b > 31 && b < 127 ? String.fromCharCode(b)
				: ".").join(""));
	}
	return lines.join("\n");
}

// The first line, for lists: what was asked for.
function firstLine(data) {
	if (data[0] >= 20 && data[0] <= 23 && data[1] === 3)
		return "(TLS)";
	const end = data.findIndex((b) => b === 10 || b === 13);
	const line = data.subarray(0, end < 0 ? 200 : Math.min(end, 200));
	if (line.filter((b) => b < 32 && b !== 9).length * 10 > line.length)
		return "(binary)";
	return visible(new TextDecoder().decode(line));
}

function told(stream) {
	const shown = stream.chunks.reduce((n, c) => n + c.data.length, 0);
	const all = stream.bytes_in + stream.bytes_out;
	return shown === all ? plural(all, "byte") + ", all shown"
		: `${number(shown)} of ${plural(all, "byte")} shown: what the ` +
			"recorder kept of each call (record -s), at most 8 KiB and " +
			"100 calls";
}

// The bytes of one call: read in one colour, written in the other.
function chunkPart(chunk, form) {
	const text = h("pre", { class: chunk.out ? "out" : "in" });
	text.append(form(chunk.data)); // a text node; visible() did its part
	const rest = chunk.size - chunk.data.length;
	return h("div", { class: "chunk" }, h("div", { class: "dim" },
		clock(chunk.t, 6), chunk.out ? " → written, " : " ← read, ",
		plural(chunk.size, "byte"), rest > 0
			? `, the first ${number(chunk.data.length)} shown` : null), text);
}

function streamView(stream) {
	const place = h("div", { class: "stream" });
	const body = h("div");
	const ns = (t) => BigInt(data.start_ns) + BigInt(Math.round(t * 1000)) *
		1000n;
	const all = `proc.pid = ${stream.pid} and fd.num = ${stream.fd} and ` +
		`evt.rawtime >= ${ns(stream.t)} and evt.rawtime <= ` +
		`${ns(stream.last) + 1000n} and evt.is_io = true`;
	const show = (form) => body.replaceChildren(
		...stream.chunks.map((c) => chunkPart(c, form)));
	const choice = [["Text", asText], ["Hex", asHex]].map(([name, form], i) =>
		h("button", { type: "button", "aria-pressed": String(i === 0),
			onclick: (e) => {
				choice.forEach((b) => b.setAttribute("aria-pressed",
					String(b === e.currentTarget)));
				show(form);
			} }, name));
	place.append(h("div", { class: "bar" }, ...choice,
		views.captures.total === 1 ? copyButton("spoor print " +
			shell(views.captures.rows[0].path) + " " + shell(all) + " -X",
			"Copy the command for all of it") : null,
		h("span", { class: "note" }, told(stream))), body);
	show(asText);
	return place;
}

// In a panel: the streams that the test accepts, the first of them open.
// order: of a stream a number, the least comes first; it may be left out.
function streamPart(accepts, order = () => 0) {
	const found = [...streams.values()].filter(accepts)
		.sort((a, b) => order(a) - order(b));
	if (!found.length)
		return null;
	const part = h("div", {}, h("h4", {}, "Data"));
	found.slice(0, 50).forEach((s, i) => {
		const fold = h("details", { class: "fold-data" }, h("summary", {},
			h("code", {}, s.name), " ", h("span", { class: "note" },
				`fd ${s.fd}, ${bytes(s.bytes_in)} read, ` +
				`${bytes(s.bytes_out)} written`)));
		fold.addEventListener("toggle", () => {
			if (fold.open && fold.childElementCount === 1)
				fold.append(streamView(s));
		});
		fold.open = i === 0;
		part.append(fold);
	});
	return part;
}

// Why there is none at all, where there could be.
function noDataNote() {
	if (data.readable.length === views.captures.total)
		return null;
	return h("p", { class: "help" }, "What was read and written is not " +
		"shown: " + (data.no_data ? "the report was made without it."
			: "it is read from the capture, and that is not there, is not " +
				"known to be the file that was loaded, or is in several."));
}
