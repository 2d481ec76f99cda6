// [data-fold="on|off"] on the forms that collapse a column for this reader, and open it again. The wall changes at
// once, and back if the server refuses.
import { send } from "./api.js";
import { tellRefusal } from "./refusal.js";
import { say } from "./toast.js";

export function startColumnFold(board) {
  board.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-fold]");
    if (!form) return;
    event.preventDefault();
    const column = form.closest("[data-column]");
    const folded = form.dataset.fold === "on";
    fold(column, folded);
    say(`${folded ? "Collapsed" : "Expanded"} ${column.dataset.title}`);

    const answer = await send(folded ? "PUT" : "DELETE", `/v1/boards/${board.dataset.board}/columns/${column.dataset.column}/collapsed`);
    if (answer.ok) return;
    fold(column, !folded);
    tellRefusal(answer, "The column is as it was.");
  });
}

function fold(column, folded) {
  const menu = column.querySelector(".column-tools details");
  const had = column.contains(document.activeElement);
  menu.open = false;
  column.classList.toggle("is-folded", folded);
  if (had) column.querySelector(folded ? ".strip button" : ".column-tools summary").focus();
}
