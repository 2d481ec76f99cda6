// What this person's changes left behind (outbox.js), as each page finds it.
import { giveTextBack } from "./drafts.js";
import { isOld, keepIn, keptIn } from "./kept.js";
import { mine, openOutbox } from "./outbox.js";
import { toast } from "./toast.js";

/** On every page, before its board opens its own: sends what was left behind, but for what the page's own board takes up itself. */
export async function startOutboxes() {
  const here = document.querySelector("[data-board]")?.dataset.board;
  const kept = Object.keys(localStorage).filter((key) => key.startsWith(mine));
  const old = kept.flatMap(dropOld);
  const texts = old.filter(giveTextBack);
  if (old.length > 0) toast(`What you did more than a week ago was not done.${texts.length > 0 ? " The text of new cards is back in their columns." : ""}`);
  const left = kept.filter((key) => key !== `${mine}${here}:${sessionStorage.tab}`);
  if (left.length === 0) return;
  const { sendLeft } = await import("./left.js");
  sendLeft(left, openOutbox, toast);
}

// With an old change goes what takes it back. Returns what went.
function dropOld(key) {
  const old = [];
  const rest = keptIn(key).filter((change) => (!isOld(change) && !old.some(({ id }) => id === change.of)) || !old.push(change));
  if (old.length > 0) keepIn(key, rest);
  return old;
}
