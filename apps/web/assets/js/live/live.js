// The wall of several people: what others do on it is drawn as it happens. Loaded when the page is done and there is time (board.js);
// what draws comes with the first thing there is to draw.
import { openLine } from "./line.js";
import { startPill } from "./pill.js";

const most = 100; // activities that draw.js draws one by one
const pause = 100; // milliseconds
const calm = 10_000; // milliseconds until a page that was refused, and isn't told why, asks again
const unseen = 30_000; // milliseconds out of sight after which a page listens no more

/** origin is the page's name; outbox what its reader does on its way to the server; moves what moves cards, if they may. */
export function startLive(board, origin, outbox, moves) {
  const { board: id } = board.dataset;
  const isOwn = (data) => data.origin === origin;
  let seq = Number(board.dataset.seq);
  let drawn = seq; // with the whole wall
  let held = []; // what was told and isn't drawn yet
  let drawing = null;
  let soon;
  let rush = 0; // until when what was missed may come
  let timer;
  let isOver = false; // its reader has lost the board, and is told why
  const [pill, show] = startPill();

  const line = openLine(document.body.dataset.person, () => ({ board: id, seq }), ({ news, live, refused }) => {
    if (live) rush = Date.now() + 5 * pause;
    if (news) tell(news);
    else if (refused) lose();
    else if (!isOver) show(live);
  });

  function tell({ kind, data }) {
    if (data.board_id !== id || data.seq <= seq) return;
    if (kind === "gone") return lose(data.reason);
    if (kind === "activity" && data.seq > seq + 1) return line.look(); // it is told again, from where this page is
    seq = data.seq;
    held.push(kind === "reset" ? null : data);
    document.dispatchEvent(new Event("told"));
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
    drawing ??= import("./draw.js").then(({ startDrawing }) => startDrawing(board, { outbox, isBusy: moves?.isBusy, isOwn, at: () => seq, skip, isOver: () => isOver }));
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
    if (!document.hidden) line.look();
    else timer = setTimeout(line.rest, navigator.locks ? unseen : 0);
  }

  document.addEventListener("visibilitychange", watch);
  addEventListener("pagehide", line.rest);
  addEventListener("pageshow", ({ persisted }) => persisted && watch());
  watch();
}
