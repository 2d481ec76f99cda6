// Cards go into the archive at once. [data-archive] on the form in a card's menu.
import { cameBack, nextFocus } from "./led.js";
import { closeMenu } from "./opens.js";
import { columnOf, focusCard, placeOf, putAt, recount } from "./place.js";
import { slide } from "./slide.js";
import { tell } from "./undo.js";

/** Listens for the forms, and returns what archives some cards. */
export function startArchive(board, moves) {
  const archive = (cards) => {
    const homes = cards.map((card) => ({ card, place: placeOf(card), column: columnOf(card) }));
    const next = nextFocus(cards);
    slide(homes.map(({ place }) => place.list), () => homes.forEach(leave));
    next?.();
    const back = () => {
      slide(homes.map(({ place }) => place.list), () => homes.toReversed().forEach(comeBack));
      const card = cameBack(cards);
      if (card) focusCard(card);
    };
    tell(said(cards), moves.send({ cards, putBack: back, ...request(cards) }));
  };

  board.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-archive]")) return;
    event.preventDefault();
    const card = event.target.closest(".card");
    closeMenu();
    archive([card]);
  });
  return archive;
}

function leave({ card, column }) {
  card.remove();
  recount(column, null);
}

function comeBack({ card, place, column }) {
  if (card.isConnected) return;
  putAt(card, place);
  recount(null, column);
}

function request(cards) {
  if (cards.length === 1) return { path: `${cards[0].dataset.card}/archive`, body: {} };
  return { path: "batch", body: { card_ids: cards.map((card) => card.dataset.card), archive: true } };
}

function said(cards) {
  return cards.length === 1 ? `Archived “${cards[0].querySelector(".card-title").textContent}”` : `Archived ${cards.length} cards`;
}
