// Columns by mouse, pen and finger, taken at their head. The page changes at once; a refused move goes back
// (column-moves.js).
import { behind, placeOf, settle, shownIn } from "./column-order.js";
import { startPointerDrag } from "./pointer-drag.js";
import { say } from "./toast.js";
import { tell } from "./undo.js";

export function startColumnDrag(board, sendMove) {
  let top = 0;

  function end(column) {
    board.classList.remove("is-sorting");
    column.scrollTop = top; // a thing that was moved within the page is scrolled to its top
    settle(board);
  }

  startPointerDrag(board, {
    item: "[data-column]",
    ignore: ".column-tools, .retitle, .column > :not(.column-head, .strip)",
    placeAt: (x, _, column) => ({ list: board, next: columnRightOf(board, column, x) }),
    scrollers: () => [[board, "x"]],
    lifted(column) {
      top = column.scrollTop;
      board.classList.add("is-sorting");
    },
    dropped(column, home) {
      end(column);
      const change = sendMove(column, home.next?.matches("[data-column]") ? home.next : null);
      tell(`Moved ${column.dataset.title}, ${placeOf(board, column)}`, change);
    },
    putBack(column) {
      end(column);
      say(`Put ${column.dataset.title} back, ${placeOf(board, column)}`);
    },
  });
}

// What the column would stand before, for a pointer here. It passes another as soon as the pointer is over that, or,
// where that is the wider one, as soon as it will have left it: nothing flickers. It goes by the layout, not by what
// is sliding.
function columnRightOf(board, column, pointer) {
  const all = shownIn(board);
  const at = all.indexOf(column);
  const x = pointer - board.getBoundingClientRect().left + board.scrollLeft;
  const way = column.offsetWidth + parseFloat(getComputedStyle(board).columnGap);
  const isPast = ({ offsetLeft: left, offsetWidth: width }) => x > Math.max(left, left + width - way);
  const isBefore = ({ offsetLeft: left, offsetWidth: width }) => x < Math.min(left + width, left + way);
  let to = at;
  while (all[to + 1] && isPast(all[to + 1])) to++;
  if (to > at) return behind(all, to);
  while (all[to - 1] && isBefore(all[to - 1])) to--;
  return to < at ? behind(all, to - 1) : column.nextElementSibling;
}
