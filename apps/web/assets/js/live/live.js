// The wall of several people: what others do on it is drawn as it happens. Loaded when the page is done and there is time (board.js);
// what draws comes with the first thing there is to draw (gather.js).
import { hear } from "./hear.js";

const patience = 10_000; // milliseconds until what draws is asked for again

/** Returns what puts on the pill what stays there while all is live. origin is the page's name; outbox what its reader does on its way to the server; moves what moves cards, if they may. */
export function startLive(board, origin, outbox, moves) {
  const heard = hear(board.dataset.board, Number(board.dataset.seq), ". What you do is kept, and sent later.");
  const isOwn = (activity) => activity.origin === origin;
  const held = []; // what was told before what draws is here
  let isComing = false;

  function hold({ detail }) {
    held.push(detail);
    if (isComing || (held.every(isOwn) && held.length < 50)) return; // nothing that isn't here
    isComing = true;
    draw();
  }

  async function draw() {
    const gathering = await import("./gather.js").catch(() => null);
    if (!gathering) {
      dispatchEvent(new Event("missing"));
      return setTimeout(draw, patience);
    }
    document.removeEventListener("told", hold);
    gathering.gather(board, held, { outbox, isBusy: moves?.isBusy, isOwn, ...heard });
  }

  document.addEventListener("told", hold);
  return heard.offer;
}
