// Who comes to the board from another page finds the focus where that page's work was: at the card or the column that
// the address names. A browser goes there in its first frame, and takes the focus off all else: this comes after.
import { forgetPassing } from "./passing.js";

/** Called with the wall once all that it can do is there. */
export function land(main) {
  const isTold = forgetPassing(["adding", "add", "made"]);
  const { hash } = location;
  if (isTold || hash) requestAnimationFrame(() => setTimeout(() => focusAt(hash, main)));
}

// A column that scrolls has taken the focus itself by then, which leads nowhere.
function focusAt(hash, main) {
  const named = document.getElementById(hash.slice(1));
  if (![document.body, named].includes(document.activeElement) || document.querySelector("[autofocus]")) return;
  const stops = named?.querySelectorAll(":is(.card-title, h2) a, .strip button") ?? [];
  ([...stops].find((stop) => stop.checkVisibility()) ?? main).focus();
}
