// Where the columns stand on the wall. The pills of a phone follow it; a menu's ways left and right are set when it opens.

/** The wall's columns from the left. */
export const columnsOf = (board) => [...board.querySelectorAll(":scope > [data-column]")];

/** Those that a filter doesn't leave out. */
export const shownIn = (board) => columnsOf(board).filter(({ hidden }) => !hidden);

/** What stands directly behind one of some columns, whatever was left out there; for -1, the first of them. */
export const behind = (all, at) => (at < 0 ? all[0] : all[at].nextElementSibling);

/** The column after one, null for none. */
export const nextOf = (board, column) => columnsOf(board)[columnsOf(board).indexOf(column) + 1] ?? null;

/** A column's place in words: "2 of 4". */
export function placeOf(board, column) {
  const all = shownIn(board);
  return `${all.indexOf(column) + 1} of ${all.length}`;
}

/** Puts a column before another, or last for null; what has the focus keeps it, and a column its scroll. */
export function put(board, column, before) {
  stand(board, column, before);
  settle(board);
}

/** Does so without the pills. */
export function stand(board, column, before) {
  const next = before?.parentElement === board ? before : columnsOf(board).at(-1).nextElementSibling;
  if (next === column || column.nextElementSibling === next) return;
  const focused = column.contains(document.activeElement) && document.activeElement;
  const top = column.scrollTop;
  if (board.moveBefore) board.moveBefore(column, next);
  else board.insertBefore(column, next);
  column.scrollTop = top;
  if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
}

/** Makes the pills follow the wall. */
export function settle(board) {
  const nav = document.querySelector("[data-column-nav]");
  for (const [i, column] of columnsOf(board).entries()) {
    const pill = nav?.querySelector(`a[href="#${column.id}"]`);
    if (pill && nav.children[i] !== pill) nav.insertBefore(pill, nav.children[i]);
  }
}

/** Points the ways left and right in a column's menu at its neighbours. */
export function point(board, column, menu) {
  const all = shownIn(board);
  const at = all.indexOf(column);
  for (const form of menu.querySelectorAll("form[data-shift]")) {
    const { shift } = form.dataset;
    const neighbour = all[shift === "before" ? at - 1 : at + 1];
    form.elements[shift].value = neighbour?.dataset.column ?? "";
    form.querySelector("button").disabled = !neighbour;
  }
}
