// The way to the cards by keyboard: where nothing has the focus, or the wall itself has it, up and down lead to its first card;
// down leads from a column's head to the card below it, up from its foot to the card above that. From there on it is keyboard.js's.
import { isFree } from "./key.js";
import { columnOf, focusCard } from "./place.js";

const ways = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

export function startWayIn(board) {
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, shiftKey } = event;
    const isHere = isFree(event) && !ctrlKey && !metaKey && !shiftKey && !document.querySelector("dialog[open]");
    const card = isHere && key in ways && cardAhead(board, target, ways[key]);
    if (!card) return;
    event.preventDefault();
    focusCard(card);
  });
}

function cardAhead(board, from, down) {
  if (from === board || from === document.body) return board.querySelector(".card");
  const part = from.closest(down > 0 ? ".column-head" : ".column-foot");
  const list = part && !from.closest(".menu") && columnOf(part).querySelector("[data-cards]");
  return list && (down > 0 ? list.firstElementChild : list.lastElementChild);
}
