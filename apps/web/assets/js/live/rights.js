// What its reader may do on the wall, where that changes while they look on: somebody gave them another role, or archived the board or
// brought it back. Nothing that is written is lost: controls go and come by the wall's attribute; a page that was drawn without them
// offers itself anew.
import { toast } from "../toast.js";
import { saidOfRights } from "./rights-said.js";

/** Returns heed, which takes an activity, and settle, which takes the board's page. */
export function startRights(board) {
  const began = board.dataset.editable; // what the page was drawn with

  // Who may change nothing any more has nothing in hand: pointer-drag.js and the keyboard put it back.
  function letGo(sentence) {
    const held = board.querySelector(".is-slot, .is-carried");
    board.dataset.editable = "false";
    dispatchEvent(new Event("blur"));
    if (board.querySelector(".is-carried")) document.activeElement.blur();
    toast(held ? `${sentence} What you carried is back where it was.` : sentence);
  }

  board.addEventListener("pointerdown", (event) => {
    if (board.dataset.editable === "false" && event.target.closest(".card, .column-head")) event.stopPropagation(); // before pointer-drag.js
  }, true);

  return {
    heed(activity) {
      const said = board.dataset.editable === "true" && saidOfRights(activity);
      if (said && (activity.verb === "board_archived" || activity.after.role === "viewer")) letGo(said);
    },
    settle(page) {
      const { editable } = page.querySelector("[data-board]").dataset;
      const may = editable === "true";
      if (began === "true") board.dataset.editable = editable;
      document.querySelector("[data-rights]")?.remove();
      if (editable === began || page.querySelector(".archived-banner")) return;
      const note = document.createElement("div");
      note.className = "notice archived-banner";
      note.dataset.rights = "";
      note.setAttribute("role", "status");
      const words = note.appendChild(document.createElement("div"));
      words.textContent = may ? "You can change this board now." : "You can look at this board now, but not change it.";
      const button = Object.assign(document.createElement("button"), { className: "btn", type: "button", textContent: "Reload" });
      button.addEventListener("click", () => location.reload());
      note.append(button);
      document.querySelector(".app-bar").after(note);
    },
  };
}
