// SPDX-License-Identifier: Apache-2.0
// The strip at the top: alerts above, events below, over the whole capture or
// the part zoomed into.  Dragging selects a window, which all views follow.
const CLASSES = ["process", "file", "read", "write", "network", "other",
	"failed"]; // as views/20-histogram.sql numbers them
const EDGE = 6; // px within which an edge of the selection is caught

// Round steps for time marks: at most `most` of them in `length` ms.
function timeMarks(from, to, most) {
	const steps = [0.001, 0.01, 0.1, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3,
		2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5,
		108e5, 216e5, 432e5, 864e5, 1728e5, 6048e5, 2592e6, 31536e6];
	const step = steps.find((s) => (to - from) / s <= most) || to - from;
	const marks = [];
	const phase = start % step;
	for (let t = Math.ceil((from + phase) / step) * step - phase;
	     t <= to; t += step)
		if (t >= from)
			marks.push([t, clock(t, step >= 1000 ? 0 : step >= 1 ? 3 : 6)]);
	return marks;
}

function severityColor(severity) {
	return color(severity <= 3 ? "--bad" : severity === 4 ? "--warn"
		: "--accent");
}

// [class][bucket] -> events; and [bucket] -> alerts by severity.
function countBuckets() {
	const classes = CLASSES.map(() => new Float64Array(data.buckets));
	const alerts = Array.from({ length: data.buckets }, () => null);
	for (const r of views.histogram.rows)
		classes[r.class][Math.min(r.bucket, data.buckets - 1)] += r.n;
	for (const r of views.alert_density.rows) {
		const i = Math.min(r.bucket, data.buckets - 1);
		(alerts[i] ||= new Float64Array(8))[r.severity] += r.n;
	}
	return { classes, alerts };
}

// The shortest time that has 99 of 100 events, and all alerts; with a margin.
function busyTime(classes, alerts) {
	const counts = Array.from({ length: data.buckets }, (_, i) =>
		classes.reduce((n, c) => n + c[i], 0));
	const total = counts.reduce((a, b) => a + b, 0);
	const marks = alerts.flatMap((a, i) => a ? [i] : []);
	let best = [0, data.buckets], inside = 0;
	for (let from = 0, to = 0; from < data.buckets; from++) {
		while (to < data.buckets && inside < total * 0.99)
			inside += counts[to++];
		if (inside < total * 0.99)
			break;
		if (to - from < best[1] - best[0])
			best = [from, to];
		inside -= counts[from];
	}
	const from = Math.min(best[0], ...marks.slice(0, 1));
	const to = Math.max(best[1], ...marks.slice(-1).map((i) => i + 1));
	const margin = (to - from) / 20 + 1;
	return [Math.max(0, from - margin) * data.bucket_ms,
		Math.min(span, (to + margin) * data.bucket_ms)];
}

function overview() {
	const place = document.getElementById("overview");
	const canvas = h("canvas", { tabindex: 0, role: "slider",
		"aria-label": "Time window", "aria-valuemin": 0,
		"aria-valuemax": Math.round(span), "aria-describedby": "keys" });
	const label = h("strong", { class: "window" });
	const hover = h("span", { class: "note" });
	const all = h("button", { type: "button",
		onclick: reset }, "Whole capture");
	const zoom = h("button", { type: "button", onclick: zoomIn }, "Zoom in");
	const legend = h("div", { class: "legend" });
	const keys = h("span", { id: "keys", class: "keys" },
		"drag: select · ← → move · + − resize · z zoom · Esc all");
	const { classes, alerts } = countBuckets();
	const width = data.bucket_ms;
	let drag = null, w = 1, peak = "";
	const busy = busyTime(classes, alerts);

	if (busy[1] - busy[0] < span / 2)
		[axis.from, axis.to] = busy;

	legend.append(h("span", {}, h("i", { class: "sev" }), "alerts"));
	CLASSES.forEach((name, i) =>
		legend.append(h("span", {}, h("i", { class: "c" + i }), name)));
	if (views.gaps.total)
		legend.append(h("span", {}, h("i", { class: "gap" }), "gap"));
	place.append(h("div", { class: "bar" }, label, all, zoom, hover), canvas,
		h("div", { class: "bar between" }, legend, keys));

	const x = (t) => (t - axis.from) / (axis.to - axis.from) * w;
	const timeAt = (px) => axis.from + px / w * (axis.to - axis.from);

	function zoomIn() {
		({ from: axis.from, to: axis.to } = selection);
		redraw();
	}

	function reset() {
		axis.from = 0;
		axis.to = span;
		select(0, span);
	}

	// Sums of all classes for each pixel column.
	function columns() {
		const sums = classes.map(() => new Float64Array(w));
		const marks = Array.from({ length: w }, () => null);
		for (let i = 0; i < data.buckets; i++) {
			const a = x(i * width), b = x((i + 1) * width);
			if (b < 0 || a > w)
				continue;
			const first = Math.max(0, Math.floor(a));
			const end = Math.min(w, Math.max(first + 1, Math.floor(b)));
			for (let p = first; p < end; p++)
				classes.forEach((c, k) => sums[k][p] += c[i]);
			if (alerts[i] && first < w)
				alerts[i].forEach((n, s) => {
					if (n && !hidden.has(s))
						(marks[first] ||= new Float64Array(8))[s] += n;
				});
		}
		return { sums, marks };
	}

	// Square roots keep a lone exec in sight beside a burst of reads.
	function drawEvents(g, sums, top, bottom) {
		let most = 1;
		const total = new Float64Array(w);
		for (let p = 0; p < w; p++) {
			for (const s of sums)
				total[p] += s[p];
			most = Math.max(most, total[p]);
		}
		sums.forEach((_, k) => {
			g.fillStyle = color("--c" + k);
			for (let p = 0; p < w; p++) {
				if (!sums[k][p])
					continue;
				const high = Math.max(1.5, Math.sqrt(total[p] / most) *
					(bottom - top));
				let below = 0;
				for (let j = 0; j < k; j++)
					below += sums[j][p];
				const part = sums[k][p] / total[p] * high;
				g.fillRect(p, bottom - below / total[p] * high - part, 1,
					part);
			}
		});
	}

	// What the bars are measured by, as long as the pointer is elsewhere.
	function tellPeak(sums) {
		let most = 0;
		for (let p = 0; p < w; p++)
			most = Math.max(most, sums.reduce((n, s) => n + s[p], 0));
		peak = "peak: " + plural(most, "event") + " in " +
			duration(Math.max(width, (axis.to - axis.from) / w));
		hover.textContent = peak;
	}

	function drawAlerts(g, marks, top, bottom) {
		let most = 1;
		for (const m of marks)
			if (m)
				most = Math.max(most, m.reduce((a, b) => a + b, 0));
		marks.forEach((m, p) => {
			let y = bottom;
			for (let s = 7; m && s >= 0; s--) {
				if (!m[s])
					continue;
				const part = Math.max(5, Math.sqrt(m[s] / most) *
					(bottom - top));
				g.fillStyle = severityColor(s);
				g.fillRect(p - 1, Math.max(top, y - part), 3, part);
				y = Math.max(top, y - part);
			}
		});
	}

	function drawGaps(g, height) {
		for (const gap of views.gaps.rows) {
			const a = x(gap.t), b = Math.max(a + 3, x(gap.end));
			g.save();
			g.beginPath();
			g.rect(a, 0, b - a, height);
			g.clip();
			g.strokeStyle = color("--bad");
			for (let d = a - height; d < b; d += 6) {
				g.beginPath();
				g.moveTo(d, height);
				g.lineTo(d + height, 0);
				g.stroke();
			}
			g.restore();
		}
	}

	function drawSelection(g, height) {
		const a = Math.max(0, x(selection.from));
		const b = Math.min(w, x(selection.to));
		if (isWhole() || (a <= 0 && b >= w))
			return;
		g.fillStyle = color("--shade");
		g.fillRect(0, 0, a, height);
		g.fillRect(b, 0, w - b, height);
		g.fillStyle = color("--accent");
		g.fillRect(a - 1, 0, 2, height);
		g.fillRect(b - 1, 0, 2, height);
		g.fillRect(a - 3, height / 2 - 12, 6, 24);
		g.fillRect(b - 3, height / 2 - 12, 6, 24);
	}

	function draw() {
		const g = canvas.getContext("2d");
		const ratio = devicePixelRatio || 1;
		const height = canvas.clientHeight, base = height - 16;
		w = Math.max(1, canvas.clientWidth);
		canvas.width = w * ratio;
		canvas.height = height * ratio;
		g.scale(ratio, ratio);
		const { sums, marks } = columns();
		g.font = getComputedStyle(document.body).font.replace(/\d+px/, "11px");
		g.textBaseline = "bottom";
		for (const [t, text] of timeMarks(axis.from, axis.to, w / 95)) {
			g.fillStyle = color("--line");
			g.fillRect(Math.round(x(t)), 0, 1, base);
			g.fillStyle = color("--dim");
			if (x(t) + 70 < w)
				g.fillText(text, x(t) + 3, height);
		}
		drawAlerts(g, marks, 4, 30);
		g.fillStyle = color("--line");
		g.fillRect(0, 31, w, 1);
		drawEvents(g, sums, 36, base);
		tellPeak(sums);
		g.fillStyle = color("--line");
		g.fillRect(0, base, w, 1);
		drawGaps(g, base);
		drawSelection(g, base);
		const zoomed = axis.from > 0 || axis.to < span;
		const text = isWhole() ? "Whole capture, " + duration(span) + (zoomed
			? "; drawn are " + duration(axis.to - axis.from) + " of it" : "")
			: clock(selection.from) + " to " + clock(selection.to) + " UTC, " +
				duration(selection.to - selection.from);
		label.textContent = text;
		canvas.setAttribute("aria-valuenow", Math.round(selection.from));
		canvas.setAttribute("aria-valuetext", text);
		all.disabled = isWhole() && !zoomed;
		zoom.disabled = isWhole() ||
			(axis.from === selection.from && axis.to === selection.to);
	}

	// What is under the pointer, in words.
	function tell(px) {
		const i = Math.floor(timeAt(px) / width);
		if (i < 0 || i >= data.buckets)
			return;
		const parts = classes.map((c, k) => [c[i], CLASSES[k]])
			.filter(([n]) => n).map(([n, name]) => number(n) + " " + name);
		const n = alerts[i] ? alerts[i].reduce((a, b) => a + b, 0) : 0;
		if (n)
			parts.unshift(plural(n, "alert"));
		hover.textContent = clock(timeAt(px)) + "  " +
			(parts.join(", ") || "nothing");
	}

	function grab(px) {
		const a = x(selection.from), b = x(selection.to);
		if (isWhole())
			return { kind: "new", t: timeAt(px), px };
		if (Math.abs(px - a) < EDGE)
			return { kind: "new", t: selection.to, px };
		if (Math.abs(px - b) < EDGE)
			return { kind: "new", t: selection.from, px };
		if (px > a && px < b)
			return { kind: "move", t: timeAt(px), px, from: selection.from,
				to: selection.to };
		return { kind: "new", t: timeAt(px), px };
	}

	canvas.addEventListener("pointerdown", (e) => {
		drag = grab(e.offsetX);
		canvas.setPointerCapture(e.pointerId);
	});
	canvas.addEventListener("pointermove", (e) => {
		tell(e.offsetX);
		if (!drag || Math.abs(e.offsetX - drag.px) < 3)
			return;
		const t = timeAt(e.offsetX);
		if (drag.kind === "move")
			select(drag.from + t - drag.t, drag.to + t - drag.t);
		else
			select(Math.min(t, drag.t), Math.max(t, drag.t));
	});
	canvas.addEventListener("pointerup", (e) => {
		if (drag && Math.abs(e.offsetX - drag.px) < 3)
			select(0, span);
		drag = null;
	});
	canvas.addEventListener("pointerleave", () => hover.textContent = peak);
	canvas.addEventListener("keydown", (e) => {
		const d = (selection.to - selection.from) / 8;
		const left = Math.min(d, selection.from);
		const right = Math.min(d, span - selection.to);
		const act = {
			ArrowLeft: () => select(selection.from - left,
				selection.to - left),
			ArrowRight: () => select(selection.from + right,
				selection.to + right),
			"+": () => select(selection.from + d, selection.to - d),
			"-": () => select(selection.from - d, selection.to + d),
			z: zoomIn, Escape: reset }[e.key === "=" ? "+" : e.key];
		if (!act)
			return;
		e.preventDefault();
		act();
	});
	new ResizeObserver(redraw).observe(canvas);
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change",
		redraw);
	redraws.push(draw);
	draw();
}
