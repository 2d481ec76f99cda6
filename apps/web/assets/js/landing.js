// Who comes to the board from another page finds the focus where that page's work was: at the card or the column that
// the address names.
import { forgetPassing } from "./passing.js";

export function land(main) {
  const isTold = forgetPassing(["adding", "add", "made"]);
  const { hash } = location;
  const named = document.getElementById(hash.slice(1));
  if (!(isTold || hash) || document.activeElement !== document.body || document.querySelector("[autofocus]")) return;
  const stops = named?.querySelectorAll(":is(.card-title, h2) a, .strip button") ?? [];
  ([...stops].find((stop) => stop.checkVisibility()) ?? main).focus();
}
