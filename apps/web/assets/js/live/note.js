// A page about a card, other than its own (follow.js), says who has changed the card since, and shows that when one wants: over the wall, and
// by itself.
import { aboutOf } from "../pages.js";
import { nameOf } from "./held.js";

export function noteOn(board, activities) {
  const frame = document.querySelector("dialog[open] [data-frame]");
  const open = frame?.firstElementChild && !frame.querySelector("[data-detail]") && document.getElementById(aboutOf(location.pathname))?.dataset.card;
  const names = activities.filter((each) => open && each.card_id === open && (each.actor.id !== document.body.dataset.person || each.origin)).map(({ actor }) => actor.name);
  if (names.length > 0) add(frame, names, () => document.dispatchEvent(new Event("undone"))); // dialog.js draws the card anew
}

/** For a page by itself, which listens (hear.js). */
export function noteAlone(page) {
  document.addEventListener("told", ({ detail }) => {
    if (detail.card_id === page.dataset.about) add(page, [nameOf(detail)], () => location.reload());
  });
}

function add(frame, names, show) {
  const note = frame.querySelector("[data-changed]") ?? make(frame, show);
  note.dataset.changed = [...new Set([...note.dataset.changed.split("\n").filter(Boolean), ...names])].join("\n");
  note.querySelector("p").textContent = `${note.dataset.changed.replaceAll("\n", ", ")} changed this card.`;
}

function make(frame, show) {
  const note = document.createElement("div");
  note.className = "notice changed-note";
  note.dataset.changed = "";
  note.setAttribute("role", "status");
  const button = Object.assign(document.createElement("button"), { className: "btn", type: "button", textContent: "Show" });
  button.addEventListener("click", show);
  note.append(document.createElement("p"), button);
  frame.prepend(note);
  return note;
}
