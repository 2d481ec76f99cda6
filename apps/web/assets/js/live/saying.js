// Says what others do to screen readers, a sentence every few seconds.
import { say } from "../toast.js";

const pace = 5_000; // milliseconds between two sentences

/** Returns what takes things that others did: {actor, sentence}, the sentence by a function. Several at once are counted. */
export function startSaying() {
  let unsaid = [];
  let last = 0;
  let timer = null;

  function sentence() {
    const names = [...new Set(unsaid.map(({ actor }) => actor.name))];
    if (unsaid.length > 1) return `${unsaid.length} changes by ${names.length > 2 ? `${names.length} people` : names.join(" and ")}`;
    return unsaid[0].sentence();
  }

  function speak() {
    timer = null;
    last = Date.now();
    say(sentence());
    unsaid = [];
  }

  return (things) => {
    unsaid.push(...things);
    if (unsaid.length > 0) timer ??= setTimeout(speak, Math.max(500, last + pace - Date.now()));
  };
}
