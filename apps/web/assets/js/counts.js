// The number and the rail in a column's head, as board/rail.go and column.templ draw them.
const mostSegments = 20;

/** Changes how many cards a column says it holds. */
export function addToCount(column, change) {
  const count = Number(column.dataset.count) + change;
  const limit = Number(column.dataset.limit) || 0;
  column.dataset.count = count;
  column.classList.toggle("is-over", limit > 0 && count > limit);
  for (const text of column.querySelectorAll("[data-count-text]")) text.textContent = countText(count, limit);
  column.querySelector(".rail").replaceChildren(...segments(count, limit));
  const pill = document.querySelector(`[data-column-nav] a[href="#${column.id}"] [data-pill-count]`);
  if (pill) pill.textContent = pillText(column);
}

/** The number for the narrow pills of a phone. */
export const pillText = ({ dataset: { count, limit } }) => (limit ? `${count}/${limit}` : count);

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
