// [data-fold="on|off"] on the forms that collapse a column for this reader, and open it again. The wall changes at
// once, and back if the server refuses, unless the column has been folded again since (outbox.js).
import { closeMenu } from "./opens.js";
import { tellDoubt, tellRefusal } from "./refusal.js";
import { copyOf, forColumn } from "./template.js";
import { say } from "./toast.js";

export function startColumnFold(board, outbox) {
  const latest = new Map(); // column → its last change

  function send(column, folded) {
    const change = { method: folded ? "PUT" : "DELETE", path: `columns/${column.dataset.column}/collapsed`, answered };
    latest.set(column, change);
    outbox.send(change);

    function answered(answer) {
      if (answer.ok || latest.get(column) !== change) return;
      if (answer.inDoubt) return tellDoubt(board, answer);
      fold(column, !folded);
      tellRefusal(answer, "The column is as it was.");
    }
  }

  for (const { method, path } of outbox.left) {
    const column = path.endsWith("/collapsed") && document.getElementById(`column-${path.split("/")[1]}`);
    if (column) fold(column, method === "PUT");
  }
  board.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-fold]");
    if (!form) return;
    event.preventDefault();
    const column = form.closest("[data-column]");
    const folded = form.dataset.fold === "on";
    fold(column, folded);
    say(`${folded ? "Collapsed" : "Expanded"} ${column.dataset.title}`);
    send(column, folded);
  });
}

function fold(column, folded) {
  const had = column.contains(document.activeElement);
  closeMenu();
  if (folded && !column.querySelector(".strip")) column.prepend(strip(column));
  column.classList.toggle("is-folded", folded);
  if (had) column.querySelector(folded ? ".strip button" : "[name=menu]")?.focus();
}

function strip(column) {
  const drawn = forColumn(copyOf("data-strip"), column);
  const dot = column.querySelector(".dot");
  if (dot) drawn.querySelector("button").prepend(dot.cloneNode());
  drawn.querySelector("[data-count-text]").textContent = column.querySelector("[data-count-text]").textContent;
  return drawn;
}
