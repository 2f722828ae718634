// SPDX-License-Identifier: Apache-2.0
// Who came in over the network: what they asked for first, and what the server
// started while they were there.
const requests = new Map(); // connection -> the first bytes received

for (const s of streams.values()) {
	const first = s.chunks.find((c) => !c.out);
	if (s.kind === "connection" && first)
		requests.set(s.id, first.data);
}

function requestOf(c) {
	const asked = requests.get(c.connection);
	return asked ? firstLine(asked) : "";
}

function openInbound(c) {
	const node = forest.byImage.get(c.image);
	openDetail(`${c.remote_address} → ${c.process}`, zoomButtons(c.t),
		["to", localOf(c)], ["protocol", c.protocol],
		["connections", number(c.times)],
		["received", plural(c.received, "byte")],
		["sent", plural(c.sent, "byte")],
		["first", when(c.t)], ["last", when(c.end)],
		["process", c.process], ["pid", c.pid], ["container", c.container],
		c.programs ? h("h4", {}, "What it started meanwhile" +
			(c.started > 20 ? `: the first 20 of ${number(c.started)}` : ""))
			: null,
		c.programs ? h("pre", {}, ...c.programs.split("\n").flatMap(
			(line, i) => i ? [document.createTextNode("\n"), line]
				: [line])) : null,
		streamPart((s) => s.kind === "connection" && s.id === c.connection),
		node ? h("div", { class: "bar" }, h("button", { type: "button",
			onclick: () => openProcess(node) }, "The process")) : null);
}

function inboundViews() {
	const body = section("inbound", "Inbound", views.inbound.total,
		"Who came in over the network, by server and peer: what they asked " +
		"for first, and what the server and its children ran meanwhile.");
	if (!views.inbound.total) {
		body.append(h("p", { class: "none" }, "No connection was accepted."));
		return;
	}
	if (noDataNote())
		body.append(noDataNote());
	table(body, { name: "inbound", label: "inbound connections",
		when: (c) => [c.t, c.end], open: openInbound,
		columns: [
			{ title: "first", cell: (c) => clock(c.t), key: (c) => c.t,
			  kind: "time", width: "8.5em" },
			{ title: "from", cell: (c) => c.remote_address, width: "10em" },
			{ title: "to", cell: localOf, kind: "mono roomy", width: "12em" },
			{ title: "process", cell: (c) => c.process, width: "9em" },
			{ title: "times", cell: (c) => number(c.times),
			  key: (c) => c.times, kind: "num wide", width: "5em" },
			{ title: "first request", cell: requestOf, kind: "mono" },
			{ title: "started", cell: (c) => (c.programs || "")
				.replaceAll("\n", "; "), key: (c) => c.started,
			  kind: "mono" },
			{ title: "received", cell: (c) => bytes(c.received),
			  key: (c) => c.received, kind: "num roomy", width: "7em" },
			{ title: "sent", cell: (c) => bytes(c.sent),
			  key: (c) => c.sent, kind: "num roomy", width: "7em" },
		] });
}
