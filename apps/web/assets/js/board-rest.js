// What else can be done on a wall: it comes when somebody begins to (hold.js).
import { startArchive } from "./archive.js";
import { startColumnCarry } from "./column-carry.js";
import { startColumnFold } from "./column-fold.js";
import { startColumnRename } from "./column-rename.js";
import { startDialog } from "./dialog.js";
import { startFilter } from "./filter.js";
import { startInSight } from "./in-sight.js";
import { startKeyboard } from "./keyboard.js";
import { land } from "./landing.js";
import { startMoreCards } from "./more-cards.js";
import { moveByForm } from "./move-form.js";
import { startOpens } from "./opens.js";
import { startQuickAdd } from "./quick-add.js";
import { startRename } from "./rename.js";
import { startSelection } from "./selection.js";
import { startStars } from "./star.js";
import { startSubmitKeys } from "./submit-keys.js";
import { startUndoKeys } from "./undo-keys.js";
import { startWayIn } from "./way-in.js";

export { doAgain } from "./ahead.js";
export { tellUndone } from "./undo-draw.js";

export function startRest(board, outbox, { moves, sendColumn }) {
  history.scrollRestoration = "manual"; // or whoever comes back from a card to an address that names a column loses the focus to that
  startSubmitKeys(document);
  startColumnFold(board, outbox);
  startStars(document);
  startOpens(board);
  const more = startMoreCards(board);
  if (moves) {
    startEditing(board, outbox, moves, sendColumn, more);
  } else {
    startDialog();
    startKeyboard(board, more);
  }
  startWayIn(board);
  startInSight();
  startFilter(board);
  land(board);
}

const pathOf = (card) => card.querySelector(".card-title a").pathname;

function startEditing(board, outbox, moves, sendColumn, more) {
  startUndoKeys(board);
  startQuickAdd(board, outbox);
  const archive = startArchive(board, moves);
  const rename = startRename(board, outbox);
  const selection = startSelection(board, moves, archive);
  const openPage = startDialog({
    move: (card, form) => moveByForm(board, moves, card, form),
    archive: (card) => () => archive([card]),
  }, moves.isBusy);
  startColumnRename(board, outbox);
  startColumnCarry(board, sendColumn);
  startKeyboard(board, more, moves, {
    extend: selection.extend,
    card: {
      a: (card) => selection.askWho() || openPage(card, pathOf(card), "a"),
      e: rename,
      c: (card) => archive(selection.take(card)),
      d: (card) => openPage(card, pathOf(card), "d"),
      i: selection.assignMe,
      l: (card) => selection.ask('[name="label"]') || openPage(card, pathOf(card), "l"),
      m: (card) => selection.ask("[data-to]") || openPage(card, `${pathOf(card)}/move`),
      s: selection.toggle,
    },
  });
}
