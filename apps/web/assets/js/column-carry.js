// [data-grip] on the button in a column's head: Space or Enter lifts the column, the arrow keys, Home and End carry
// it, Space or Enter drops it, Escape puts it back, and so does leaving. [data-shift] on the menu's forms moves it by one.
import { behind, nextOf, placeOf, put, shownIn } from "./column-order.js";
import { closeMenu } from "./opens.js";
import { say } from "./toast.js";
import { tell } from "./undo.js";

export function startColumnCarry(board, sendMove) {
  let carried = null; // { column, grip, home }

  function lift(grip) {
    const column = grip.closest("[data-column]");
    carried = { column, grip, home: nextOf(board, column) };
    column.classList.add("is-carried");
    grip.setAttribute("aria-pressed", "true");
    say(`Lifted ${column.dataset.title}, ${placeOf(board, column)}`);
  }

  function drop(putBack) {
    const { column, grip, home } = carried;
    carried = null;
    column.classList.remove("is-carried");
    grip.removeAttribute("aria-pressed");
    if (putBack) {
      put(board, column, home);
      return say(`Put ${column.dataset.title} back, ${placeOf(board, column)}`);
    }
    const words = `Moved ${column.dataset.title}, ${placeOf(board, column)}`;
    if (nextOf(board, column) !== home) tell(words, sendMove(column, home));
    else say(words);
  }

  function carry(to) {
    const { column } = carried;
    const others = shownIn(board).filter((other) => other !== column);
    put(board, column, behind(others, Math.max(0, Math.min(to, others.length)) - 1));
    column.scrollIntoView({ inline: "nearest", block: "nearest" });
    say(`${column.dataset.title}, ${placeOf(board, column)}`);
  }

  function onCarry(event) {
    const all = shownIn(board);
    const at = all.indexOf(carried.column);
    const forward = getComputedStyle(board).direction === "rtl" ? -1 : 1;
    const to = { ArrowLeft: at - forward, ArrowRight: at + forward, Home: 0, End: all.length }[event.key];
    if (to !== undefined) carry(to);
    else if (event.key === "Escape") drop(true);
    else if (event.key === " " || event.key === "Enter") drop(false);
    else return false;
    return true;
  }

  board.addEventListener("keydown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (!grip || event.ctrlKey || event.metaKey || event.altKey) return;
    const lifts = !carried && (event.key === " " || event.key === "Enter");
    if (lifts) lift(grip);
    else if (!carried || !onCarry(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  board.addEventListener("focusout", ({ target }) => {
    // A column that is moved within the page loses the focus for a moment where the browser knows no moveBefore.
    if (target === carried?.grip) queueMicrotask(() => carried && document.activeElement !== carried.grip && drop(true));
  });
  board.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-shift]");
    if (!form) return;
    event.preventDefault();
    const column = form.closest("[data-column]");
    const home = nextOf(board, column);
    const all = shownIn(board);
    const at = all.indexOf(column);
    put(board, column, behind(all, form.dataset.shift === "before" ? at - 2 : at + 1));
    const change = sendMove(column, home);
    closeMenu().focus();
    column.scrollIntoView({ inline: "nearest", block: "nearest" });
    tell(`Moved ${column.dataset.title}, ${placeOf(board, column)}`, change);
  });
}
