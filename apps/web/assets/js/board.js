// What the board page adds.
import { startCardDialog } from "./card-dialog.js";
import { startColumnNav } from "./column-nav.js";
import { startDrag } from "./drag.js";
import { startQuickAdd } from "./quick-add.js";
import { showKeptToast } from "./toast.js";

const board = document.querySelector("[data-board]");
if (board) {
  showKeptToast();
  startColumnNav(board);
  startCardDialog(board);
  startQuickAdd(board);
  if (board.dataset.editable === "true") startDrag(board);
}
