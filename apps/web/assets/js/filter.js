// The filter of a board ([data-filter-form]) is a form that leads to the board again; so do its chips and links
// ([data-filters]). Its sign, by a press or by its key, leads to the line, and Escape leaves that as it is. Whoever filters
// stays where the wall was scrolled to, unless all that fits is elsewhere, and the focus comes back to the wall.
import { many } from "./batch.js";
import { columnsOf } from "./column-order.js";
import { shownOf } from "./counts.js";
import { point } from "./line.js";
import { columnOf } from "./place.js";
import { counted } from "./text.js";
import { say, toast } from "./toast.js";

const kept = "filtering"; // in the tab's storage: how the page stood that led to this one

export function startFilter(board) {
  const form = document.querySelector("[data-filter-form]");
  if (!form) return;
  const field = form.elements.q;
  let opener = board;

  function open(from) {
    opener = from;
    form.classList.add("is-open");
    field.focus();
    field.select();
  }

  function leave() {
    field.value = field.defaultValue;
    form.classList.remove("is-open");
    (opener.isConnected ? opener : board).focus();
  }

  document.querySelector("[data-filter-sign]").addEventListener("click", (event) => {
    event.preventDefault();
    const { activeElement } = document;
    open(activeElement === document.body ? board : activeElement);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // a browser empties the field
    leave();
  });
  field.addEventListener("input", () => complete(field));
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || form.classList.remove("is-open"));
  form.addEventListener("submit", keep);
  document.addEventListener("click", ({ target }) => target.closest?.("[data-filters]") && keep());

  function keep() {
    const card = document.activeElement?.closest(".card")?.id;
    sessionStorage.setItem(kept, JSON.stringify({ path: location.pathname, left: board.scrollLeft, card }));
  }

  const count = () => countAll(board);
  board.addEventListener("counted", count);
  if (board.querySelector("[data-matches]")) count(); // what was on its way when the page before was left
  point(field);
  arrive(board, field);
}

// The sentence under the bar, as board/filter_count.go has it.
function countAll(board) {
  const columns = columnsOf(board);
  const sum = (count) => columns.reduce((all, column) => all + count(column), 0);
  const shown = sum(shownOf);
  const where = columns.length > many ? `, in ${sum((column) => shownOf(column) > 0)} of ${columns.length} columns` : "";
  document.querySelector("[data-filter-count]").textContent = shown > 0 ? `Showing ${shown} of ${counted(sum(({ dataset }) => Number(dataset.count)))}${where}` : "No card matches.";
}

/** Proposes a column by its new name. */
export function renameOffer(was, title) {
  for (const offer of document.querySelectorAll("#filter-offers option")) if (offer.text === asTerm(was)) offer.textContent = asTerm(title);
}

// As filter.Term.String writes it.
const asTerm = (title) => (/[\s"“”]/.test(title) ? `col:"${title.replaceAll('"', '""')}"` : `col:${title}`);

// The page that one came from stood somewhere.
function arrive(board, field) {
  const { path, left, card } = JSON.parse(sessionStorage.getItem(kept) ?? "{}");
  sessionStorage.removeItem(kept);
  if (path !== location.pathname) return location.hash || showFitting(board);
  board.scrollLeft = left;
  if (field.ariaInvalid === "true") return;
  showFitting(board);
  (document.getElementById(card)?.querySelector(".card-title a") ?? board).focus();
  say(document.querySelector("[data-filter-count]")?.textContent ?? "All cards are shown");
}

// On a phone one column is in sight, and on a wide wall a few.
function showFitting(board) {
  if (!board.dataset.line) return;
  const fitting = columnsOf(board).filter((column) => shownOf(column) > 0);
  const isSeen = (column) => {
    const { left, right } = column.getBoundingClientRect();
    return left + right > 0 && (left + right) / 2 < innerWidth;
  };
  if (!fitting.some(isSeen)) fitting[0]?.scrollIntoView({ inline: "start", block: "nearest" });
}

// What is offered goes on from what is written already.
function complete(field) {
  const before = /^(?:.*\s)?(?=\S*$)/s.exec(field.value)[0];
  for (const option of field.list.options) {
    option.dataset.term ??= option.value;
    option.value = before + option.dataset.term;
  }
}

/** A new card that the filter leaves out is shown until the page is loaded again, which is said. Returns whether it is one. */
export function tellOdd(card) {
  const board = card.closest("[data-board]");
  const title = card.querySelector(".card-title a").textContent;
  if (fits(board, columnOf(card), title)) return false;
  card.classList.add("is-odd");
  toast(`Added “${title}”. It doesn’t match the filter, and is shown until the page is loaded again.`);
  return true;
}

// As board/filter_new.go knows it: a new card has a title and a column.
function fits(board, column, title) {
  if (!board.dataset.line) return true;
  const has = ({ text, not = false }) => title.toLowerCase().includes(text) !== not;
  return !("misses" in column.dataset) && JSON.parse(board.dataset.words).every(has);
}
