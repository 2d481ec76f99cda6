// Where the columns stand on the wall. What else shows their order, the pills of a phone and the menus' ways left
// and right, follows.

/** The wall's columns from the left. */
export const columnsOf = (board) => [...board.querySelectorAll(":scope > [data-column]")];

/** The column after one, null for none. */
export const nextOf = (board, column) => columnsOf(board)[columnsOf(board).indexOf(column) + 1] ?? null;

/** A column's place in words: "2 of 4". */
export function placeOf(board, column) {
  const all = columnsOf(board);
  return `${all.indexOf(column) + 1} of ${all.length}`;
}

/** Puts a column before another, or last for null; what has the focus keeps it, and a column its scroll. */
export function put(board, column, before) {
  const next = before?.parentElement === board ? before : columnsOf(board).at(-1).nextElementSibling;
  if (next === column || column.nextElementSibling === next) return settle(board);
  const focused = column.contains(document.activeElement) && document.activeElement;
  const top = column.scrollTop;
  if (board.moveBefore) board.moveBefore(column, next);
  else board.insertBefore(column, next);
  column.scrollTop = top;
  if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
  settle(board);
}

/** Makes the pills and the menus follow the wall. */
export function settle(board) {
  const all = columnsOf(board);
  const nav = document.querySelector("[data-column-nav]");
  for (const [i, column] of all.entries()) {
    point(column, "before", all[i - 1]);
    point(column, "after", all[i + 1]);
    const pill = nav?.querySelector(`a[href="#${column.id}"]`);
    if (pill && nav.children[i] !== pill) nav.insertBefore(pill, nav.children[i]);
  }
}

function point(column, side, neighbour) {
  const form = column.querySelector(`form[data-shift="${side}"]`);
  if (!form) return;
  form.elements[side].value = neighbour?.dataset.column ?? "";
  form.querySelector("button").disabled = !neighbour;
}
