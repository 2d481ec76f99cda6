// Half a card that was typed on an earlier page is told on the button that opens its box: a box that opened by itself would
// move the page.
import { drafts, read } from "./draft-store.js";
import { line } from "./text.js";

const shown = 12; // characters

/** Tells of it on a wall. */
export function tellDrafts(board) {
  for (const name of drafts()) {
    const column = board.querySelector(`[data-column="${CSS.escape(name.replace("card:", ""))}"]`);
    if (column) tellDraft(column);
  }
}

/** Tells of it where a column has such a button. */
export function tellDraft(column) {
  const button = column.querySelector(".adds");
  const text = [...line(read(`card:${column.dataset.column}`)?.text ?? "")];
  if (!button || text.length === 0) return;
  button.firstChild.textContent = `Go on adding “${text.slice(0, shown).join("")}${text.length > shown ? "…" : ""}”`; // the name of the column behind it stays
}
