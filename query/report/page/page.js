// SPDX-License-Identifier: Apache-2.0
// The page from top to bottom: the header with custody and verdict, then the
// views in the order in which a responder asks.

// Complete only if nothing is known to be missing; else what is, in words.
function verdict() {
	const lost = views.captures.rows.reduce((sum, c) => sum + (c.drops || 0), 0);
	const broken = views.captures.rows.filter((c) => c.status !== "whole");
	const v = h("a", { href: "#gaps", class: "verdict", id: "verdict" });
	if (!views.gaps.total && !lost && !broken.length) {
		v.classList.add("ok");
		v.append(h("b", {}, "Complete"), "no gap is known");
		return v;
	}
	v.classList.add("bad");
	v.append(h("b", {}, "Incomplete"), [
		views.gaps.total && plural(views.gaps.total, "gap"),
		lost && plural(lost, "event") + " lost",
		broken.length && plural(broken.length, "capture") + " not whole",
	].filter((x) => x).join(", "));
	return v;
}

// kept: what is known of the file itself, see custody.c.
function custody(c, kept) {
	const facts = h("dl", { class: "facts" });
	for (const [name, value] of [["file", c.path],
		["size", c.size === null ? null : bytes(c.size) + ", " +
			plural(c.size, "byte")],
		["SHA-256", kept.sha256],
		["fingerprint at the load", kept.sha256 ? null : c.fingerprint],
		["note", kept.note], ["host", c.host],
		["from", when(c.t)], ["to", when(c.end)],
		["events", number(c.events)], ["lost events",
			c.drops === null ? "not known" : number(c.drops)],
		["recorded by", kept.engine],
		["state", c.damage ? c.status + ": " + c.damage : c.status]])
		if (value !== null && value !== undefined && value !== "")
			facts.append(h("dt", {}, name), h("dd", {}, value));
	return facts;
}

function header() {
	const place = document.getElementById("header");
	const captures = views.captures.rows, first = captures[0];
	const title = views.captures.total === 1 ? first.path.replace(/.*\//, "")
		: plural(views.captures.total, "capture");
	const total = views.totals.rows[0];
	document.title = visible("spoor report: " + title);
	place.append(h("div", { class: "title" }, h("h1", {},
		h("small", {}, "Incident report"), title), verdict()),
		h("p", { class: "when" }, when(0).slice(0, 23), " UTC, ",
			duration(span), first.host ? " on " + first.host : "",
			" · made ", data.made, " by spoor ", data.version),
		tiles);
	addTile(total.events, "events", "overview");
	const more = h("details", { class: "custody" },
		h("summary", {}, "Custody: what this report was made from"));
	captures.forEach((c, i) => more.append(custody(c, data.custody[i] || {})));
	if (leftOut("captures"))
		more.append(leftOut("captures"));
	more.append(h("p", { class: "help" }, h("code", {}, data.command)));
	place.append(more);
}

function openCommand(c) {
	const node = forest.byImage.get(c.image);
	if (node)
		openProcess(node);
	else
		openDetail("Process " + c.pid, zoomButtons(c.t),
			h("pre", {}, c.cmdline), ["started", when(c.t)],
			["exit", endOf(c)]);
}

const KINDS = { outside: "entered from outside", terminal: "at a terminal",
	init: "the container's first process", setsid: "a session of its own",
	start: "ran before the capture" };

function oneSession(s, commands) {
	const place = h("details", { class: "session" }, h("summary", {
		title: s.cmdline }, h("b", {}, clock(s.t)), " ",
		h("code", {}, s.cmdline), " ", h("span", { class: "note" }, [KINDS[s.kind] || s.kind,
			s.user && "as " + s.user, s.tty && "with a terminal",
			plural(s.commands, "command"),
			s.alerts && plural(s.alerts, "alert"),
			s.isOpen ? null : duration(s.end - s.t)]
			.filter((x) => x).join(", "))));
	place.addEventListener("toggle", () => {
		if (!place.open || place.childElementCount > 1)
			return;
		table(place, { rows: commands, label: "commands of the session",
			lines: 12, when: (c) => [c.t, c.end], open: openCommand,
			columns: [
				{ title: "time", cell: (c) => clock(c.t), key: (c) => c.t,
				  kind: "time", width: "8.5em" },
				{ title: "pid", cell: (c) => String(c.pid), kind: "num",
				  key: (c) => c.pid, width: "5.5em" },
				{ title: "command", cell: (c) => c.cmdline, kind: "mono" },
				{ title: "exit", cell: (c) => c.exit === null ? ""
					: endOf(c), width: "11em", kind: "wide" },
			] });
		if (commands.length < s.commands)
			place.append(h("p", { class: "more" },
				number(s.commands - commands.length) +
				" more are not in this page; ask for all: ",
				copyButton(ask(views.session_commands.sql),
					"Copy the command")));
	});
	return place;
}

function sessionViews() {
	const body = section("sessions", "Sessions", views.sessions.total,
		"Who came in and what they ran: from outside the container first.");
	const bySession = Map.groupBy
		? Map.groupBy(views.session_commands.rows, (c) => c.session)
		: views.session_commands.rows.reduce((m, c) => m.set(c.session,
			[...(m.get(c.session) || []), c]), new Map());
	const list = h("div", { class: "sessions" });
	const items = views.sessions.rows.map((s) =>
		[s, oneSession(s, bySession.get(s.id) || [])]);
	const busy = items.filter(([s]) => s.commands || s.alerts);
	const quiet = items.filter(([s]) => !s.commands && !s.alerts);
	list.append(...busy.map(([, item]) => item));
	if (busy.length <= 3)
		busy.forEach(([, item]) => item.open = true);
	if (quiet.length)
		list.append(h("details", { class: "session" }, h("summary", {},
			h("span", { class: "note" }, plural(quiet.length,
				"session") + " that ran no program in the capture")),
			...quiet.map(([, item]) => item)));
	if (!items.length)
		list.append(h("p", { class: "none" },
			"No session."));
	body.append(list);
	if (leftOut("sessions"))
		body.append(leftOut("sessions"));
	redraws.push(() => items.forEach(([s, item]) =>
		item.hidden = !isSelected(s.t, s.end)));
}

function gapViews() {
	const body = section("gaps", "Gaps", views.gaps.total,
		"What is known to be missing. An answer about these times is only " +
		"as good as they let it be.");
	if (!views.gaps.total) {
		body.append(h("p", { class: "none" },
			"None is known."));
		return;
	}
	table(body, { name: "gaps", label: "gaps", when: (g) => [g.t, g.end],
		open: (g) => openDetail(g.kind, zoomButtons(g.t), ["from", when(g.t)],
			["to", when(g.end)], ["count", g.count && number(g.count)],
			["what", g.detail]),
		columns: [
			{ title: "from", cell: (g) => clock(g.t), key: (g) => g.t,
			  kind: "time", width: "8.5em" },
			{ title: "to", cell: (g) => clock(g.end), key: (g) => g.end,
			  kind: "time", width: "8.5em" },
			{ title: "kind", cell: (g) => g.kind, width: "10em" },
			{ title: "count", cell: (g) => g.count ? number(g.count) : "",
			  key: (g) => g.count, kind: "num", width: "7em" },
			{ title: "what", cell: (g) => g.detail },
		] });
}

function queryViews() {
	const body = section("queries", "Queries used", undefined,
		"Every figure above is the answer to one of these. " +
		"Run them again with spoor query or sqlite3.");
	for (const [name, v] of Object.entries(views))
		body.append(h("details", {}, h("summary", {}, h("code", {}, name),
			" ", h("span", { class: "note" }, v.help + ", " +
				plural(v.total, "row"))),
			h("div", { class: "bar" }, copyButton(v.sql, "Copy SQL"),
				copyButton(ask(v.sql), "Copy command")),
			h("pre", {}, v.sql)));
}

header();
overview();
alertViews();
processTree();
sessionViews();
inboundViews();
networkViews();
fileViews();
gapViews();
queryViews();
document.body.classList.add("drawn");
