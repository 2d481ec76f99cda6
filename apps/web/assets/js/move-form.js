// "Move to…" over the board: the wall does at once what the form says.
import { isHome } from "./home.js";
import { leadAlong } from "./led.js";
import { isFar, placeFor, placeOf, putAt } from "./place.js";
import { slide } from "./slide.js";

/** What moves a card as its form says, null when the wall doesn't show the place or the form stays where it is. */
export function moveByForm(board, moves, card, { elements: { column_id: column, place, stay } }) {
  const end = place.value === "end";
  const at = end || place.value === "start" ? { at: place.value } : { after: place.value };
  const to = !stay && placeFor(board, { column_id: column.value, ...at });
  if (!to) return null;
  return () => {
    const home = placeOf(card);
    const lead = leadAlong([card], to.list);
    slide([home.list, to.list], () => putAt(card, to));
    if (!isHome(card, home) || isFar(card) !== home.far) moves.drop(card, home, end);
    lead();
  };
}
