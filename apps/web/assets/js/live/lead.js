// The tab that leads reads the stream, for all boards that the browser's tabs show. Who comes with another board, or with an older
// page of one, makes it open the stream anew, from there on; the others have had what is told again.
import { follow } from "./stream.js";

const roll = 30; // milliseconds in which tabs answer who is there
const longest = 30_000; // milliseconds between two tries

/** Leads until the signal says no more. say tells all tabs, this one too. Returns what takes a tab's seat: {board, seq}. */
export function lead(say, signal) {
  const boards = new Map(); // id → {at: the seq of what was told last, isAsked: whether a tab shows it}
  let current = null; // what ends the stream that is open
  let wake = () => {}; // ends a pause
  let isRunning = false;
  let isLive = true;
  let fails = 0;

  function seat({ board, seq }) {
    const known = boards.get(board);
    const isBehind = !(seq >= known?.at);
    boards.set(board, { at: isBehind ? seq : known.at, isAsked: true });
    if (isBehind) current?.abort();
    if (!isLive) say({ live: false });
    run();
  }

  function told(kind, data) {
    const board = boards.get(data.board_id);
    if (data.seq && board) board.at = data.seq;
    else boards.delete(data.board_id);
    say({ news: { kind, data } });
  }

  function tell(live) {
    isLive = live;
    say({ live });
  }

  async function run() {
    if (isRunning) return;
    isRunning = true;
    while (!signal.aborted) {
      await callRoll();
      if (boards.size === 0) break;
      current = new AbortController();
      const address = `/api/v1/events?boards=${[...boards].map(([id, { at }]) => `${id}:${at}`).join()}`;
      const { status, wait = 1000 } = await follow(address, AbortSignal.any([signal, current.signal]), {
        opened() {
          fails = 0;
          tell(true);
        },
        told,
      });
      if (signal.aborted || current.signal.aborted) continue;
      if ([401, 403, 404].includes(status)) {
        boards.clear();
        say({ refused: status });
        break;
      }
      // One that ended as it should goes on soon, though not together with all others.
      if (status !== 200) tell(false);
      await pause(status === 200 ? wait * Math.random() : Math.min(longest, Math.max(wait, 1000) * 2 ** fails++) * (0.5 + Math.random() / 2));
    }
    isRunning = false;
  }

  // Boards that no tab shows any more are left out.
  async function callRoll() {
    for (const board of boards.values()) board.isAsked = false;
    say({ roll: true });
    await pause(roll);
    for (const [id, { isAsked }] of boards) if (!isAsked) boards.delete(id);
  }

  const pause = (time) => new Promise((then) => {
    const timer = setTimeout(then, time);
    wake = () => (clearTimeout(timer), then());
    signal.addEventListener("abort", wake, { once: true });
  });

  addEventListener("online", () => wake(), { signal });
  addEventListener("offline", () => current?.abort(), { signal });
  run();
  return seat;
}
