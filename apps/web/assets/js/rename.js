// A card's title is renamed in place: e, or Rename in its menu ([data-rename]). Enter saves, Escape closes and keeps a
// draft, which the card's own page knows too. Should somebody have saved another title meanwhile, the form is sent as
// one to the card's page, which shows both texts.
import { patch } from "./api.js";
import { forget, restore } from "./drafts.js";
import { focusCard } from "./keyboard.js";
import { closeMenu } from "./opens.js";
import { tellRefusal } from "./refusal.js";
import { reveal } from "./reveal.js";
import { line } from "./text.js";
import { tell } from "./undo.js";

/** Listens for the menus' links, and returns what opens the form on a card. */
export function startRename(board) {
  const template = board.querySelector("template[data-rename-form]");
  const open = (card) => {
    if (card.querySelector(".rename")) return;
    const link = card.querySelector(".card-title a");
    const form = template.content.firstElementChild.cloneNode(true);
    const { title, version } = form.elements;
    form.action = link.href;
    version.value = card.dataset.version;
    title.defaultValue = link.textContent;
    title.dataset.draft = `title:${card.dataset.card}`;
    card.prepend(form);
    restore(title);
    reveal(title);
    title.select();
  };

  board.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-rename]");
    const form = event.target.closest?.(".rename");
    if (link) {
      event.preventDefault();
      const card = link.closest(".card");
      closeMenu();
      open(card);
    }
    if (form && event.target.closest("[data-leave]")) close(form);
  });
  board.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".rename");
    if (!form) return;
    event.stopPropagation();
    if (event.key === "Escape") close(form);
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "TEXTAREA") return;
    event.preventDefault();
    form.requestSubmit();
  });
  board.addEventListener("submit", (event) => {
    if (!event.target.matches(".rename")) return;
    event.preventDefault();
    save(board, event.target);
  });
  return open;
}

async function save(board, form) {
  const card = form.closest(".card");
  const link = card.querySelector(".card-title a");
  const was = link.textContent;
  const title = line(form.elements.title.value);
  close(form);
  if (title === was) return forget(form.elements.title);
  link.textContent = title;
  card.dataset.saving = "";
  const answer = await patch(`/v1/boards/${board.dataset.board}/cards/${card.dataset.card}`, { title }, form.elements.version.value);
  delete card.dataset.saving;
  if (answer.ok) {
    card.dataset.version = answer.body.version;
    tell(`Renamed to ${title}`, answer.body);
    return forget(form.elements.title);
  }
  link.textContent = was;
  card.prepend(form);
  if (answer.status === 412) return form.submit();
  form.elements.title.focus();
  tellRefusal(answer, "The title is as it was.");
}

function close(form) {
  const card = form.closest(".card");
  form.remove();
  focusCard(card);
}
