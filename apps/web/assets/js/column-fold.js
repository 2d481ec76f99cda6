// [data-fold="on|off"] on the forms that collapse a column for this reader, and open it again. The wall changes at
// once, and back if the server refuses.
import { send } from "./api.js";
import { closeMenu } from "./opens.js";
import { tellRefusal } from "./refusal.js";
import { copyOf, forColumn } from "./template.js";
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
  const had = column.contains(document.activeElement);
  closeMenu();
  if (folded && !column.querySelector(".strip")) column.prepend(strip(column));
  column.classList.toggle("is-folded", folded);
  if (had) column.querySelector(folded ? ".strip button" : "[name=menu]").focus();
}

function strip(column) {
  const drawn = forColumn(copyOf("data-strip"), column);
  const dot = column.querySelector(".dot");
  if (dot) drawn.querySelector("button").prepend(dot.cloneNode());
  drawn.querySelector("[data-count-text]").textContent = column.querySelector("[data-count-text]").textContent;
  return drawn;
}
