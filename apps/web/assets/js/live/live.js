// The wall of several people: what others do on it is drawn as it happens. Loaded when the page is done and there is time (board.js);
// what draws comes with the first thing there is to draw.
import { openLine } from "./line.js";

const most = 100; // activities that draw.js draws one by one
const pause = 100; // milliseconds
const calm = 10_000; // milliseconds until what is needed without a network is fetched, while there is one
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
  let pill = null; // how the connection is
  let isOver = false; // its reader has lost the board, and was told why

  const line = openLine(document.body.dataset.person, () => ({ board: id, seq }), ({ news, live, refused }) => {
    if (live) rush = Date.now() + 5 * pause;
    if (news) tell(news);
    else if (refused) onPill((pill) => pill.refused().then((isFinal) => isFinal || setTimeout(watch, calm)));
    else if (!live || pill) onPill((each) => each.show(live));
    else setTimeout(onPill, calm, () => {});
  });

  function onPill(act) {
    pill ??= import("./pill.js").then(({ startPill }) => startPill(id));
    pill.then(act, () => (pill = null));
  }

  function tell({ kind, data }) {
    if (data.board_id !== id || data.seq <= seq) return;
    if (kind === "gone") return lose(data.reason);
    if (kind === "activity" && data.seq > seq + 1) return line.look(); // it is told again, from where this page is
    seq = data.seq;
    held.push(kind === "reset" ? null : data);
    gather();
  }

  // Whoever asked again would be refused, and that tells less.
  function lose(reason) {
    isOver = true;
    line.rest();
    onPill((each) => each.gone(reason));
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
