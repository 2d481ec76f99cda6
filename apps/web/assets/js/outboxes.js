// What this person's changes left behind (outbox.js), as each page finds it.
import { mine, openOutbox } from "./outbox.js";
import { toast } from "./toast.js";

const week = 7 * 24 * 3600 * 1000; // milliseconds; what is older nobody expects any more

/** On every page, before its board opens its own: sends what was left behind, but for what the page's own board takes up itself. */
export async function startOutboxes() {
  const here = document.querySelector("[data-board]")?.dataset.board;
  const kept = Object.keys(localStorage).filter((key) => key.startsWith(mine));
  if (kept.filter(dropOld).length > 0) toast("What you did more than a week ago was not done.");
  const left = kept.filter((key) => key !== `${mine}${here}:${sessionStorage.tab}`);
  if (left.length === 0) return;
  const { sendLeft } = await import("./left.js");
  sendLeft(left, openOutbox, toast);
}

// With an old change goes what takes it back. Returns whether there was one.
function dropOld(key) {
  const old = new Set();
  const { changes } = JSON.parse(localStorage.getItem(key));
  const rest = changes.filter(({ id, at, of }) => (at > Date.now() - week && !old.has(of)) || !old.add(id));
  if (old.size === 0) return false;
  if (rest.length > 0) localStorage.setItem(key, JSON.stringify({ changes: rest }));
  else localStorage.removeItem(key);
  return true;
}
