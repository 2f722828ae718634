// SPDX-License-Identifier: Apache-2.0
// The panel with all that is known of one row.  Opened a second time it takes
// the focus; Escape closes it and gives the focus back.
const panel = document.getElementById("detail");
let cameFrom = null;

function closeDetail() {
	panel.hidden = true;
	document.body.classList.remove("with-detail");
	if (cameFrom && cameFrom.isConnected)
		cameFrom.focus({ preventScroll: true });
}

// parts: nodes and [name, value] pairs; pairs without a value are left out.
function openDetail(title, ...parts) {
	const body = h("div", { class: "body" });
	let facts = null;
	for (const part of parts)
		if (part instanceof Node) {
			body.append(part);
			facts = null;
		} else if (part && (part[1] ?? "") !== "") {
			if (!facts)
				body.append(facts = h("dl", { class: "facts" }));
			facts.append(h("dt", {}, part[0]), h("dd", {}, part[1]));
		}
	const again = !panel.hidden && panel.dataset.title === title;
	if (panel.hidden)
		cameFrom = document.activeElement;
	panel.dataset.title = title;
	panel.replaceChildren(h("header", {}, h("h3", { tabindex: -1 }, title),
		h("button", { type: "button", "aria-label": "Close",
			onclick: closeDetail }, "✕")), body);
	panel.hidden = false;
	document.body.classList.add("with-detail");
	if (again)
		panel.querySelector("h3").focus();
}

// Buttons that select the time around t.
function zoomButtons(t) {
	return h("div", { class: "bar" }, ...[100, 1000, 10000, 60000].map((ms) =>
		h("button", { type: "button", onclick: () => selectAround(t, ms) },
			"± " + (ms < 1000 ? "0.1" : ms / 1000) + " s")));
}

addEventListener("keydown", (e) => {
	if (e.key === "Escape" && !panel.hidden)
		closeDetail();
});
