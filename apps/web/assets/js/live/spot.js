// Where a card goes by its rank, among those that the page shows. Ranks are compared byte by byte; what has none is on its way
// to the server.
import { isFar, moreOf, recount, columnOf, settleFar } from "../place.js";

const ranked = (list, card) => [...list.children].filter((other) => other !== card && other.dataset.rank);
const lastNear = (cards) => cards.findLast((other) => !isFar(other));

/** Whether a place is among, or beside, cards that are drawn: what follows those of a long column isn't. */
export function isNear(list, rank) {
  if (!moreOf(list)) return true;
  const last = lastNear(ranked(list));
  return Boolean(last) && rank < last.dataset.rank;
}

/** Whether a card stands where its rank says. */
export function isThere(card, list, rank) {
  if (card.parentElement !== list) return false;
  const cards = [...list.children].filter((other) => other === card || other.dataset.rank);
  const at = cards.indexOf(card);
  return !(cards[at - 1]?.dataset.rank >= rank || cards[at + 1]?.dataset.rank <= rank);
}

/** Puts a card, new or not, where its rank says; one that was on the wall is counted where it is then. */
export function putByRank(card, list, rank) {
  const from = card.isConnected ? columnOf(card) : null;
  const cards = ranked(list, card);
  const above = cards.findLast((other) => other.dataset.rank < rank);
  const isBehind = !isNear(list, rank);
  card.dataset.rank = rank;
  moveTo(list, card, above ? above.nextElementSibling : cards[0] ?? list.firstElementChild);
  settleFar(card, isBehind);
  if (from) recount(from, columnOf(list));
}

/** Puts an element before another, or last; what has the focus in it keeps it. */
export function moveTo(list, element, next) {
  if (next === element || (element.parentElement === list && element.nextElementSibling === next)) return;
  const focused = element.contains(document.activeElement) && document.activeElement;
  if (element.isConnected && list.moveBefore) list.moveBefore(element, next);
  else list.insertBefore(element, next);
  if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
}
