// What the board page adds.
import { startColumnCarry } from "./column-carry.js";
import { startColumnDrag } from "./column-drag.js";
import { startColumnFold } from "./column-fold.js";
import { startColumnMoves } from "./column-moves.js";
import { startColumnNav } from "./column-nav.js";
import { startColumnRename } from "./column-rename.js";
import { startDrag } from "./drag.js";
import { startQuickAdd } from "./quick-add.js";
import { startStars } from "./star.js";
import { showKeptToast } from "./toast.js";

const board = document.querySelector("[data-board]");
if (board) {
  showKeptToast();
  startColumnNav(board);
  startQuickAdd(board);
  startColumnFold(board);
  startStars(document);
  if (board.dataset.editable === "true") {
    startDrag(board);
    startColumnRename(board);
    const sendMove = startColumnMoves(board);
    startColumnCarry(board, sendMove);
    startColumnDrag(board, sendMove);
  }
}
