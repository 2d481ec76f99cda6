// The numbers of columns, once all that was told is drawn.
import { addToCount, shownOf } from "../counts.js";
import { columnsOf } from "../column-order.js";
import { moreOf } from "../place.js";

/** A column that is drawn whole holds what one sees; the link of another says how many are missing. */
export function settleCounts(board) {
  for (const column of columnsOf(board)) {
    const list = column.querySelector("[data-cards]");
    const link = moreOf(list);
    const missing = shownOf(column) - list.children.length;
    if (link) label(link, Math.max(missing, 1), list);
    else if (missing !== 0 && !board.dataset.line) addToCount(column, -missing);
  }
}

// As board/first_cards.go has it. One that is loading or has failed says so.
function label(link, missing, list) {
  link.dataset.left = missing;
  if (link.matches(".is-loading, .is-failed")) return;
  link.firstChild.textContent = list.firstElementChild ? `${missing} more` : missing === 1 ? "1 card" : `${missing} cards`;
}
