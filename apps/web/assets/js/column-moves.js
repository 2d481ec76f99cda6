// The moves of columns on their way to the server (outbox.js). A refused one puts its column back, unless the column
// has been moved again since: then the later answer counts.
import { columnsOf, put } from "./column-order.js";
import { tellDoubt, tellRefusal } from "./refusal.js";

export function startColumnMoves(board, outbox) {
  const latest = new Map(); // column → its last move

  /** Sends where a column stands now; home is the column it stood before, null for the end. Returns what undo.js can take back. */
  return function sendMove(column, home) {
    const change = { path: `columns/${column.dataset.column}/move`, body: neighbour(board, column), answered };
    latest.set(column, change);
    return outbox.send(change);

    function answered(answer) {
      if (answer.ok || latest.get(column) !== change) return;
      if (answer.inDoubt) return tellDoubt(board, answer);
      put(board, column, home);
      tellRefusal(answer, "The column is back where it was.");
    }
  };
}

function neighbour(board, column) {
  const all = columnsOf(board);
  const at = all.indexOf(column);
  return at > 0 ? { after: all[at - 1].dataset.column } : { before: all[1].dataset.column };
}
