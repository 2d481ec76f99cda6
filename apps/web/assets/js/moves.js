// The moves of cards on their way to the server: one after another, in the order they were made. A refused one
// puts its card back, unless the card has been moved again since: then the later answer counts. Where the page
// can't know the truth any more, it waits until nothing is under way and loads the board again.
import { post } from "./api.js";
import { toast, toastThere } from "./toast.js";

export function startMoves(board) {
  const path = `/boards/${board.dataset.board}`;
  const waiting = new Map(); // card → how many of its moves have no answer yet
  const doubtful = new Set(); // cards that stand where an earlier, refused move put them
  let queue = Promise.resolve();
  let carried = null;
  let doubt = "";

  const isBusy = (card) => card === carried || waiting.has(card);

  function answered(card, answer, putBack) {
    const left = waiting.get(card) - 1;
    if (left > 0) waiting.set(card, left);
    else waiting.delete(card);

    if (answer.ok) doubtful.delete(card);
    else refused(card, answer, putBack);
    loadIfInDoubt();
  }

  function refused(card, { detail, requestID, inDoubt }, putBack) {
    const smallPrint = requestID && `Request ${requestID}`;
    if (isBusy(card)) {
      doubtful.add(card);
      return toast(detail, smallPrint);
    }
    if (inDoubt || doubtful.has(card)) {
      doubt = detail;
      return;
    }
    putBack();
    toast(`${detail} The card is back where it was.`, smallPrint);
  }

  function loadIfInDoubt() {
    if (doubt && !carried && waiting.size === 0) toastThere(path, `${doubt} This is how the board stands now.`);
  }

  return {
    /** Sends a card's move; putBack undoes it on the page. */
    send(card, order, putBack) {
      waiting.set(card, (waiting.get(card) ?? 0) + 1);
      queue = queue.then(async () => answered(card, await post(`/v1${path}/cards/${card.dataset.card}/move`, order), putBack));
    },
    lifted(card) {
      carried = card;
    },
    /** After a drop, and after its move was sent if it made one. */
    dropped() {
      if (doubtful.has(carried) && !waiting.has(carried)) doubt ||= "A move was refused.";
      carried = null;
      loadIfInDoubt();
    },
  };
}
