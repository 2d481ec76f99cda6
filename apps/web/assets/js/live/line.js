// One event stream for all tabs of a browser, so that six of them leave its connections to a server without HTTP/2 free. The tab
// that holds a lock leads (lead.js), and passes on by a channel what it hears. Only tabs that are looked at ask for the
// lock: where one is closed or out of sight, the next takes over, and the stream goes on behind what each tab has had.
import { lead } from "./lead.js";

/**
 * @param person whose stream it is
 * @param seat what tells where this tab stands: {board, seq}
 * @param told is called with what comes: {news: {kind, data}}, {live} and {refused}
 * @returns {{look: () => boolean | void, rest: () => void}} look begins to listen, and is true where it didn't yet; rest ends it
 */
export function openLine(person, seat, told) {
  const name = `live:${person}`;
  const { locks } = navigator; // none on a page that isn't safe from eavesdroppers: there each tab has its own
  let channel = null;
  let looking = null; // ends it
  let take = null; // where this tab leads

  function hear(message) {
    if (message.roll) say({ seat: seat() });
    else if (message.seat) take?.(message.seat);
    else told(message);
  }

  function say(message) {
    channel?.postMessage(message);
    hear(message);
  }

  function begin(signal) {
    take = lead(say, signal);
    say({ seat: seat() });
    signal.addEventListener("abort", () => (take = null));
  }

  return {
    look() {
      if (looking) return say({ seat: seat() });
      looking = new AbortController();
      const { signal } = looking;
      if (!locks) return begin(signal);
      channel = new BroadcastChannel(name);
      channel.addEventListener("message", ({ data }) => hear(data), { signal });
      say({ seat: seat() });
      const leading = (lock) => new Promise((ends) => {
        begin(signal);
        signal.addEventListener("abort", () => ends(lock));
      });
      locks.request(name, { signal }, leading).catch(() => {}); // it was given up before its turn came
      return true;
    },
    rest() {
      looking?.abort();
      channel?.close();
      looking = channel = null;
    },
  };
}
