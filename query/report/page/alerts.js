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
		h("h4", {}, "Why: the values that the rule saw"),
		...fieldFacts(a.fields), ["event", a.event],
		["container", a.container],
		h("div", { class: "bar" }, copyButton(a.output, "Copy output"),
			copyButton(ask("SELECT * FROM events WHERE event_id BETWEEN " +
				(a.event - 50) + " AND " + (a.event + 50)),
				"Copy query: 50 events around")));
}

// How often each rule fired in the whole capture; a click shows only those.
function ruleList(draw) {
	const list = h("div", { class: "rulelist", role: "group",
		"aria-label": "Rules that fired" });
	const most = Math.max(1, ...views.rules.rows.map((r) => r.n));
	for (const r of views.rules.rows) {
		const bar = h("i", { class: "s" + r.severity });
		bar.style.width = Math.sqrt(r.n / most) * 100 + "%";
		const button = h("button", { type: "button", "aria-pressed": "false",
			title: r.rule }, h("span", { class: "name" }, r.rule),
			h("span", { class: "count" }, number(r.n)), bar);
		button.addEventListener("click", () => {
			selection.rule = selection.rule === r.rule ? null : r.rule;
			for (const other of list.querySelectorAll("button"))
				other.setAttribute("aria-pressed",
					String(other === button && selection.rule !== null));
			draw();
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
	const draw = table(right, { name: "alerts", label: "alerts",
		when: (a) => [a.t, a.t], open: openAlert,
		keep: (a) => !selection.rule || a.rule === selection.rule,
		columns: [
			{ title: "time", cell: (a) => clock(a.t), key: (a) => a.t,
			  kind: "time", width: "8.5em" },
			{ title: "priority", cell: priority, key: (a) => a.severity,
			  width: "7.5em" },
			{ title: "rule", cell: (a) => a.rule },
			{ title: "output", cell: (a) => a.output, kind: "mono wide paper",
			  width: "52%" },
		] });
	split.append(ruleList(draw), right);
	body.append(split);
}
