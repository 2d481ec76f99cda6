// A card's own page, and those about it, while others work on its board: each listens for itself (hear.js), where over the board the wall does.
import { toast } from "../toast.js";
import { followCard } from "./follow.js";
import { hear } from "./hear.js";
import { noteAlone } from "./note.js";
import { saidOfRights } from "./rights-said.js";
import { startSaying } from "./saying.js";

export function lookOn(page) {
  const card = page.querySelector("[data-detail]");
  const { of, seq } = (card ?? page).dataset;
  if (!of) return;
  if (card) lookAt(page);
  else noteAlone(page);
  hear(of, Number(seq));
}

function lookAt(page) {
  const { person } = document.body.dataset;
  const saying = startSaying();

  // What was done to the card is said as its list of activities has it.
  function sentence({ seq, verb, actor }) {
    if (verb === "card_deleted") return `${actor.name} deleted this card`;
    if (verb === "card_purged") return `${actor.name} deleted this card for good`;
    return page.querySelector(`#activity-${seq} p`)?.textContent.replace(/\s+/g, " ").trim();
  }

  followCard(page, {
    drawn(now) {
      document.title = now.title;
      document.querySelector(".switcher span").textContent = now.querySelector(".switcher span").textContent;
    },
    tell(activities) {
      const others = activities.filter(({ actor }) => actor && actor.id !== person);
      const rights = others.map(saidOfRights).findLast(Boolean);
      if (rights) toast(rights);
      saying(others.map((each) => ({ actor: each.actor, words: sentence(each) })).filter(({ words }) => words).map(({ actor, words }) => ({ actor, sentence: () => words })));
    },
  });
}
