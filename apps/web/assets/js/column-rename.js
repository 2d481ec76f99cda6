// [data-retitle] on a column's name: pressed, it becomes a field. Enter or leaving it saves, Escape puts the name
// back. A name that somebody else has changed meanwhile is for the column's own page, which shows both.
import { isPlain } from "./click.js";
import { renameOffer } from "./filter.js";
import { tellDoubt, tellRefusal } from "./refusal.js";
import { line } from "./text.js";
import { tell } from "./undo.js";

export function startColumnRename(board, outbox) {
  const template = document.querySelector("[data-retitle-form]");
  if (!template) return;

  board.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-retitle]");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    edit(link);
  });

  function edit(link) {
    const column = link.closest("[data-column]");
    const heading = link.closest("h2");
    const form = template.content.firstElementChild.cloneNode(true);
    const field = form.elements.title;
    form.action = `/boards/${board.dataset.board}/columns/${column.dataset.column}`;
    field.value = form.elements.was_title.value = column.dataset.title;
    heading.classList.add("vh"); // a heading still, so that the cards' own stand under one
    heading.after(form);
    field.select();
    field.focus();

    let open = true;
    const close = (keepFocus) => {
      open = false;
      form.remove();
      heading.classList.remove("vh");
      if (keepFocus) link.focus();
    };
    const save = (keepFocus) => {
      const title = line(field.value);
      const was = column.dataset.title;
      close(keepFocus);
      if (title === "" || title === was) return;
      store(column, form, title, was);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (open) save(true);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") close(true);
      event.stopPropagation();
    });
    field.addEventListener("blur", () => open && document.hasFocus() && save(false));
  }

  function store(column, form, title, was) {
    const change = { method: "PATCH", path: `columns/${column.dataset.column}`, body: { title }, ifMatch: column.dataset.version, putBack: () => name(column, was), answered };
    name(column, title);
    tell(`Renamed to ${title}`, outbox.send(change));

    function answered(answer) {
      if (answer.ok) {
        column.dataset.version = answer.body.version;
      } else if (answer.inDoubt) {
        tellDoubt(board, answer);
      } else if (column.dataset.title !== title) {
        tellRefusal(answer); // taken back meanwhile, or renamed again
      } else if (answer.status === 412) {
        form.elements.version.value = change.ifMatch;
        form.elements.was_title.value = was;
        form.elements.title.value = title;
        form.hidden = true;
        document.body.append(form);
        form.submit();
      } else {
        name(column, was);
        tellRefusal(answer, "The column keeps its name.");
      }
    }
  }
}

/** Writes a column's name wherever the page shows it. */
export function name(column, title) {
  renameOffer(column.dataset.title, title);
  column.dataset.title = title;
  column.querySelector("h2").title = title;
  const places = [`#${column.id} [data-name]`, `[data-column-nav] a[href="#${column.id}"] [data-name]`];
  for (const place of document.querySelectorAll(places.join())) place.textContent = (place.dataset.name ?? "") + title;
}
