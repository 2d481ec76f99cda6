// The moves of columns on their way to the server, one after another. A refused one puts its column back, unless the
// column has been moved again since: then the later answer counts.
import { send } from "./api.js";
import { columnsOf, put } from "./column-order.js";
import { tellRefusal } from "./refusal.js";
import { toastThere } from "./toast.js";

export function startColumnMoves(board) {
  const path = `/boards/${board.dataset.board}`;
  const latest = new Map(); // column → its last move
  let queue = Promise.resolve();

  /** Sends where a column stands now; home is the column it stood before, null for the end. */
  return function sendMove(column, home) {
    const move = Symbol();
    latest.set(column, move);
    const to = neighbour(board, column);
    queue = queue.then(async () => {
      const answer = await send("POST", `/v1${path}/columns/${column.dataset.column}/move`, { body: to });
      if (answer.ok || latest.get(column) !== move) return;
      if (answer.inDoubt) return toastThere(path, `${answer.detail} This is how the board stands now.`);
      put(board, column, home);
      tellRefusal(answer, "The column is back where it was.");
    });
  };
}

function neighbour(board, column) {
  const all = columnsOf(board);
  const at = all.indexOf(column);
  return at > 0 ? { after: all[at - 1].dataset.column } : { before: all[1].dataset.column };
}
