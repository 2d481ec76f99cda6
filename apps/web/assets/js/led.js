// Where the focus goes when its card leaves: along with it where one sees it arrive, else to what is below it, so that one
// keeps one's place on a wall of hundreds of columns. Should the card come back, so does the focus, unless somebody went on.
import { columnOf, focusCard } from "./place.js";

let led = null; // { id, to }: the card that it left, and what it was led to

/** Called before cards leave. Returns what leads the focus to the card below, else above, else to the column's foot; null where none of them has it. */
export function nextFocus(cards, from = cards.find((card) => card.contains(document.activeElement))) {
  if (!from) return null;
  const stays = (way) => {
    let card = from;
    while (card && cards.includes(card)) card = card[way];
    return card;
  };
  const card = stays("nextElementSibling") ?? stays("previousElementSibling");
  const foot = columnOf(from).querySelector(".column-foot :is(.adds, summary)");
  return () => {
    if (card) focusCard(card);
    else foot?.focus();
    led = { id: from.dataset.card, to: document.activeElement };
  };
}

/** Called before cards leave for a list. Returns what leads the focus. A column that a filter left out appears. */
export function leadAlong(cards, list) {
  const column = columnOf(list);
  column.hidden = false;
  const { left, right } = column.getBoundingClientRect();
  if (left < 0 || right > innerWidth) return nextFocus(cards, cards.find((card) => card.contains(document.activeElement)) ?? cards[0]);
  return () => (list.offsetParent ? focusCard(cards[0]) : column.querySelector(".strip button").focus());
}

/** The card that has come back to where the focus was led from; nothing if that has gone on. */
export const cameBack = (cards) => led?.to === document.activeElement && cards.find((card) => card?.dataset.card === led.id);
