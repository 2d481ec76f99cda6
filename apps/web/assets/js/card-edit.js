// What makes a card quick to edit: a press on its title or text opens the field, Preview shows the server's drawing in
// place, the list of labels is filtered as one types, and a link is copied.
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
    if (event.target.matches?.("[data-filter]") && event.key === "Enter") toggleOnly(event);
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

function filter(field) {
  const words = field.value.trim().toLocaleLowerCase();
  const menu = field.closest(".menu");
  let left = 0;
  for (const row of menu.querySelectorAll("[data-filtered] > li")) {
    row.hidden = !row.textContent.toLocaleLowerCase().includes(words);
    if (!row.hidden) left++;
  }
  menu.querySelector("[data-none]").hidden = left > 0;
  const made = menu.querySelector("[data-new-label]");
  if (made.value === "" || "copied" in made.dataset) {
    made.value = left === 0 ? field.value.trim() : "";
    made.dataset.copied = "";
  }
}

// Enter in the filter takes the only label that is left.
function toggleOnly(event) {
  event.preventDefault();
  const boxes = event.target.closest(".menu").querySelectorAll('[data-filtered] > li:not([hidden]) [type="checkbox"]');
  if (boxes.length === 1) boxes[0].click();
}
