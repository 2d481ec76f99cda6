// Where a card stands on the wall, and what moves it there.
import { addToCount, shownOf } from "./counts.js";
import { homeOf, putHome } from "./home.js";

export const columnOf = (card) => card.closest("[data-column]");
export const placeOf = (card) => ({ ...homeOf(card), far: isFar(card) });

/** The link to those cards of a list that aren't drawn yet, null when all are. */
export const moreOf = (list) => columnOf(list).querySelector("[data-more]");

/** Whether a card stands behind those that aren't drawn yet. */
export const isFar = (card) => card?.dataset.far !== undefined;

/** Puts a card to a place that it had; if its neighbours have left since, at the end. */
export function putAt(card, place) {
  putHome(card, place);
  setFar(card, place.far && moreOf(place.list));
}

/** Marks a card that was put somewhere: toEnd says that it goes behind those that aren't drawn yet. */
export function settleFar(card, toEnd = false) {
  const { previousElementSibling: above, nextElementSibling: below } = card;
  setFar(card, moreOf(card.parentElement) && (toEnd || (above ? isFar(above) : !below || isFar(below))));
}

function setFar(card, far) {
  if (far) card.dataset.far = "";
  else delete card.dataset.far;
}

/** Counts a card that went from one column to another; null for out of sight. */
export function recount(from, to) {
  if (from === to) return;
  if (from) addToCount(from, -1);
  if (to) addToCount(to, 1);
}

/** The place as the api takes it. A card above is the surest neighbour: below the last one that is drawn, more may wait on the server; only far ones stand behind those. */
export function order(card) {
  const above = card.previousElementSibling;
  const below = card.nextElementSibling;
  const column = { column_id: columnOf(card).dataset.column };
  if (above && isFar(above) === isFar(card)) return { ...column, after: above.dataset.card };
  return below ? { ...column, before: below.dataset.card } : { ...column, at: "end" };
}

/** The place that such an order names, null where the page doesn't show it. */
export function placeFor(board, { column_id: column, after, before, at }) {
  const list = board.querySelector(`[data-column="${column}"] [data-cards]`);
  const neighbour = list?.querySelector(`[data-card="${after ?? before}"]`);
  if (after || before) return neighbour ? { list, next: after ? neighbour.nextElementSibling : neighbour } : null;
  return list && { list, next: at === "start" ? list.firstElementChild : null, far: at !== "start" };
}

/** Says where a card stands, as "Review, 2 of 4"; its column may not have counted it yet. */
export function placeInWords(card, uncounted = 0) {
  const column = columnOf(card);
  const { title, matches } = column.dataset;
  const cards = card.parentElement.children;
  const at = Array.prototype.indexOf.call(cards, card) + 1;
  const all = shownOf(column) + uncounted;
  return `${title}, ${isFar(card) ? all - cards.length + at : at} of ${all}${matches ? " shown" : ""}`;
}

// From where the items of a list are laid out, whatever is sliding.
const topOf = (list) => list.getBoundingClientRect().top - (list.firstElementChild?.offsetParent === list ? 0 : list.offsetTop);

/** The item that one put at this height would stand before; null for the end. */
export function itemBelow(list, y) {
  const items = list.children;
  const first = topOf(list);
  let low = 0;
  let high = items.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (first + items[mid].offsetTop + items[mid].offsetHeight / 2 > y) high = mid;
    else low = mid + 1;
  }
  return items[low] ?? null;
}

/** The card below one in its column, or above it. */
export const neighbour = (card, down) => (down > 0 ? card.nextElementSibling : card.previousElementSibling);

/** What has the focus is scrolled to, all of it: to where the card stands, not to where it still slides from. */
export function focusCard(card) {
  const slides = card.getAnimations().map((slide) => [slide, slide.currentTime]);
  for (const [slide] of slides) slide.currentTime = 1e4;
  card.querySelector(".card-title a").focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  for (const [slide, at] of slides) slide.currentTime = at;
}

/** Where a card begins: what begins here in the column beside stands at the same height. */
export const edge = (card) => topOf(card.parentElement) + card.offsetTop + 1;

/** The lists of cards that one can see, from the left. */
export function listsOf(board) {
  return [...board.querySelectorAll(".column:not(.is-folded, [hidden]) > [data-cards]")];
}
