// Undo and redo. A change is told by a toast whose button takes it back; z, and Ctrl or Cmd with z take back
// the last one there is, with Shift the last undo, and so do the items of the board's menu ([data-takes-back]). What is
// pressed waits its turn behind what is under way (outbox.js, card-forms.js); what came of it is drawn anew (undo-draw.js).
import { isOff, isTyping } from "./key.js";
import { focusCard } from "./place.js";
import { tellRefusal } from "./refusal.js";
import { whenAnswered } from "./sending.js";
import { toast, toastThere } from "./toast.js";

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

/** Listens on the whole page. isBusy tells of a card that it has been changed since, or is being moved. */
export function startUndo(board, outbox, isBusy) {
  const path = `/boards/${board.dataset.board}`;

  take = (way, change = underWay(way)) => {
    if (change?.isRefused) return;
    const { seq, id } = change ?? {};
    const body = seq ? { seq } : change || !past[way] ? {} : { before: past[way] };
    const isAhead = goAhead(change);
    outbox.send({ path: way, body, of: seq ? undefined : id, after: whenAnswered(), answered: (answer) => (answer.ok ? took(way, answer.body) : refused(way, answer, isAhead)) });
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
    const latest = outbox.latest();
    const isOne = way === "redo" ? latest?.path === "undo" : latest && !(latest.path in names);
    return isOne ? latest : undefined;
  }

  async function took(way, { activities, seq }) {
    if (way === "redo") past.undo = 0;
    const did = `did=${seq}&cards=${seq - activities[0].seq + 1}`;
    const rest = await import("./board-rest.js").catch(() => null);
    const told = await rest?.drawChanged(board, path, did, { activities, seq }, isBusy);
    if (!told) return location.replace(`${path}?${did}${activities[0].column_id ? `#column-${activities[0].column_id}` : ""}`);
    tellFlash(told);
    document.dispatchEvent(new CustomEvent("undone"));
  }

  function refused(way, answer, isAhead) {
    if (answer.inDoubt || isAhead) return toastThere(path, `${answer.detail} This is how the board stands now.`);
    if (answer.current?.seq) past[way] = answer.current.seq;
    if (["nothing_to_undo", "nothing_to_redo"].includes(answer.code) && !answer.current) toast(answer.detail);
    else tellRefusal(answer);
  }

  document.addEventListener("keydown", (event) => {
    const { key, target, altKey, repeat } = event;
    const isCommand = event.ctrlKey || event.metaKey;
    if (key.toLowerCase() !== "z" || altKey || event.defaultPrevented || isTyping(target) || board.querySelector(".is-carried, .is-slot")) return;
    if ((!isCommand && isOff(event)) || document.querySelector("dialog[open]:not([data-dialog])")) return;
    event.preventDefault();
    if (!repeat) take(event.shiftKey ? "redo" : "undo");
  });
  document.addEventListener("submit", (event) => {
    const { takesBack } = event.target.dataset;
    if (!takesBack) return;
    event.preventDefault();
    const menu = event.target.closest("details");
    menu.open = false;
    menu.querySelector("summary").focus();
    take(takesBack);
  });
  tellFlash(document);
}
