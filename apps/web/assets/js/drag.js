// Cards by mouse, pen and finger. The page changes at once; the server confirms; if it refuses, the card
// goes back and a sentence says why (moves.js).
import Sortable from "sortablejs";
import { addToCount } from "./counts.js";
import { startMoves } from "./moves.js";
import { say } from "./toast.js";

export function startDrag(board) {
  const moves = startMoves(board);
  board.classList.add("is-draggable");
  let putBack = false;
  let home = null;
  const onKey = (event) => {
    if (event.key !== "Escape") return;
    putBack = true;
    // Sortable knows no cancelling: end the drag where it is, then return the card.
    document.dispatchEvent(new PointerEvent("pointerup", { bubbles: true, cancelable: true }));
  };
  const noMenu = (event) => event.preventDefault();

  const options = {
    group: "cards",
    draggable: ".card",
    filter: ".card-menu",
    preventOnFilter: false,
    delay: 250,
    delayOnTouchOnly: true,
    touchStartThreshold: 5,
    fallbackTolerance: 4,
    forceFallback: true,
    fallbackOnBody: true,
    fallbackClass: "is-lifted",
    ghostClass: "is-slot",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160,
    emptyInsertThreshold: 24,
    scroll: true,
    forceAutoScrollFallback: true,
    bubbleScroll: true,
    scrollSensitivity: 56,
    scrollSpeed: 14,
    onStart({ item }) {
      putBack = false;
      moves.lifted(item);
      home = { list: item.parentElement, next: item.nextElementSibling };
      board.classList.add("is-carrying");
      document.addEventListener("keydown", onKey, true);
      document.addEventListener("contextmenu", noMenu);
    },
    onEnd({ item }) {
      board.classList.remove("is-carrying");
      document.removeEventListener("keydown", onKey, true);
      document.removeEventListener("contextmenu", noMenu);
      if (putBack) {
        home.list.insertBefore(item, home.next);
        say("Put back");
      } else if (item.parentElement !== home.list || item.nextElementSibling !== home.next) {
        drop(moves, item, home);
      }
      moves.dropped();
    },
  };
  for (const list of board.querySelectorAll("[data-cards]")) Sortable.create(list, options);
}

function drop(moves, item, home) {
  const from = home.list.closest("[data-column]");
  const to = item.closest("[data-column]");
  recount(from, to);
  say(`Moved to ${to.dataset.title}, ${place(item)} of ${to.dataset.count}`);

  moves.send(item, { column_id: to.dataset.column, ...neighbour(item) }, () => {
    const now = item.closest("[data-column]");
    home.list.insertBefore(item, home.next?.parentElement === home.list ? home.next : null);
    recount(now, from);
  });
}

// A card above is the surest neighbour: below the last rendered card, more may wait on the server.
function neighbour(item) {
  const above = item.previousElementSibling;
  const below = item.nextElementSibling;
  if (above) return { after: above.dataset.card };
  return below ? { before: below.dataset.card } : { at: "end" };
}

function recount(from, to) {
  if (from === to) return;
  addToCount(from, -1);
  addToCount(to, 1);
}

function place(item) {
  return Array.prototype.indexOf.call(item.parentElement.children, item) + 1;
}
