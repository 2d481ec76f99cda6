// Columns by mouse, pen and finger, taken at their head. The page changes at once; a refused move goes back
// (column-moves.js).
import Sortable from "sortablejs";
import { columnsOf, placeOf, put, settle } from "./column-order.js";
import { say } from "./toast.js";

export function startColumnDrag(board, sendMove) {
  let home = null;
  let top = 0;
  let putBack = false;
  const nextOf = (column) => columnsOf(board)[columnsOf(board).indexOf(column) + 1] ?? null;
  const onKey = (event) => {
    if (event.key !== "Escape") return;
    putBack = true;
    // Sortable knows no cancelling: end the drag where it is, then return the column.
    document.dispatchEvent(new PointerEvent("pointerup", { bubbles: true, cancelable: true }));
  };
  const noMenu = (event) => event.preventDefault();
  const listen = (change) => {
    document[change]("keydown", onKey, true);
    document[change]("contextmenu", noMenu);
  };

  Sortable.create(board, {
    group: "columns",
    draggable: "[data-column]",
    handle: ".column-head, .strip",
    filter: ".column-tools, .rename",
    preventOnFilter: false,
    direction: "horizontal",
    delay: 250,
    delayOnTouchOnly: true,
    touchStartThreshold: 5,
    fallbackTolerance: 4,
    forceFallback: true,
    fallbackOnBody: true,
    fallbackClass: "is-lifted",
    ghostClass: "is-slot",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160,
    scroll: true,
    forceAutoScrollFallback: true,
    scrollSensitivity: 72,
    scrollSpeed: 18,
    onStart({ item }) {
      putBack = false;
      home = nextOf(item);
      top = item.scrollTop;
      board.classList.add("is-sorting");
      listen("addEventListener");
    },
    onEnd({ item }) {
      board.classList.remove("is-sorting");
      listen("removeEventListener");
      item.scrollTop = top;
      if (putBack) {
        put(board, item, home);
        return say(`Put ${item.dataset.title} back, ${placeOf(board, item)}`);
      }
      settle(board);
      if (nextOf(item) === home) return;
      sendMove(item, home);
      say(`Moved ${item.dataset.title}, ${placeOf(board, item)}`);
    },
  });
}
