// What is done with cards on the wall, on its way to the server: one change after another, in the order they were
// made. A refused one is undone on the page, unless its card has been changed again since: then the later answer
// counts. Where the page can't know the truth any more, it waits until nothing is under way and loads the board again.
import { post } from "./api.js";
import { columnOf, order, placeInWords, putAt, recount } from "./place.js";
import { say, toast, toastThere } from "./toast.js";

export function startMoves(board) {
  const path = `/boards/${board.dataset.board}`;
  const queue = [];
  const waiting = new Map(); // card → how many of its changes have no answer yet
  const doubtful = new Set(); // cards that stand where an earlier, refused move put them
  let isSending = false;
  let carried = null;
  let doubt = "";

  const isBusy = (card) => card === carried || waiting.has(card);

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    while (queue.length > 0) await sendOne(queue.shift());
    isSending = false;
  }

  async function sendOne(change) {
    answered(change, await post(`/v1${path}/cards/${change.path}`, change.body));
  }

  function answered(change, answer) {
    for (const card of change.cards) {
      const left = waiting.get(card) - 1;
      if (left > 0) waiting.set(card, left);
      else waiting.delete(card);
      if (answer.ok) doubtful.delete(card);
    }
    if (answer.ok) change.done?.(answer.body);
    else refused(change, answer);
    loadIfInDoubt();
  }

  function refused({ cards, putBack }, { detail, requestID, inDoubt }) {
    const smallPrint = requestID && `Request ${requestID}`;
    if (cards.some(isBusy)) {
      for (const card of cards) doubtful.add(card);
      return toast(detail, smallPrint);
    }
    if (inDoubt || cards.some((card) => doubtful.has(card))) {
      doubt = detail;
      return;
    }
    putBack();
    toast(`${detail} ${cards.length > 1 ? "The cards are back as they were." : "The card is back where it was."}`, smallPrint);
  }

  function loadIfInDoubt() {
    if (doubt && !carried && waiting.size === 0) toastThere(path, `${doubt} This is how the board stands now.`);
  }

  // Whoever leaves takes no answer along, but what they did is sent.
  addEventListener("pagehide", () => queue.splice(0).forEach(sendOne));

  /** Sends a change of some cards: path and body for the api; putBack undoes it on the page, done takes the answer. */
  function send(change) {
    for (const card of change.cards) waiting.set(card, (waiting.get(card) ?? 0) + 1);
    queue.push(change);
    sendAll();
  }

  return {
    send,
    /** Sends a card's move from its home to where it stands now. */
    drop(card, home) {
      const from = home.list.closest("[data-column]");
      recount(from, columnOf(card));
      say(`Moved to ${placeInWords(card)}`);
      send({
        cards: [card],
        path: `${card.dataset.card}/move`,
        body: order(card),
        putBack() {
          const now = columnOf(card);
          putAt(card, home);
          recount(now, from);
        },
      });
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
