// What is done with cards on the wall, on its way to the server (outbox.js). A refused change is undone on the page,
// unless its card has been changed again since: then the later answer counts. Where the page can't know the truth any
// more, it waits until nothing is under way, and nobody is in a form, and loads the board again.
import { columnOf, order, placeFor, placeInWords, putAt, recount, settleFar } from "./place.js";
import { tellDoubt, tellRefusal } from "./refusal.js";
import { tell } from "./undo.js";

export function startMoves(board, outbox) {
  const waiting = new Map(); // card → how many of its changes have no answer yet
  const doubtful = new Set(); // cards that stand where an earlier, refused move put them
  let carried = null;
  let doubt = "";
  let isOld = outbox.isOld;

  const isBusy = (card) => Boolean(card) && (card === carried || waiting.has(card));

  function answered(change, answer) {
    for (const card of change.cards) {
      const left = waiting.get(card) - 1;
      if (left > 0) waiting.set(card, left);
      else waiting.delete(card);
      if (answer.ok) doubtful.delete(card);
    }
    if (answer.ok) change.done?.(answer.body);
    else refused(change, answer);
  }

  function refused({ cards, putBack }, answer) {
    if (cards.some(isBusy)) {
      for (const card of cards) doubtful.add(card);
      return tellRefusal(answer);
    }
    if (answer.inDoubt || !putBack || cards.some((card) => doubtful.has(card))) {
      doubt = answer.detail;
      return;
    }
    putBack();
    tellRefusal(answer, cards.length > 1 ? "The cards are back as they were." : "The card is back where it was.");
  }

  function loadIfInDoubt() {
    if (!(doubt || isOld) || carried || !outbox.isEmpty()) return;
    const form = document.activeElement.closest("form");
    if (form) return form.addEventListener("focusout", () => setTimeout(loadIfInDoubt), { once: true });
    tellDoubt(board, { detail: doubt });
  }

  function wait(change) {
    for (const card of change.cards) waiting.set(card, (waiting.get(card) ?? 0) + 1);
    change.answered = (answer) => answered(change, answer);
  }

  /** Sends a change of some cards: path below the cards' and body for the api; putBack undoes it on the page, done takes the answer. Returns what undo.js can take back. */
  function send({ path, ...change }) {
    const whole = { ...change, path: `cards/${path}` };
    wait(whole);
    return outbox.send(whole);
  }

  // What the page before left behind may not be on this one yet. A card's move is done here too, and so
  // is its archiving; what else it was, but for a fold, the board shows once it is done.
  for (const change of outbox.left.filter(({ method }) => !method || method === "PATCH")) {
    const [, id, verb] = /^cards\/(.+)\/(move|archive)$/.exec(change.path) ?? [];
    const card = board.querySelector(`[data-card="${id}"]`);
    const place = card && placeFor(board, change.body);
    change.cards = place ? [card] : [];
    if (place) {
      const from = columnOf(card);
      putAt(card, place);
      recount(from, columnOf(card));
    } else if (verb !== "archive") isOld = true;
    else if (card) {
      recount(columnOf(card), null);
      card.remove();
    }
    wait(change);
  }
  outbox.idle = loadIfInDoubt;
  requestAnimationFrame(loadIfInDoubt); // the form that the page came for has the focus then

  return {
    send,
    isBusy,
    /** Sends a card's move from its home to where it stands now; toEnd is for the end of a column that isn't drawn whole. */
    drop(card, home, toEnd = false) {
      settleFar(card, toEnd);
      const from = home.list.closest("[data-column]");
      recount(from, columnOf(card));
      const change = send({
        cards: [card],
        path: `${card.dataset.card}/move`,
        body: order(card),
        putBack() {
          const now = columnOf(card);
          putAt(card, home);
          recount(now, from);
        },
      });
      tell(`Moved to ${placeInWords(card)}`, change);
    },
    lifted(card) {
      carried = card;
    },
    /** After a drop, and after its move was sent if it made one. */
    dropped() {
      if (doubtful.has(carried) && !waiting.has(carried)) doubt ||= "A move was refused.";
      carried = null;
      board.dispatchEvent(new Event("dropped"));
      loadIfInDoubt();
    },
  };
}
