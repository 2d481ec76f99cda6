// [data-quick-add] on the form at a column's foot: Enter saves and stays, Shift+Enter saves and opens the
// card, Escape closes and keeps the text (drafts.js). While a card is under way the form takes no second: what is
// typed meanwhile belongs to the next one, and Enter begins a new line of it. Of several lines, as after pasting, Enter
// makes a card each ([data-each]); the other button makes one of them. [data-adds="id"] on a link opens the box in place.
import { reveal } from "./reveal.js";

const underWay = new Set();

/** Listens on the wall, and returns what opens the box of a card's column. */
export function startQuickAdd(board) {
  for (const form of board.querySelectorAll("[data-quick-add]")) offerLines(form);
  board.addEventListener("input", ({ target }) => {
    if (target.form?.matches("[data-quick-add]")) offerLines(target.form);
  });
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
  return (card) => reveal(card.closest("[data-column]").querySelector("[data-quick-add] textarea"));
}

// Several lines are a choice: the button of the form's menu says how many cards they would be.
function offerLines(form) {
  const lines = form.elements.title.value.split("\n").filter((line) => line.trim()).length;
  form.classList.toggle("has-lines", lines > 1);
  form.querySelector("[data-each]").textContent = `Add ${lines} cards`;
  form.querySelector("[data-one]").textContent = lines > 1 ? "Add as one" : "Add card";
}

// An empty title is stopped by the field's own `required`, which says so.
function send(form, thenOpen) {
  form.elements.then.value = thenOpen ? "open" : "";
  const each = !thenOpen && form.classList.contains("has-lines");
  form.requestSubmit(form.querySelector(each ? "[data-each]" : "[data-one]"));
}
