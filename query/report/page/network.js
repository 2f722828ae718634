// SPDX-License-Identifier: Apache-2.0
// The connections with their bytes, and the names that were looked up.
function endpoint(address, port, family) {
	if (!address)
		return "";
	const host = family === "ipv6" ? "[" + address + "]" : address;
	return port === null ? host : host + ":" + port;
}

function remoteOf(c) {
	if (c.role === "listener")
		return "listens";
	return endpoint(c.remote_address, c.remote_port, c.family) +
		(c.name ? "  " + c.name : "");
}

function localOf(c) {
	return endpoint(c.local_address, c.local_port, c.family);
}

function openConnection(c) {
	const node = forest.byImage.get(c.image);
	const failed = c.res !== null && c.res < 0 && c.res !== -115;
	openDetail(`${c.process} ${arrow(c)} ${remoteOf(c)}`, zoomButtons(c.t),
		["role", c.role], ["protocol", c.protocol], ["local", localOf(c)],
		["remote", endpoint(c.remote_address, c.remote_port, c.family)],
		["name", c.name], ["failed", failed ? "errno " + -c.res : null],
		["sent", plural(c.sent, "byte")],
		["received", plural(c.received, "byte")],
		["first", when(c.t)], ["last", when(c.end)],
		["lasted", duration(c.end - c.t)],
		["process", c.process], ["pid", c.pid], ["container", c.container],
		streamPart((s) => s.kind === "connection" && s.id === c.id),
		node ? h("div", { class: "bar" }, h("button", { type: "button",
			onclick: () => openProcess(node) }, "The process")) : null);
}

function arrow(c) {
	return { client: "→", server: "←", listener: "◦" }[c.role] || "·";
}

// A number with a bar as long as the root of its share of the most.
function share(n, most) {
	const bar = h("i");
	bar.style.width = most ? Math.sqrt(n / most) * 100 + "%" : "0";
	return h("span", { class: "share" }, bar, h("span", {}, bytes(n)));
}

// When a row lived, within the selected window.
function lifeline(row) {
	const { from, to } = drawn();
	const a = Math.max(0, (row.t - from) / (to - from) * 100);
	const b = Math.min(100, (row.end - from) / (to - from) * 100);
	const bar = h("i");
	bar.style.left = Math.min(a, 99) + "%";
	bar.style.width = Math.max(1, b - a) + "%";
	return h("span", { class: "lifeline" }, bar);
}

function networkViews() {
	const body = section("network", "Connections", views.connections.total);
	const rows = views.connections.rows;
	if (rows.length)
		connectionTable(body, rows);
	else
		body.append(h("p", { class: "none" }, "No connection over IP."));
	if (views.dns.total)
		lookups(body);
}

function connectionTable(body, rows) {
	const sent = Math.max(...rows.map((c) => c.sent));
	const received = Math.max(...rows.map((c) => c.received));
	table(body, { name: "connections", label: "connections",
		when: (c) => [c.t, c.end], open: openConnection,
		columns: [
			{ title: "first", cell: (c) => clock(c.t), key: (c) => c.t,
			  kind: "time", width: "8.5em" },
			{ title: "process", cell: (c) => c.process, width: "10em" },
			{ title: "", cell: arrow, kind: "arrow", width: "32px" },
			{ title: "remote", cell: remoteOf, kind: "mono" },
			{ title: "local", cell: localOf, kind: "mono wide" },
			{ title: "protocol", cell: (c) => c.protocol, width: "6em",
			  kind: "roomy" },
			{ title: "sent", cell: (c) => share(c.sent, sent),
			  key: (c) => c.sent, kind: "num", width: "9em" },
			{ title: "received", cell: (c) => share(c.received, received),
			  key: (c) => c.received, kind: "num", width: "9em" },
			{ title: "when", cell: lifeline, key: (c) => c.t,
			  kind: "roomy", width: "12%" },
		] });
}

function lookups(body) {
	body.append(h("h3", {}, "Names looked up",
		h("span", { class: "count" }, number(views.dns.total))));
	table(body, { name: "dns", label: "names looked up", lines: 8,
		when: (d) => [d.t, d.end],
		columns: [
			{ title: "first", cell: (d) => clock(d.t), key: (d) => d.t,
			  kind: "time", width: "8.5em" },
			{ title: "name", cell: (d) => d.name, kind: "mono" },
			{ title: "answers", cell: (d) => d.answers, kind: "mono" },
			{ title: "times", cell: (d) => number(d.n), key: (d) => d.n,
			  kind: "num", width: "6em" },
			{ title: "process", cell: (d) => d.process, width: "12em" },
		] });
}
