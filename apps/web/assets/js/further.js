// Whoever goes past the last card that is drawn waits for those that follow, as long as the focus stays.
import { isFar, moreOf } from "./place.js";

export const linkOf = (card) => card.querySelector(".card-title a");

const hasFocus = (card) => document.activeElement === linkOf(card);

/** more fetches the next cards of a list. Returns what goes further down from a card, by one or to the end. */
export function startFurther(more) {
  return {
    /** False when there are none to wait for. */
    fetchBelow(card, then) {
      const next = card.nextElementSibling;
      if (isFar(card) || (next && !isFar(next)) || !moreOf(card.parentElement)) return false;
      more(card.parentElement).then(() => {
        if (card.nextElementSibling !== next && hasFocus(card)) then();
      });
      return true;
    },
    async fetchAll(card, then) {
      const list = card.parentElement;
      for (let drawn = -1; moreOf(list) && list.children.length > drawn;) {
        drawn = list.children.length;
        await more(list);
      }
      if (hasFocus(card) && card.parentElement === list) then();
    },
  };
}
