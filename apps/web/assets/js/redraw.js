// Draws a thing on the wall anew from a page of the server: what is on a card, once nobody carries it, and of a column what
// its settings change. How many cards that holds is counted here, with those that are on their way to the server.
import { name } from "./column-rename.js";
import { addToCount } from "./counts.js";
import { wear } from "./wear.js";

/** The page that shows a thing as it is now. A card that is drawn is on its column's page; all else is on the board's. */
export function pageWith(board, id) {
  const column = document.getElementById(id)?.closest("[data-column]");
  return column && column.id !== id ? `${board}/columns/${column.dataset.column}?card=${id.split("-")[1]}` : board;
}

/** False when the thing went to another place, or came from one. */
export function redraw(page, id) {
  const was = document.getElementById(id), now = page.getElementById(id);
  if (!was || !now) return !was && !now;
  if (was.matches("[data-column]")) column(was, now);
  else card(was, now);
  return true;
}

function card(was, now) {
  if (was.matches(".is-carried, .is-slot")) was.closest("[data-board]").addEventListener("dropped", () => wear(was, now), { once: true });
  else wear(was, now);
}

function column(was, now) {
  for (const fact of ["version", "kind", "limit"]) was.dataset[fact] = now.dataset[fact];
  name(was, now.dataset.title);
  addToCount(was, 0);
  for (const place of [".column-head > div:first-child", ".strip button"]) {
    was.querySelector(`${place} > .dot`)?.remove();
    was.querySelector(place)?.prepend(...now.querySelectorAll(`${place} > .dot`));
  }
}
