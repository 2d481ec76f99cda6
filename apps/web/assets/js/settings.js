// What a board's settings add: a column's own page opens over them. What was done there is seen when they are loaded again.
import { startCardForms } from "./card-forms.js";
import { leads, pageDialog } from "./page-dialog.js";

const dialog = document.querySelector("[data-dialog]");
let opener = null;
let isOld = false; // somebody else has changed what the settings show

const { frame, arrive, follow, leave } = pageDialog(dialog, (then) => {
  if (then) then();
  else if (isOld) location.reload();
  else opener?.focus();
});
startCardForms(frame, {
  arrived({ page }) {
    isOld = true;
    arrive(page);
  },
  left: ({ url }) => leave(() => location.assign(url)),
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a");
  if (!leads(link, event) || dialog.contains(link)) return;
  event.preventDefault();
  opener = link;
  follow(link.pathname + link.search);
});
