// What happens on the board that a page shows, as it happens: each activity once and in order, told to the page by an event, "told".
import { openLine } from "./line.js";
import { startPill } from "./pill.js";

const rushing = 500; // milliseconds in which what was missed comes
const calm = 10_000; // milliseconds until a page that was refused, and isn't told why, asks again
const unseen = 30_000; // milliseconds out of sight after which a page listens no more

/**
 * Listens from a seq on.
 * @param kept what the pill says of changes while nothing comes
 * @returns {{at: () => number, skip: (to: number) => void, isRush: () => boolean, isOver: () => boolean, offer: (...parts: (string | Node)[]) => void}} at is the seq of what was told
 * last, and skip goes on to a later one; isRush is true while what was missed comes; offer puts on the pill what stays
 * there while all is live
 */
export function hear(id, seq, kept = "") {
  let rush = 0; // until when what was missed may come
  let timer;
  let isAgain = false; // it has listened before
  let isOver = false; // its reader has lost the board, and is told why
  const [pill, show, offer] = startPill(kept);

  const line = openLine(document.body.dataset.person, () => ({ board: id, seq }), ({ news, live, refused }) => {
    if (live) arrive();
    if (news) tell(news);
    else if (refused) lose();
    else if (!isOver) show(live);
  });

  function tell({ kind, data }) {
    const isReset = kind === "reset"; // to an older seq too: its database may have been set back
    if (data.board_id !== id || (data.seq <= seq && !isReset)) return;
    if (kind === "gone") return lose(data.reason);
    if (kind === "activity" && data.seq > seq + 1) return line.look(); // it is told again, from where this page is
    seq = data.seq;
    document.dispatchEvent(new CustomEvent("told", { detail: data }));
  }

  // What was missed comes, and what is kept may go (doubt.js).
  function arrive() {
    rush = Date.now() + rushing;
    dispatchEvent(new Event("wake"));
  }

  // The reason is the stream's last word; without one it was refused, for whatever that may be. What was said first is why.
  async function lose(reason) {
    if (reason) end(); // whoever asked again would be refused, and that tells less
    const lost = await import("./lost.js").catch(() => dispatchEvent(new Event("missing")) && null);
    if (await lost?.tell(pill, id, reason, end)) return;
    if (!isOver) show(false);
    setTimeout(reason ? lose : watch, calm, reason);
  }

  function end() {
    if (isOver) return false;
    show(true);
    line.rest();
    return (isOver = true);
  }

  function watch() {
    clearTimeout(timer);
    if (isOver) return;
    if (document.hidden) return (timer = setTimeout(line.rest, navigator.locks ? unseen : 0));
    arrive();
    if (line.look() && isAgain) import("./wake.js").then(({ wake }) => wake(id, seq, tell), () => dispatchEvent(new Event("missing")));
    isAgain = true;
  }

  document.addEventListener("visibilitychange", watch);
  addEventListener("pagehide", line.rest);
  addEventListener("pageshow", ({ persisted }) => persisted && watch());
  watch();
  return { at: () => seq, skip: (to) => (seq = Math.max(seq, to)), isRush: () => Date.now() < rush, isOver: () => isOver, offer };
}
