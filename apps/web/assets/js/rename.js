// A card's title is renamed in place: e, or Rename in its menu ([data-rename]). Enter saves (outbox.js), Escape closes and
// keeps a draft, which the card's own page knows too. Should somebody have saved another title meanwhile, the form is sent as
// one to the card's page, which shows both texts.
import { forget, restore } from "./drafts.js";
import { focusCard } from "./place.js";
import { closeMenu } from "./opens.js";
import { tellDoubt, tellRefusal } from "./refusal.js";
import { reveal } from "./reveal.js";
import { line } from "./text.js";
import { tell } from "./undo.js";

/** Listens for the menus' links, and returns what opens the form on a card. */
export function startRename(board, outbox) {
  const waiting = new Map(); // a card's id → its stored title, and how many of its renames have no answer yet
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
    save(event.target);
  });

  function save(form) {
    const { card: id } = form.closest(".card").dataset;
    const find = () => board.querySelector(`[data-card="${id}"]`);
    const link = () => find()?.querySelector(".card-title a");
    const was = link().textContent;
    const title = line(form.elements.title.value);
    close(form);
    if (title === was) return forget(form.elements.title);
    const { stored, count } = waiting.get(id) ?? { stored: was, count: 0 };
    waiting.set(id, { stored, count: count + 1 });
    const show = (text) => link()?.replaceChildren(text);
    show(title);
    find().dataset.saving = "";
    const change = { method: "PATCH", path: `cards/${id}`, body: { title }, ifMatch: form.elements.version.value, draft: form.elements.title.dataset.draft, cards: [find()], putBack: () => show(was), answered };
    tell(`Renamed to ${title}`, outbox.send(change));

    function answered(answer) {
      const card = find();
      const { stored, count } = waiting.get(id);
      if (count > 1) waiting.set(id, { stored: answer.ok ? title : stored, count: count - 1 });
      else {
        waiting.delete(id);
        delete card?.dataset.saving;
      }
      if (answer.ok) {
        if (card) card.dataset.version = answer.body.version;
        return;
      }
      if (answer.inDoubt) return tellDoubt(board, answer);
      if (link()?.textContent !== title) return tellRefusal(answer); // taken back meanwhile, or renamed again
      show(stored);
      form.elements.version.value = change.ifMatch;
      card.prepend(form);
      if (answer.status === 412) return form.submit();
      form.elements.title.focus();
      tellRefusal(answer, "The title is as it was.");
    }
  }
  return open;
}

function close(form) {
  const card = form.closest(".card");
  form.remove();
  focusCard(card);
}
