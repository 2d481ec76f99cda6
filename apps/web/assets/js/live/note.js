// A page about a card that is open over the wall, other than its own (follow.js), says who has changed it since, and shows that when one wants.
import { aboutOf } from "../pages.js";

export function noteOn(board, activities) {
  const frame = document.querySelector("dialog[open] [data-frame]");
  const open = frame?.firstElementChild && !frame.querySelector("[data-detail]") && document.getElementById(aboutOf(location.pathname))?.dataset.card;
  const names = activities.filter((each) => open && each.card_id === open && (each.actor.id !== document.body.dataset.person || each.origin)).map(({ actor }) => actor.name);
  if (names.length === 0) return;
  const note = frame.querySelector("[data-changed]") ?? make(frame);
  note.dataset.changed = [...new Set([...note.dataset.changed.split("\n").filter(Boolean), ...names])].join("\n");
  note.querySelector("p").textContent = `${note.dataset.changed.replaceAll("\n", ", ")} changed this card.`;
}

function make(frame) {
  const note = document.createElement("div");
  note.className = "notice changed-note";
  note.dataset.changed = "";
  note.setAttribute("role", "status");
  const button = Object.assign(document.createElement("button"), { className: "btn", type: "button", textContent: "Show" });
  button.addEventListener("click", () => document.dispatchEvent(new Event("undone"))); // dialog.js draws the card anew
  note.append(document.createElement("p"), button);
  frame.prepend(note);
  return note;
}
