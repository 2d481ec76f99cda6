// What makes a card quick to edit: a press on its title or text opens the field, Preview shows the server's drawing in
// place, a list of labels or columns is filtered as one types, and a link is copied.
import { away, fetchPage } from "./pages.js";
import { say, toast } from "./toast.js";

export function startCardEdit(root) {
  root.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest?.(selector);
    if (hit("[data-opens]") && !hit("a, button") && getSelection().isCollapsed) openBeside(hit("[data-opens]"));
    if (hit("[data-copy]")) {
      event.preventDefault();
      copy(hit("[data-copy]").href);
    }
    if (hit("[data-write]")) write(hit("form"));
    if (hit("[data-look]")) {
      event.preventDefault();
      look(hit("[data-look]"));
    }
  });
  root.addEventListener("input", ({ target }) => {
    if ("filter" in target.dataset) filter(target);
  });
  root.addEventListener("keydown", (event) => {
    if (event.target.matches?.("[data-filter]") && event.key === "Enter") takeOne(event);
  });
}

function openBeside(text) {
  const box = text.closest(".detail-title, .block").querySelector("details.edit");
  box.open = true;
}

function copy(link) {
  navigator.clipboard.writeText(link).then(() => toast("The link is copied."), () => toast("The browser doesn't let pages copy. The link is in the address bar."));
}

function write(form) {
  form.querySelector("#preview").hidden = true;
  press(form, "[data-write]");
  form.classList.remove("is-looking");
  form.elements.description.focus();
}

async function look(button) {
  const { form } = button;
  const answer = await fetchPage(button.formAction, new URLSearchParams(new FormData(form)));
  const drawn = answer?.page.querySelector("#preview");
  if (!drawn) return toast(answer ? "Cardwall couldn't draw that. What you wrote is kept." : away);
  form.querySelector("#preview").replaceWith(drawn);
  press(form, "[data-look]");
  form.classList.add("is-looking");
  say("This is how it will look");
}

function press(form, which) {
  for (const button of form.querySelectorAll("[data-write], [data-look]")) button.setAttribute("aria-pressed", button.matches(which));
}

const wordsOf = (text) => text.trim().toLocaleLowerCase();
const around = (field) => field.closest(".menu, nav");
const rowsOf = (field) => [...around(field).querySelectorAll("[data-filtered] > *")];

function filter(field) {
  const words = wordsOf(field.value);
  let left = 0;
  for (const row of rowsOf(field)) {
    row.hidden = !wordsOf(row.textContent).includes(words);
    if (!row.hidden) left++;
  }
  const none = around(field).querySelector("[data-none]");
  if (none) none.hidden = left > 0;
  const made = around(field).querySelector("[data-new-label]");
  if (made && made.value === (made.dataset.copied ?? "")) { // else somebody has written there
    made.value = left === 0 ? field.value.trim() : "";
    made.dataset.copied = made.value;
  }
}

// Enter in the filter takes what is called so, or the only one that is left.
function takeOne(event) {
  event.preventDefault();
  const left = rowsOf(event.target).filter((row) => !row.hidden);
  const row = left.find(({ textContent }) => wordsOf(textContent) === wordsOf(event.target.value)) ?? (left.length === 1 && left[0]);
  if (row) (row.querySelector('a, [type="checkbox"]') ?? row).click();
}
