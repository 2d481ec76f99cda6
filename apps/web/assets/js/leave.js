// What somebody has begun in this browser goes when they sign out, or delete their account: [data-leaves] is the form that
// asks for that, which may be refused, and [data-left] the page that says it is done. No wall has either.
import { dropAll } from "./draft-store.js";

const leaves = "leaves"; // in the tab's storage: who asked

export function startLeave(root) {
  root.addEventListener("submit", ({ target: form }) => {
    if (form.getAttribute("action") === "/api/auth/sign-out") dropAll(document.body.dataset.person);
  });
}

export function startLeavingForGood(root) {
  const gone = root.querySelector("[data-left]") && sessionStorage.getItem(leaves);
  if (gone) {
    dropAll(gone);
    sessionStorage.clear();
  }
  root.addEventListener("submit", ({ target: form }) => {
    if ("leaves" in form.dataset) sessionStorage.setItem(leaves, document.body.dataset.person);
  });
}
