// What a wall needs at once: it shows what it holds, and carries cards and columns. What else can be done on it comes when
// somebody begins to (board-rest.js).
import { origin } from "./api.js";
import "./common.js";
import { startBareColumns } from "./bare-columns.js";
import { startColumnDrag } from "./column-drag.js";
import { startColumnMoves } from "./column-moves.js";
import { startColumnNav } from "./column-nav.js";
import { startDrag } from "./drag.js";
import { holdUntil } from "./hold.js";
import { startMoves } from "./moves.js";
import { openOutbox } from "./outbox.js";
import { tellDrafts } from "./quick-add-draft.js";
import { startRoving } from "./rove.js";
import { showKeptToast } from "./toast.js";
import { startUndo } from "./undo.js";

const board = document.querySelector("[data-board]");
if (board) {
  showKeptToast();
  startColumnNav(board);
  const outbox = openOutbox(board.dataset.board, Number(board.dataset.seq));
  startRoving(board);
  startBareColumns(board);
  const isEditable = board.dataset.editable === "true" && board.querySelector("[data-column]");
  const editing = isEditable ? startEditing(outbox) : {};
  const come = holdUntil(board, () => import("./board-rest.js"), (rest) => rest.startRest(board, outbox, editing));
  if (isBegun(outbox)) come();
  // What the page came for goes first; without it, the page is what it was.
  const listen = () => import("./live/live.js").then(({ startLive }) => startLive(board, origin, outbox, editing.moves), () => {});
  addEventListener("load", () => setTimeout(listen));
}

function startEditing(outbox) {
  tellDrafts(board);
  const moves = startMoves(board, outbox);
  startUndo(board, outbox, moves.isBusy);
  startDrag(board, moves);
  const sendColumn = startColumnMoves(board, outbox);
  startColumnDrag(board, sendColumn);
  return { moves, sendColumn };
}

// Something stands open that the server drew so, or goes on that began on the page before; or the address says where to go.
function isBegun(outbox) {
  if (location.hash || location.search) return true;
  const open = "[data-quick-add], .tool[aria-expanded=true], .is-selecting, [data-filter-form] [data-at]";
  return document.querySelector(open) || outbox.left.some(({ method }) => method) || "filtering" in sessionStorage;
}
