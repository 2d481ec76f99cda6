// The wall of several people: what others do on it is drawn as it happens. Loaded when the page is done and there is time (board.js);
// what draws comes with the first thing there is to draw (gather.js).
import { hear } from "./hear.js";
import { startRenewal } from "./renew.js";

/** origin is the page's name; outbox what its reader does on its way to the server; moves what moves cards, if they may. */
export function startLive(board, origin, outbox, moves) {
  const { offer, ...heard } = hear(board.dataset.board, Number(board.dataset.seq), ". What you do is kept, and sent later.");
  startRenewal(offer);
  const isOwn = (activity) => activity.origin === origin;
  const held = []; // what was told before what draws is here
  let isComing = false;

  document.addEventListener("told", async function hold({ detail }) {
    held.push(detail);
    if (isComing || (held.every(isOwn) && held.length < 50)) return; // nothing that isn't here
    isComing = true;
    const gathering = await import("./gather.js").catch(() => null);
    if (!gathering) {
      isComing = false; // what comes next tries again
      return dispatchEvent(new Event("missing"));
    }
    document.removeEventListener("told", hold);
    gathering.gather(board, held, { outbox, isBusy: moves?.isBusy, isOwn, ...heard });
  });
}
