// Undo and redo. A change is told by a toast whose button takes it back; keys and the board's menu take back the last one there
// is (undo-keys.js). What is pressed waits its turn behind what is under way (outbox.js, card-forms.js); what came of it is
// drawn anew (undo-draw.js).
import { focusCard } from "./place.js";
import { tellDoubt } from "./refusal.js";
import { whenAnswered } from "./sending.js";
import { toast } from "./toast.js";

const names = { undo: "Undo", redo: "Redo" };
const past = { undo: 0, redo: 0 }; // what was refused: the next press goes on before it
let take = null; // where nothing can be taken back

/** Tells of a change. It is one of the outbox's, or what the server answered: its seq is known then. */
export function tell(sentence, change, way = "undo") {
  past.undo = past.redo = 0;
  offer(sentence, change, way);
}

function offer(sentence, change, way) {
  toast(sentence, "", take && (() => take(way, change)), names[way]);
}

/** Tells what a page of the server says was done, in place of its own message, which goes; false when it says nothing. */
export function tellFlash(page) {
  const flash = page.querySelector("[data-flash]");
  if (!flash) return false;
  const form = flash.querySelector("form");
  const sentence = flash.querySelector("p").textContent;
  flash.remove();
  if (form && take) offer(sentence, { seq: Number(form.elements.seq.value) }, form.getAttribute("action").split("/").at(-1));
  else toast(sentence);
  return true;
}

/** Takes back the last change there is, or the last undo. */
export const takeBack = (way) => take(way);

/** Gives the messages of this page their button. isBusy tells of a card that it has been changed since, or is being moved. */
export function startUndo(board, outbox, isBusy) {
  take = (way, change = underWay(way)) => {
    if (change?.isRefused) return;
    const { seq, id } = change ?? {};
    const body = seq ? { seq } : change || !past[way] ? {} : { before: past[way] };
    const isAhead = goAhead(change);
    outbox.send({ path: way, body, of: seq ? undefined : id, after: whenAnswered(), answered: (answer) => answered(way, answer, isAhead) });
  };

  // What was done here is put back at once.
  function goAhead({ putBack, cards } = {}) {
    if (!putBack) return false;
    putBack();
    if (document.activeElement === document.body && cards?.[0].checkVisibility()) focusCard(cards[0]);
    return true;
  }

  // What a key takes back may still be on its way.
  function underWay(way) {
    const latest = outbox.queue.at(-1);
    const isOne = way === "redo" ? latest?.path === "undo" : latest && !(latest.path in names);
    return isOne ? latest : undefined;
  }

  async function answered(way, answer, isAhead) {
    const rest = await import("./board-rest.js").catch(() => null);
    if (rest) rest.tellUndone(board, { way, answer, isAhead, past, isBusy });
    else tellDoubt(board, answer);
  }

  tellFlash(document);
}
