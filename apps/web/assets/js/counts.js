// The number and the rail in a column's head, as board/rail.go and column.templ draw them.
const mostSegments = 20;

/** How many cards of a column the wall has to show, drawn or not: with a filter, those that match. */
export const shownOf = ({ dataset: { matches, count } }) => Number(matches ?? count);

/** Changes how many cards a column says it holds. One that a filter left out appears with what it has to show. */
export function addToCount(column, change) {
  const count = Number(column.dataset.count) + change;
  const limit = Number(column.dataset.limit) || 0;
  column.dataset.count = count;
  if (column.dataset.matches) column.dataset.matches = shownOf(column) + change;
  column.hidden &&= !shownOf(column);
  const part = partText(column.dataset);
  column.classList.toggle("is-over", limit > 0 && count > limit);
  for (const text of column.querySelectorAll("[data-count-text]")) text.textContent = part + countText(count, limit);
  column.querySelector(".rail").replaceChildren(...segments(count, limit));
  const pill = document.querySelector(`[data-column-nav] a[href="#${column.id}"]`);
  if (pill) {
    pill.querySelector("[data-pill-count]").textContent = pillText(column);
    pill.hidden = column.hidden;
  }
  if (part) column.closest("[data-board]").dispatchEvent(new Event("counted")); // filter.js
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
