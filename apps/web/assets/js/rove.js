// Each column is one stop of the Tab key: the card that had the focus last, or its first; from the box at its foot, the one
// that was just added. Arrows walk the others (keyboard.js).
import { columnOf } from "./place.js";

export function startRoving(board) {
  const settle = (list) => {
    const cards = [...list.children];
    const isAdding = columnOf(list).querySelector(".column-foot :focus");
    const stop = cards.find((card) => card.contains(document.activeElement)) ?? (isAdding ? cards.at(-1) : cards.find(isStop)) ?? cards[0];
    for (const card of cards) setStop(card, card === stop);
  };
  const watch = new MutationObserver((changes) => new Set(changes.map(({ target }) => target)).forEach(settle));
  for (const list of board.querySelectorAll("[data-cards]")) {
    settle(list);
    watch.observe(list, { childList: true });
  }
  board.addEventListener("focusin", ({ target }) => {
    const card = target.closest(".card");
    if (card && !isStop(card)) settle(card.parentElement);
  });
}

const isStop = (card) => card.querySelector(".card-title a").tabIndex === 0;

function setStop(card, isOne) {
  for (const stop of card.querySelectorAll(".card-title a, .more, .pick")) {
    if ((stop.tabIndex === 0) !== isOne) stop.tabIndex = isOne ? 0 : -1;
  }
}
