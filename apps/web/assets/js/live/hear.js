// What happens on the board that a page shows, as it happens: each activity once and in order, told to the page by an event, "told".
import { openLine } from "./line.js";
import { startPill } from "./pill.js";

const most = 100; // activities that are drawn one by one
const pause = 100; // milliseconds
const calm = 10_000; // milliseconds until a page that was refused, and isn't told why, asks again
const unseen = 30_000; // milliseconds out of sight after which a page listens no more

/**
 * Listens from a seq on.
 * @param begin promises what draws some activities, null for those that were left out, once there is one that isn't isOwn
 * @param kept what the pill says of changes while there is no network
 */
export function hear(id, seq, { isOwn, begin, kept }) {
  let drawn = seq; // with the whole page
  let held = []; // what was told and isn't drawn yet
  let drawing = null;
  let soon;
  let rush = 0; // until when what was missed may come
  let timer;
  let isAgain = false; // it has listened before
  let isOver = false; // its reader has lost the board, and is told why
  const [pill, show] = startPill(kept);

  const line = openLine(document.body.dataset.person, () => ({ board: id, seq }), ({ news, live, refused }) => {
    if (live) rush = Date.now() + 5 * pause;
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
    held.push(isReset ? null : data);
    document.dispatchEvent(new CustomEvent("told", { detail: data }));
    gather();
  }

  // The reason is the stream's last word; without one it was refused, for whatever that may be. What was said first is why.
  async function lose(reason) {
    if (reason) end(); // whoever asked again would be refused, and that tells less
    const lost = await import("./lost.js").catch(() => null);
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

  // What was missed comes in a rush, which is waited for: drawn bit by bit it would throw about what one looks at.
  function gather() {
    const isRush = Date.now() < rush;
    if (isRush && held.length <= most) soon = clearTimeout(soon);
    soon ??= setTimeout(draw, isRush ? pause : 0);
  }

  function skip(to) {
    drawn = to;
    seq = Math.max(seq, to);
  }

  async function draw() {
    soon = undefined;
    if (!drawing && held.every((data) => data && isOwn(data)) && held.length < 50) return; // nothing that isn't here
    drawing ??= begin({ at: () => seq, skip, isOver: () => isOver });
    const drawAll = await drawing.catch(() => (drawing = null));
    if (!drawAll) return; // the network is away; what comes next tries again
    const events = held.filter((data) => !data || data.seq > drawn);
    held = [];
    if (events.length > 0) drawAll(events);
  }

  function watch() {
    clearTimeout(timer);
    if (isOver) return;
    rush = Date.now() + 5 * pause;
    if (document.hidden) return (timer = setTimeout(line.rest, navigator.locks ? unseen : 0));
    if (line.look() && isAgain) import("./wake.js").then(({ wake }) => wake(id, seq, tell), () => {});
    isAgain = true;
  }

  document.addEventListener("visibilitychange", watch);
  addEventListener("pagehide", line.rest);
  addEventListener("pageshow", ({ persisted }) => persisted && watch());
  watch();
}
