// The number and the rail in a column's head, as board/rail.go and column.templ draw them.
import { counted } from "./text.js";

const mostSegments = 20;

/** How many cards of a column the wall has to show, drawn or not: with a filter, those that match. */
export const shownOf = ({ dataset: { matches, count } }) => Number(matches ?? count);

/** Changes how many cards a column says it holds. */
export function addToCount(column, change) {
  const count = Number(column.dataset.count) + change;
  const limit = Number(column.dataset.limit) || 0;
  column.dataset.count = count;
  if (column.dataset.matches) column.dataset.matches = shownOf(column) + change;
  const part = partText(column.dataset);
  column.classList.toggle("is-over", limit > 0 && count > limit);
  for (const text of column.querySelectorAll("[data-count-text]")) text.textContent = part + countText(count, limit);
  column.querySelector(".rail").replaceChildren(...segments(count, limit));
  const pill = document.querySelector(`[data-column-nav] a[href="#${column.id}"] [data-pill-count]`);
  if (pill) pill.textContent = pillText(column);
  if (part) countAll(column.closest("[data-board]"));
}

// The sentence under the bar, as board/filter_count.go has it.
function countAll(board) {
  const sum = (count) => [...board.querySelectorAll("[data-column]")].reduce((all, column) => all + count(column), 0);
  const shown = sum(shownOf);
  document.querySelector("[data-filter-count]").textContent = shown > 0 ? `Showing ${shown} of ${counted(sum(({ dataset }) => Number(dataset.count)))}` : "No card matches.";
}

/** The number for the narrow pills of a phone. */
export const pillText = ({ dataset }) => partText(dataset) + (dataset.limit ? `${dataset.count}/${dataset.limit}` : dataset.count);

// What stands before a number when a filter leaves out the rest.
const partText = ({ matches }) => (matches ? `${matches} of ` : "");

function countText(count, limit) {
  if (!limit) return `${count}`;
  return count > limit ? `${count} / ${limit} · ${count - limit} over` : `${count} / ${limit}`;
}

function segments(count, limit) {
  const slots = Math.min(limit, mostSegments);
  const on = Math.ceil((Math.min(count, limit) * slots) / limit);
  const rail = Array.from({ length: slots }, (_, i) => segment(i < on ? "on" : ""));
  if (limit && count > limit) rail.push(segment("extra"));
  return rail;
}

function segment(className) {
  const made = document.createElement("i");
  made.className = className;
  return made;
}
