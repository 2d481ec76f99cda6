// What becomes of a change that has no answer (outbox.js).
import { patience } from "./api.js";

const enough = 6; // tries
const soon = 2_000; // milliseconds between two
const longest = 16_000; // of them, and up to as many by chance

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
  for (let time = soon; !(await isThere(board)); time = Math.min(longest, time * 2)) {
    change.tries = 1;
    await back(time * (1 + Math.random())); // not with all others
  }
  return change.tries < enough;
}

const back = (time) => Promise.race([pause(time), new Promise((then) => addEventListener("online", then, { once: true }))]);

const isThere = (board) => fetch(`/api/v1/boards/${board}/columns`, { signal: AbortSignal.timeout(patience) }).then(({ status }) => status < 500, () => false);
