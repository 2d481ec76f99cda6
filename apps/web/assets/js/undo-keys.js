// z, and Ctrl or Cmd with z, take back the last change there is, with Shift the last undo; so do the items of the board's menu
// ([data-takes-back]).
import { isOff, isTyping } from "./key.js";
import { takeBack } from "./undo.js";

/** Listens on the whole page. */
export function startUndoKeys(board) {
  document.addEventListener("keydown", (event) => {
    const { key, target, altKey, repeat } = event;
    const isCommand = event.ctrlKey || event.metaKey;
    if (key.toLowerCase() !== "z" || altKey || event.defaultPrevented || isTyping(target) || board.querySelector(".is-carried, .is-slot")) return;
    if ((!isCommand && isOff(event)) || document.querySelector("dialog[open]:not([data-dialog])")) return;
    event.preventDefault();
    if (!repeat) takeBack(event.shiftKey ? "redo" : "undo");
  });
  document.addEventListener("submit", (event) => {
    const { takesBack } = event.target.dataset;
    if (!takesBack) return;
    event.preventDefault();
    const menu = event.target.closest("details");
    menu.open = false;
    menu.querySelector("summary").focus();
    takeBack(takesBack);
  });
}
