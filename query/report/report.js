// SPDX-License-Identifier: Apache-2.0
// Draws the report from the JSON in #data.  Everything an attacker may have
// chosen (names, arguments, paths) is put on the page through textContent
// only.  Times in the data are milliseconds since the capture's start.
"use strict";
(function () {
	const data = JSON.parse(document.getElementById("data").textContent);
	const main = document.getElementById("main");
	const span = Math.max(data.capture.span_ms, 1e-6);
	let view = { from: 0, to: span };
	const redraws = [];

	// Control and bidirectional characters are shown, not obeyed.
	function visible(text) {
		return String(text).replace(
			/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
			(c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
	}

	function element(tag, properties, ...children) {
		const e = document.createElement(tag);
		for (const [key, value] of Object.entries(properties || {}))
			if (key === "class")
				e.className = value;
			else if (key in e && key !== "list")
				e[key] = value;
			else
				e.setAttribute(key, value);
		for (const child of children)
			e.append(child instanceof Node ? child : visible(child));
		return e;
	}

	function css(name) {
		return getComputedStyle(document.documentElement)
			.getPropertyValue(name).trim();
	}

	function number(n) {
		return Number(n).toLocaleString("en");
	}

	function bytes(n) {
		const units = ["B", "KiB", "MiB", "GiB", "TiB"];
		let i = 0;
		for (n = Number(n); n >= 1024 && i + 1 < units.length; i++)
			n /= 1024;
		return (i ? n.toFixed(1) : n) + " " + units[i];
	}

	function seconds(ms) {
		return "+" + (ms / 1000).toFixed(3) + " s";
	}

	function section(id, title, count) {
		const heading = element("h2", { id }, title);
		if (count !== undefined)
			heading.append(element("span", { class: "count" },
					       "  " + number(count)));
		const body = element("section", {}, heading);
		main.append(body);
		document.querySelector("nav").append(
			element("a", { href: "#" + id }, title));
		return body;
	}

	// A table that sorts by its heads and filters by text and window.
	// columns: [title, cell(row) -> text or Node, class, sort key(row)]
	function table(body, rows, columns, time) {
		const limit = 500;
		const head = element("tr");
		const lines = element("tbody");
		const note = element("span", { class: "dim" });
		const find = element("input", {
			type: "search", placeholder: "filter",
			"aria-label": "filter the table" });
		let order = null, down = false;

		function matches(row) {
			const t = time ? time(row) : null;
			if (t !== null && (t[1] < view.from || t[0] > view.to))
				return false;
			const text = find.value.toLowerCase();
			return !text || JSON.stringify(row).toLowerCase().includes(text);
		}
		function draw() {
			let shown = rows.filter(matches);
			if (order)
				shown = shown.slice().sort((a, b) => {
					const x = order(a), y = order(b);
					return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
				});
			lines.replaceChildren(...shown.slice(0, limit).map((row) =>
				element("tr", {}, ...columns.map(([, cell, kind]) =>
					element("td", { class: kind || "" }, cell(row))))));
			note.textContent = shown.length > limit
				? `first ${limit} of ${number(shown.length)}`
				: `${number(shown.length)} rows`;
		}
		for (const [title, cell, , key] of columns) {
			const th = element("th", { tabIndex: 0 }, title);
			const sort = () => {
				const by = key || ((row) => String(cell(row).textContent || cell(row)));
				down = order && th.dataset.on ? !down : false;
				head.querySelectorAll("th").forEach((o) => delete o.dataset.on);
				th.dataset.on = "1";
				order = by;
				draw();
			};
			th.addEventListener("click", sort);
			th.addEventListener("keydown", (e) => {
				if (e.key === "Enter")
					sort();
			});
			head.append(th);
		}
		find.addEventListener("input", draw);
		body.append(element("div", { class: "bar" }, find, note),
			    element("div", { class: "scroll" },
				    element("table", {}, element("thead", {}, head), lines)));
		redraws.push(draw);
		draw();
	}

	function setView(from, to) {
		view = { from: Math.max(0, from), to: Math.min(span, to) };
		if (view.to - view.from < span / 1e6)
			view = { from: 0, to: span };
		redraws.forEach((draw) => draw());
	}

	function header() {
		const c = data.capture;
		const verdict = element("span",
			{ class: "verdict " + (c.complete ? "ok" : "bad") },
			c.complete ? "complete: no gap is known" : "incomplete: see Gaps");
		const facts = element("dl", { class: "facts" });
		for (const [name, value] of c.facts)
			facts.append(element("dt", {}, name),
				     element("dd", { class: "mono" }, value));
		document.getElementById("header").append(
			element("h1", {}, "Incident report: " + c.name), verdict, facts);
		document.title = visible("spoor report: " + c.name);
	}

	function timeline() {
		const body = section("time", "Timeline");
		const canvas = element("canvas", { tabIndex: 0, role: "img",
			"aria-label": "events and alerts over time; drag to select, " +
				"arrow keys move, + and - zoom, Escape shows all" });
		const label = element("span", { class: "mono" });
		const all = element("button", {}, "show all");
		const legend = element("div", { class: "legend" }, "alerts above; events:");
		const h = data.histogram;
		let drag = null;

		data.classes.forEach((name, i) => {
			const mark = element("i");
			mark.style.background = `var(--c${i})`;
			legend.append(mark, name);
		});
		body.append(element("div", { class: "bar" }, label, all), canvas, legend);

		function x(t) {
			return (t - view.from) / (view.to - view.from) * canvas.width;
		}
		function at(e) {
			const box = canvas.getBoundingClientRect();
			return view.from + (e.clientX - box.left) / box.width *
				(view.to - view.from);
		}
		function bars(g, top, height) {
			const width = Math.max(1, x(view.from + h.bucket_ms));
			let most = 1;
			h.counts.forEach((bucket, i) => {
				const t = i * h.bucket_ms;
				if (t + h.bucket_ms >= view.from && t <= view.to)
					most = Math.max(most, bucket.reduce((a, b) => a + b, 0));
			});
			h.counts.forEach((bucket, i) => {
				let y = top + height;
				bucket.forEach((n, kind) => {
					const part = n / most * height;
					g.fillStyle = css("--c" + kind);
					g.fillRect(x(i * h.bucket_ms), y - part, width, part);
					y -= part;
				});
			});
		}
		function draw() {
			const g = canvas.getContext("2d");
			canvas.width = canvas.clientWidth * devicePixelRatio;
			canvas.height = 190 * devicePixelRatio;
			canvas.style.height = "190px";
			const lane = 40 * devicePixelRatio;
			bars(g, lane, canvas.height - lane - 2);
			for (const gap of data.gaps) {
				g.fillStyle = css("--bad") + "55";
				g.fillRect(x(gap.from), 0,
					   Math.max(2, x(gap.to) - x(gap.from)), canvas.height);
			}
			for (const alert of data.alerts) {
				g.fillStyle = alert.severity <= 3 ? css("--bad")
					: alert.severity === 4 ? css("--warn") : css("--accent");
				const up = (7 - alert.severity) / 7 * (lane - 12);
				g.fillRect(x(alert.t) - 1, lane - 8 - up, 3, 8 + up);
			}
			if (drag) {
				g.fillStyle = css("--accent") + "44";
				g.fillRect(x(drag.from), 0, x(drag.to) - x(drag.from),
					   canvas.height);
			}
			label.textContent = seconds(view.from) + " to " + seconds(view.to);
		}
		canvas.addEventListener("pointerdown", (e) => {
			drag = { from: at(e), to: at(e) };
			canvas.setPointerCapture(e.pointerId);
		});
		canvas.addEventListener("pointermove", (e) => {
			if (drag) {
				drag.to = at(e);
				draw();
			}
		});
		canvas.addEventListener("pointerup", () => {
			const d = drag;
			drag = null;
			setView(Math.min(d.from, d.to), Math.max(d.from, d.to));
		});
		canvas.addEventListener("keydown", (e) => {
			const w = view.to - view.from;
			const moves = {
				ArrowLeft: [-w / 5, -w / 5], ArrowRight: [w / 5, w / 5],
				"+": [w / 4, -w / 4], "-": [-w / 2, w / 2],
				Escape: [-span, span] };
			if (!(e.key in moves))
				return;
			e.preventDefault();
			setView(view.from + moves[e.key][0], view.to + moves[e.key][1]);
		});
		all.addEventListener("click", () => setView(0, span));
		addEventListener("resize", draw);
		redraws.push(draw);
		draw();
	}

	function alerts() {
		const body = section("alerts", "Alerts", data.totals.alerts);
		table(body, data.alerts, [
			["time", (a) => seconds(a.t), "time", (a) => a.t],
			["priority", (a) => element("span", { class: "p" + a.severity },
						    a.priority), "", (a) => a.severity],
			["rule", (a) => a.rule],
			["process", (a) => a.process],
			["what", (a) => {
				const more = element("details", {},
					element("summary", {}, a.output.slice(0, 110)));
				more.append(element("pre", {}, a.output),
					element("div", { class: "dim" }, a.tags));
				const zoom = element("button", {}, "± 1 s");
				zoom.addEventListener("click",
					() => setView(a.t - 1000, a.t + 1000));
				more.append(zoom);
				return more;
			}],
		], (a) => [a.t, a.t]);
	}

	function processes() {
		const body = section("processes", "Processes", data.totals.processes);
		const lanes = element("div", { class: "lanes" });
		const note = element("div", { class: "dim" });
		body.append(element("div", { class: "dim" },
			"bars are lifetimes: orange root, red not of the image; " +
			"red marks are alerts"), element("div", { class: "scroll" }, lanes),
			note);

		function draw() {
			const w = view.to - view.from;
			const shown = data.processes.filter((p) =>
				p.end >= view.from && p.start <= view.to);
			lanes.replaceChildren(...shown.slice(0, 400).map((p) => {
				const bar = element("span", { title: visible(p.cmdline),
					class: p.drift ? "drift" : p.uid === 0 ? "root" : "" });
				const life = element("div", { class: "life" }, bar);
				const from = Math.max(0, (p.start - view.from) / w * 100);
				const to = Math.min(100, (p.end - view.from) / w * 100);
				bar.style.left = from + "%";
				bar.style.width = Math.max(0, to - from) + "%";
				for (const t of p.alerts) {
					const mark = element("b");
					mark.style.left = (t - view.from) / w * 100 + "%";
					if (t >= view.from && t <= view.to)
						life.append(mark);
				}
				const who = element("div", { class: "who mono",
					title: visible(p.cmdline) },
					(p.fold > 1 ? `${p.fold} × ` : "") + p.pid + " " + p.cmdline);
				who.style.paddingLeft = Math.min(p.depth, 14) * 0.8 + "rem";
				return element("div", { class: "lane" }, who, life);
			}));
			note.textContent = shown.length > 400
				? `first 400 of ${number(shown.length)} in this window` : "";
		}
		redraws.push(draw);
		draw();
	}

	function tables() {
		table(section("sessions", "Sessions from outside", data.sessions.length),
		      data.sessions, [
			["time", (s) => seconds(s.t), "time", (s) => s.t],
			["pid", (s) => String(s.pid), "num", (s) => s.pid],
			["user", (s) => s.user], ["tty", (s) => String(s.tty), "num"],
			["command", (s) => s.cmdline],
			["commands in it", (s) => String(s.commands), "num",
			 (s) => s.commands],
		], (s) => [s.t, s.end]);
		table(section("network", "Network", data.totals.connections),
		      data.connections, [
			["first", (c) => seconds(c.first), "time", (c) => c.first],
			["process", (c) => c.process], ["direction", (c) => c.direction],
			["protocol", (c) => c.protocol],
			["remote", (c) => c.remote], ["local", (c) => c.local],
			["sent", (c) => bytes(c.sent), "num", (c) => c.sent],
			["received", (c) => bytes(c.received), "num",
			 (c) => c.received],
		], (c) => [c.first, c.last]);
		table(section("files", "Files", data.totals.files), data.files, [
			["path", (f) => f.path],
			["reads", (f) => number(f.reads), "num", (f) => f.reads],
			["writes", (f) => number(f.writes), "num", (f) => f.writes],
			["changes", (f) => number(f.changes), "num", (f) => f.changes],
			["first", (f) => seconds(f.first), "time", (f) => f.first],
			["by", (f) => f.by],
		], (f) => [f.first, f.last]);
		table(section("dropped", "Written, then executed",
			      data.written_executed.length), data.written_executed, [
			["path", (f) => f.path],
			["written", (f) => seconds(f.written), "time", (f) => f.written],
			["by", (f) => f.writer],
			["executed", (f) => seconds(f.executed), "time",
			 (f) => f.executed],
			["command", (f) => f.cmdline],
		], (f) => [f.written, f.executed]);
		table(section("gaps", "Gaps", data.gaps.length), data.gaps, [
			["from", (g) => seconds(g.from), "time", (g) => g.from],
			["to", (g) => seconds(g.to), "time", (g) => g.to],
			["kind", (g) => g.kind], ["lost", (g) => number(g.lost), "num"],
			["what", (g) => g.text],
		]);
	}

	function queries() {
		const body = section("queries", "Queries used");
		body.append(element("p", { class: "dim" },
			"Every figure above is the answer to one of these; run them " +
			"again with spoor query or sqlite3."));
		for (const q of data.queries)
			body.append(element("details", {},
				element("summary", {}, q.name), element("pre", {}, q.sql)));
	}

	header();
	timeline();
	alerts();
	processes();
	tables();
	queries();
})();
