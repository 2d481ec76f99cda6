// What is kept of changes in the browser (outbox.js). While a new version is deployed, pages of both are open, and one finds what the
// other has kept. What it doesn't know it leaves where it is, with all that was done after it, for a page that does: sent as it stands it
// might be refused, and be lost. So whoever gives a change another meaning gives it a fact, too, that isn't listed here.
const facts = ["id", "at", "tries", "path", "method", "body", "ifMatch", "draft", "of", "wasLeft"];
const paths = /^(undo|redo|cards(\/(list|batch|[\da-f-]{36}(\/(move|archive))?))?|columns\/[\da-f-]{36}(\/(move|collapsed))?)$/;

const week = 7 * 24 * 3600 * 1000; // milliseconds

/** Whether a change is so old that nobody expects it any more. */
export const isOld = ({ at }) => at < Date.now() - week;

const isKnown = (change) => paths.test(change.path) && Object.keys(change).every((fact) => facts.includes(fact));

/** All that is kept under a name. */
export const keptIn = (key) => JSON.parse(localStorage.getItem(key) ?? "{}").changes ?? [];

/** Of that, what this page may send. */
export function knownIn(key) {
  const kept = keptIn(key);
  const strange = kept.findIndex((change) => !isKnown(change));
  return strange < 0 ? kept : kept.slice(0, strange);
}

/** Keeps changes in place of those that are there. */
export function keepIn(key, changes) {
  if (changes.length > 0) localStorage.setItem(key, JSON.stringify({ changes }));
  else localStorage.removeItem(key);
}
