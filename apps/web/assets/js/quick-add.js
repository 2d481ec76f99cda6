// [data-quick-add] on the form at a column's foot: Enter saves and stays, Shift+Enter saves and opens the
// card, Escape closes and keeps the text (drafts.js). While a card is under way the form takes no second: what is
// typed meanwhile belongs to the next one, and Enter begins a new line of it. [data-adds="id"] on a link opens
// the box in place.
import { reveal } from "./reveal.js";

const underWay = new Set();

export function startQuickAdd(board) {
  board.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("[data-quick-add]");
    if (!form || event.target.tagName !== "TEXTAREA" || event.isComposing) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !(underWay.has(form) && form.elements.title.value)) {
      event.preventDefault();
      if (!event.repeat) send(form, event.shiftKey);
    }
  });
  board.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-quick-add]");
    if (!form) return;
    if (underWay.has(form)) return event.preventDefault();
    underWay.add(form);
    // A page that doesn't come in this time was stopped; the form's id keeps a second sending harmless.
    setTimeout(() => underWay.delete(form), 5000);
  });
  board.addEventListener("formdata", ({ target: form }) => {
    if (form.matches("[data-quick-add]")) form.elements.title.value = "";
  });
  addEventListener("pageshow", () => underWay.clear());
  board.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-adds]");
    const field = link && document.getElementById(link.dataset.adds)?.querySelector("textarea");
    if (!field) return;
    event.preventDefault();
    reveal(field);
  });
}

// An empty title is stopped by the field's own `required`, which says so.
function send(form, thenOpen) {
  form.elements.then.value = thenOpen ? "open" : "";
  form.requestSubmit();
}
