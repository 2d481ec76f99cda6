// Says what others do: to the eye by a moment's colour and their initials on the card, to screen readers by sentences.
import { startSaying } from "./saying.js";

const shown = 1_600; // milliseconds

const verbs = { card_created: "added", card_archived: "archived", card_deleted: "deleted", card_restored: "brought back", card_moved: "moved" };

export function startTold(board) {
  const { person } = document.body.dataset;
  const saying = startSaying();

  const find = (id) => board.querySelector(`[data-card="${id}"]`);

  function sentence({ verb, card_id: id, column_id: column, actor }, title) {
    if (!id) return `${actor.name} changed the board`;
    const to = verb === "card_moved" || verb === "card_created" ? board.querySelector(`[data-column="${column}"]`)?.dataset.title : "";
    return `${actor.name} ${verbs[verb] ?? "changed"} ${title ? `“${title}”` : "a card"}${to ? ` to ${to}` : ""}`;
  }

  return {
    /** Tells screen readers. What one did oneself elsewhere isn't told. */
    tell(activities) {
      saying(activities.filter(({ actor }) => actor.id !== person).map((activity) => {
        const title = activity.after.title ?? find(activity.card_id)?.querySelector(".card-title").textContent;
        return { actor: activity.actor, sentence: () => sentence(activity, title) };
      }));
    },
    /** Shows for a moment that somebody changed a card. */
    touch(card, by) {
      if (!by || by.id === person) return;
      card.dataset.by = by.name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
      setTimeout(() => delete card.dataset.by, shown);
    },
  };
}
