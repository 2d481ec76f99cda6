// Who comes to the board from another page finds the focus where that page's work was: at the card or the column that
// the address names; and who did something that took the page anew finds the wall as far along as it was. A browser goes
// there in its first frame, and takes the focus off all else: this comes after.
import { forgetPassing } from "./passing.js";

const left = `left:${location.pathname}`; // how far the wall was scrolled sideways

/** Called with the wall once all that it can do is there. */
export function land(main) {
  const isTold = forgetPassing(["adding", "add", "made"]);
  const { hash } = location;
  const named = document.getElementById(hash.slice(1));
  if (named) named.hidden = false; // a column that a filter left out
  if (isTold && !hash && left in sessionStorage && !document.querySelector("[autofocus]")) main.scrollTo({ left: sessionStorage[left], behavior: "instant" });
  addEventListener("pagehide", () => sessionStorage.setItem(left, main.scrollLeft));
  if (isTold || hash) requestAnimationFrame(() => setTimeout(() => focusAt(named, main)));
}

// A column that scrolls has taken the focus itself by then, which leads nowhere.
function focusAt(named, main) {
  if (![document.body, named].includes(document.activeElement) || document.querySelector("[autofocus]")) return;
  const stops = named?.querySelectorAll(":is(.card-title, h2) a, .strip button") ?? [];
  ([...stops].find((stop) => stop.checkVisibility()) ?? main).focus();
}
