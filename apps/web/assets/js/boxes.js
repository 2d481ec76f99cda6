// [data-edit] on a <details> that holds a form: opening it puts the cursor into its field. One that says [data-kept] was open
// all the while, and one in which somebody is already stays as it is: a busy page hears of it late. What its keys do,
// submit-keys.js says.
import { reveal } from "./reveal.js";

export function startBoxes(root) {
  root.addEventListener("toggle", ({ target: box }) => {
    if (!box.matches?.("details[data-edit]") || !box.open) return;
    if ("kept" in box.dataset) return delete box.dataset.kept;
    const field = box.querySelector("textarea, input:not([type=hidden])");
    if (field && !box.querySelector(":scope > :not(summary):focus-within")) reveal(field);
  }, true);
}
