// SPDX-License-Identifier: Apache-2.0
// The alerts: how often each rule fired, each alert, and why it did.

// MITRE ATT&CK techniques and tactics first: they say what the rest is about.
function tagList(text) {
	const tags = (text || "").split(/[ ,]+/).filter((t) => t);
	const attack = (t) => /^(mitre_|T\d{4})/.test(t);
	return h("span", { class: "tags" },
		...tags.sort((a, b) => attack(b) - attack(a)).map((t) =>
			h("span", { class: "tag" + (attack(t) ? " attack" : "") },
				t.replace(/^mitre_/, "").replaceAll("_", " "))));
}

function priority(a) {
	return h("span", { class: "priority s" + a.severity }, a.priority);
}

// The values that the rule's output names, as Falco's output_fields.
function fieldFacts(text) {
	try {
		return Object.entries(JSON.parse(text || "{}")).map(([key, value]) =>
			[key, value === null ? "" : typeof value === "object"
				? JSON.stringify(value) : String(value)]);
	} catch {
		return [["fields", text]];
	}
}

// What its process did some seconds before and after.
function around(a, node) {
	const near = views.alert_events.rows.filter((e) => isOf(node, e.image) &&
		Math.abs(e.t - a.t) <= 5000).sort((x, y) => x.event - y.event);
	if (!near.length)
		return null;
	const list = h("table", { class: "around" });
	for (const e of near) {
		const chunk = dataOf.get(e.event);
		list.append(h("tr", { class: e.event === a.event ? "chosen" : null },
			h("td", { class: "num" }, (e.t < a.t ? "−" : "+") +
				duration(Math.abs(e.t - a.t))),
			h("td", {}, e.type), h("td", { class: "mono" }, [e.fd === null
				? null : "fd " + e.fd, e.name, chunk
				? JSON.stringify(firstLine(chunk.data)) : null]
				.filter((x) => x).join(" ")),
			h("td", { class: "num" }, e.res === null ? "" : errno(e.res))));
	}
	return h("div", {}, h("h4", {}, "Around it, by the same process"), list);
}

const ERRORS = { 1: "EPERM", 2: "ENOENT", 9: "EBADF", 10: "ECHILD",
	11: "EAGAIN", 13: "EACCES", 17: "EEXIST", 20: "ENOTDIR", 22: "EINVAL",
	25: "ENOTTY", 32: "EPIPE", 104: "ECONNRESET", 110: "ETIMEDOUT",
	111: "ECONNREFUSED", 113: "EHOSTUNREACH", 115: "EINPROGRESS" };

function errno(res) {
	return res < 0 ? ERRORS[-res] || String(res) : res > 0xffffffff
		? "0x" + res.toString(16) : number(res);
}

// Of what a stream moved to the alert, in ms.
function distance(stream, a) {
	return Math.min(...stream.chunks.map((c) => Math.abs(c.t - a.t)));
}

function openAlert(a) {
	const node = forest.byImage.get(a.image);
	const chain = h("ol", { class: "chain" });
	for (const n of node ? lineage(node) : [])
		chain.append(h("li", {}, h("button", { type: "button",
			class: "link", onclick: () => openProcess(n) },
			n.pid + " " + lastImage(n).name)));
	openDetail(a.rule, h("div", { class: "bar" }, priority(a),
		h("span", { class: "note" }, when(a.t))), zoomButtons(a.t),
		h("pre", {}, a.output), tagList(a.tags),
		node ? h("h4", {}, "Process chain") : null, node ? chain : null,
		around(a, node),
		streamPart((s) => isOf(node, s.image) && distance(s, a) <= 5000,
			(s) => a.output.includes(s.name) ? -1 : distance(s, a)),
		h("h4", {}, "Why: the values that the rule saw"),
		...fieldFacts(a.fields), ["event", a.event],
		["container", a.container],
		h("div", { class: "bar" }, copyButton(a.output, "Copy output"),
			copyButton(ask("SELECT * FROM events WHERE event_id BETWEEN " +
				(a.event - 50) + " AND " + (a.event + 50)),
				"Copy query: 50 events around")));
}

// A button for each priority that there is: pressed, its alerts are shown.
function priorityFilter() {
	const counts = new Map();
	for (const r of views.rules.rows) {
		const c = counts.get(r.severity) || { priority: r.priority, n: 0 };
		c.n += r.n;
		counts.set(r.severity, c);
	}
	const bar = h("div", { class: "bar", role: "group",
		"aria-label": "Priorities shown" });
	for (const [severity, c] of [...counts].sort(([a], [b]) => a - b)) {
		bar.append(h("button", { type: "button", "aria-pressed": "true",
			class: "chip", onclick: (e) => {
				if (!hidden.delete(severity))
					hidden.add(severity);
				e.currentTarget.setAttribute("aria-pressed",
					String(!hidden.has(severity)));
				redraw();
			} }, priority({ severity, priority: c.priority }),
			h("span", { class: "count" }, number(c.n))));
	}
	return bar;
}

// How often each rule fired in the whole capture; a click shows only those.
function ruleList(draw) {
	const list = h("div", { class: "rulelist", role: "group",
		"aria-label": "Rules that fired" });
	const most = Math.max(1, ...views.rules.rows.map((r) => r.n));
	let rule = null;
	for (const r of views.rules.rows) {
		const bar = h("i", { class: "s" + r.severity });
		bar.style.width = Math.sqrt(r.n / most) * 100 + "%";
		const button = h("button", { type: "button", "aria-pressed": "false",
			title: r.rule }, h("span", { class: "name" }, r.rule),
			h("span", { class: "count" }, number(r.n)), bar);
		button.addEventListener("click", () => {
			rule = rule === r.rule ? null : r.rule;
			for (const other of list.querySelectorAll("button"))
				other.setAttribute("aria-pressed",
					String(other === button && rule !== null));
			draw(rule);
		});
		list.append(button);
	}
	return list;
}

function alertViews() {
	const body = section("alerts", "Alerts", views.alerts.total);
	if (!views.alerts.total) {
		body.append(h("p", { class: "none" },
			"No alert. Rules are given with -r; those of a database with " +
			"its load."));
		return;
	}
	const right = h("div");
	const split = h("div", { class: "split" });
	// The gravest are in the page; they are listed as they came.
	views.alerts.rows.sort((a, b) => a.t - b.t);
	let rule = null;
	const draw = table(right, { name: "alerts", label: "alerts",
		when: (a) => [a.t, a.t], open: openAlert,
		keep: (a) => !hidden.has(a.severity) && (!rule || a.rule === rule),
		columns: [
			{ title: "time", cell: (a) => clock(a.t), key: (a) => a.t,
			  kind: "time", width: "8.5em" },
			{ title: "priority", cell: priority, key: (a) => a.severity,
			  kind: "dot", width: "7.5em" },
			{ title: "rule", cell: (a) => a.rule },
			{ title: "process", cell: (a) => a.process, width: "9em",
			  kind: "roomy" },
			{ title: "output", cell: (a) => a.output, kind: "mono wide paper",
			  width: "42%" },
		] });
	body.append(priorityFilter());
	split.append(ruleList((name) => { rule = name; draw(); }), right);
	body.append(split);
}
