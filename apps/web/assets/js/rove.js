// Each column is one stop of the Tab key: the card that had the focus last, or its first. Arrows walk the others
// (keyboard.js).
export function startRoving(board) {
  const settle = (list) => {
    const cards = [...list.children];
    const stop = cards.find((card) => card.contains(document.activeElement)) ?? cards.find(isStop) ?? cards[0];
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
  for (const stop of card.querySelectorAll(".card-title a, .more")) {
    if ((stop.tabIndex === 0) !== isOne) stop.tabIndex = isOne ? 0 : -1;
  }
}
