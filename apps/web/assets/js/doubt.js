// What becomes of a change that has no answer (outbox.js).
import { patience } from "./api.js";

const enough = 6; // tries
const soon = 2_000; // milliseconds between two
const longest = 16_000; // of them, and up to as many by chance
const spread = 1_000; // milliseconds in which those ask again who learned together that it may be worth it
const wakes = ["online", "wake"]; // of which they learn it: the network, the event stream and whoever looks again (live/hear.js, left.js)

// A browser that sets out for another page breaks off what is under way, says so, and is there much later: then that page asks
// what became of it. It may stay after all, as for a file that is fetched.
let setOut = 0; // when, in milliseconds
addEventListener("beforeunload", () => (setOut = performance.now()));

const moment = 300; // milliseconds
const pause = (time) => new Promise((then) => setTimeout(then, time));

/** Ends if the page stays. */
export const stays = () => pause(moment).then(() => setOut && performance.now() - setOut < patience && pause(patience));

/**
 * A change waits until the board can be read, as without a network. False when it can, time and again, though the change has no
 * answer: then it is the change's fault, and holds up nothing more.
 */
export async function comesBack(change, board) {
  if (change.tries++) await pause(soon);
  for (let time = soon; ; time = Math.min(longest, time * 2)) {
    const woken = waking; // as it may be while the board is asked for
    if (await isThere(board)) return change.tries < enough;
    change.tries = 1;
    await Promise.race([pause(time * (1 + Math.random())), woken]);
    await pause(spread * Math.random());
  }
}

let wake;
let waking = new Promise((then) => (wake = then)); // ends when the next of them comes
for (const type of wakes) {
  addEventListener(type, () => {
    wake();
    waking = new Promise((then) => (wake = then));
  });
}

const isThere = (board) => fetch(`/api/v1/boards/${board}/columns`, { signal: AbortSignal.timeout(patience) }).then(({ status }) => status < 500, () => false);
