// Says what others do: to the eye by a moment's colour and their initials on the card, to screen readers by a sentence every few seconds.
import { say } from "../toast.js";

const pace = 5_000; // milliseconds between two sentences
const shown = 1_600; // milliseconds

const verbs = { card_created: "added", card_archived: "archived", card_deleted: "deleted", card_restored: "brought back", card_moved: "moved" };

export function startTold(board) {
  const { person } = document.body.dataset;
  let unsaid = [];
  let last = 0;
  let timer = null;

  const find = (id) => board.querySelector(`[data-card="${id}"]`);

  function sentence() {
    const names = [...new Set(unsaid.map(({ actor }) => actor.name))];
    if (unsaid.length > 1) return `${unsaid.length} changes by ${names.length > 2 ? `${names.length} people` : names.join(" and ")}`;
    const [{ verb, card_id: id, column_id: column, actor, title }] = unsaid;
    if (!id) return `${actor.name} changed the board`;
    const to = verb === "card_moved" || verb === "card_created" ? board.querySelector(`[data-column="${column}"]`)?.dataset.title : "";
    return `${actor.name} ${verbs[verb] ?? "changed"} ${title ? `“${title}”` : "a card"}${to ? ` to ${to}` : ""}`;
  }

  function speak() {
    timer = null;
    last = Date.now();
    say(sentence());
    unsaid = [];
  }

  return {
    /** Tells screen readers, in one sentence of all that was done since the last. What one did oneself elsewhere isn't told. */
    tell(activities) {
      for (const activity of activities) {
        if (activity.actor.id === person) continue;
        const title = activity.after.title ?? find(activity.card_id)?.querySelector(".card-title").textContent;
        unsaid.push({ ...activity, title });
      }
      if (unsaid.length > 0) timer ??= setTimeout(speak, Math.max(500, last + pace - Date.now()));
    },
    /** Shows for a moment that somebody changed a card. */
    touch(card, by) {
      if (!by || by.id === person) return;
      card.dataset.by = by.name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
      setTimeout(() => delete card.dataset.by, shown);
    },
  };
}
