// A card that can't be changed any more, on a page that nobody can draw anew: it was deleted, or its reader has lost the board.
import { hasHeld } from "./held.js";

const controls = "details.edit, .meta form, .actions :is(a, form, hr, .rail-title)";

/** Takes a card's controls away, and leaves what they show; what somebody writes in stays. */
export function turnOff(card) {
  for (const box of card.querySelectorAll(".meta details")) if (!hasHeld(box)) box.replaceWith(...wordsOf(box));
  for (const control of card.querySelectorAll(controls)) if (!hasHeld(control)) control.remove();
  for (const fact of card.querySelectorAll(".meta dd")) if (!fact.textContent.trim()) fact.append(none(fact.dataset));
  for (const box of card.querySelectorAll("button.tick")) box.disabled = true;
  for (const text of card.querySelectorAll("[data-opens]")) delete text.dataset.opens;
}

// On the button of a menu stand the column and the date that it changes, before words that are only said.
function wordsOf(box) {
  const button = box.querySelector("summary");
  if (!button.querySelector(".vh")) return [];
  button.querySelectorAll(".vh, .icon").forEach((part) => part.remove());
  return button.childNodes;
}

const none = ({ none = "None" }) => Object.assign(document.createElement("span"), { className: "muted", textContent: none });

/** Draws that a card was deleted, with the way back that its page in the trash has for whoever may go it; without one it is gone for good. */
export function drawDeleted(card, sentence, trash) {
  turnOff(card);
  for (const notice of card.querySelectorAll(":scope > .notice")) notice.remove();
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.deleted = "";
  notice.setAttribute("role", "note");
  const words = notice.appendChild(document.createElement("div"));
  words.append(Object.assign(document.createElement("p"), { textContent: sentence }));
  if (trash) {
    const rest = words.appendChild(document.importNode(trash.querySelector("main .stack > p"), true));
    rest.className = "small";
    const back = trash.querySelector("main .stack form");
    if (back) notice.append(document.importNode(back, true));
  }
  card.querySelector(".detail-head").after(notice);
}
