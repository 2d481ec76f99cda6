// Cards by mouse, pen and finger. The page changes at once; the server confirms; if it refuses, the card
// goes back and a sentence says why (moves.js).
import { itemBelow, listsOf } from "./place.js";
import { startPointerDrag } from "./pointer-drag.js";
import { say } from "./toast.js";

export function startDrag(board, moves) {
  board.classList.add("is-draggable");
  const listAt = (x) => listsOf(board).find((list) => {
    const { left, right } = list.closest("[data-column]").getBoundingClientRect();
    return left <= x && x <= right;
  });
  startPointerDrag(board, {
    item: ".card",
    ignore: ".tool, .menu, form, input, textarea, select",
    placeAt(x, y) {
      const list = listAt(x);
      return list ? { list, next: itemBelow(list, y) } : null;
    },
    scrollers(x) {
      const column = listAt(x)?.closest("[data-column]");
      return column ? [[board, "x"], [column, "y"]] : [[board, "x"]];
    },
    lifted: moves.lifted,
    dropped(card, home) {
      moves.drop(card, home);
      moves.dropped();
    },
    putBack() {
      say("Put back");
      moves.dropped();
    },
  });
}
