// What the board page adds.
import { startArchive } from "./archive.js";
import { startBareColumns } from "./bare-columns.js";
import { startColumnCarry } from "./column-carry.js";
import { startColumnDrag } from "./column-drag.js";
import { startColumnFold } from "./column-fold.js";
import { startColumnMoves } from "./column-moves.js";
import { startColumnNav } from "./column-nav.js";
import { startColumnRename } from "./column-rename.js";
import { startDialog } from "./dialog.js";
import { startDrag } from "./drag.js";
import { startKeyboard } from "./keyboard.js";
import { startFilter } from "./filter.js";
import { land } from "./landing.js";
import { startMoreCards } from "./more-cards.js";
import { moveByForm } from "./move-form.js";
import { startMoves } from "./moves.js";
import { startOpens } from "./opens.js";
import { openOutbox } from "./outbox.js";
import { startQuickAdd } from "./quick-add.js";
import { startRename } from "./rename.js";
import { startRoving } from "./rove.js";
import { startSelection } from "./selection.js";
import { startStars } from "./star.js";
import { showKeptToast } from "./toast.js";
import { startUndo } from "./undo.js";

const board = document.querySelector("[data-board]");
if (board) {
  showKeptToast();
  startColumnNav(board);
  const outbox = openOutbox(board.dataset.board, Number(board.dataset.seq));
  startColumnFold(board, outbox);
  startStars(document);
  startRoving(board);
  startOpens(board);
  startBareColumns(board);
  const more = startMoreCards(board);
  if (board.dataset.editable === "true" && board.querySelector("[data-column]")) {
    startEditing(more, outbox);
  } else {
    startDialog();
    startKeyboard(board, more);
  }
  startFilter(board);
  land(board);
}

const pathOf = (card) => card.querySelector(".card-title a").pathname;

function startEditing(more, outbox) {
  startQuickAdd(board, outbox);
  const moves = startMoves(board, outbox);
  startUndo(board, outbox, moves.isBusy);
  const archive = startArchive(board, moves);
  const rename = startRename(board, outbox);
  const selection = startSelection(board, moves, archive);
  const openPage = startDialog({
    move: (card, form) => moveByForm(board, moves, card, form),
    archive: (card) => () => archive([card]),
  });
  startDrag(board, moves);
  startColumnRename(board, outbox);
  const sendColumn = startColumnMoves(board, outbox);
  startColumnCarry(board, sendColumn);
  startColumnDrag(board, sendColumn);
  startKeyboard(board, more, moves, {
    extend: selection.extend,
    card: {
      e: rename,
      c: (card) => archive(selection.take(card)),
      d: (card) => openPage(card, pathOf(card), "d"),
      l: (card) => selection.ask('[name="label"]') || openPage(card, pathOf(card), "l"),
      m: (card) => selection.ask("[data-to]") || openPage(card, `${pathOf(card)}/move`),
      s: selection.toggle,
    },
  });
}
