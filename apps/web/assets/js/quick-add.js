// [data-quick-add] on the form at a column's foot: Enter adds and stays, Shift+Enter adds and opens the card, Escape
// closes and keeps the text (drafts.js). The card is on the wall at once, and on its way in the order in which things
// are done (outbox.js); a refused one leaves its text in the box. Of several lines, as after pasting, Enter makes a card
// each ([data-each]); the other button makes one of them. A button called "add" opens the
// box in place, and puts it there first, out of the page's template.
import { drawCard, numberCard } from "./card-new.js";
import { forget, restore } from "./drafts.js";
import { newID } from "./id.js";
import { columnOf, recount } from "./place.js";
import { tellRefusal } from "./refusal.js";
import { reveal } from "./reveal.js";
import { copyOf, forColumn } from "./template.js";
import { counted, line } from "./text.js";
import { tell } from "./undo.js";

const most = 100; // lines; the server says so of more
const bullet = /^[-*+•] (?:\[[ xX]\] )?/; // begins a line of a list that was copied elsewhere; quick_add_lines.go knows the same

/** Listens on the wall. */
export function startQuickAdd(board, outbox) {
  const ids = new Map(); // of texts that came back, which may have been added all the same

  for (const form of board.querySelectorAll("[data-quick-add]")) offerLines(form);
  board.addEventListener("input", ({ target }) => {
    if (!target.form?.matches("[data-quick-add]")) return;
    offerLines(target.form);
    target.form.scrollIntoView({ block: "nearest" }); // it grew
  });
  board.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("[data-quick-add]");
    if (!form || event.target.tagName !== "TEXTAREA" || event.isComposing) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (!event.repeat) press(form, event.shiftKey);
    }
  });
  board.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-quick-add]");
    if (!form) return;
    const { title: field, then } = form.elements;
    const titles = event.submitter?.name === "each" ? field.value.split("\n").map((each) => line(each).replace(bullet, "")).filter(Boolean) : [line(field.value)];
    if (titles.length > most) return;
    event.preventDefault();
    empty(form);
    if (titles[0]) add(form, titles, then.value === "open");
    field.focus({ preventScroll: true });
  });
  board.addEventListener("click", (event) => {
    const button = event.target.closest?.('[name="add"]');
    if (!button) return;
    event.preventDefault();
    reveal(fieldOf(columnOf(button)));
  });

  // All of one text is one change, which is undone as one.
  function add(form, titles, thenOpen) {
    const column = columnOf(form);
    const text = titles.join("\n");
    const key = `${column.id} ${text}`;
    const cards = ids.get(key) ?? titles.map((title) => ({ id: newID(), title }));
    const drawn = cards.map((card) => drawCard(column, card));
    const column_id = column.dataset.column;
    drawn.forEach(() => recount(null, column));
    outbox.send({
      path: cards[1] ? "cards/list" : "cards",
      body: cards[1] ? { column_id, cards } : { column_id, ...cards[0] },
      answered({ ok, body, ...answer }) {
        if (!ok) {
          for (const card of drawn) card.remove(), recount(column, null);
          ids.set(key, cards);
          giveBack(form, text);
          return tellRefusal(answer, "What you typed is in the box again.");
        }
        ids.delete(key);
        const { title } = column.dataset;
        tell(cards[1] ? `${counted(cards.length)} added to ${title}` : `Added “${text}” to ${title}`, body);
        const made = body.cards ?? [body];
        drawn.forEach((card, i) => numberCard(card, column, made[i])); // which says it instead, if the filter leaves the card out
        if (thenOpen) drawn[0].querySelector(".card-title a").click();
      },
    });
  }
}

// The field of a column's box, which takes the place of the button that opens it.
function fieldOf(column) {
  const button = column.querySelector(".adds");
  if (button) {
    const box = forColumn(copyOf("data-adder"), column);
    box.querySelector("[name=id]").value = newID();
    button.replaceWith(box);
    box.open = true;
    restore(box.querySelector("textarea"));
    offerLines(box.querySelector("form"));
  }
  return column.querySelector("[data-quick-add] textarea");
}

// Several lines are a choice: the button of the form's menu says how many cards they would be.
function offerLines(form) {
  const lines = form.elements.title.value.split("\n").map(line).filter(Boolean).length;
  form.classList.toggle("has-lines", lines > 1);
  form.querySelector("[data-each]").textContent = `Add ${lines} cards`;
  form.querySelector("[data-one]").textContent = lines > 1 ? "Add as one" : "Add card";
}

// An empty title is stopped by the field's own `required`, which says so.
function press(form, thenOpen) {
  form.elements.then.value = thenOpen ? "open" : "";
  const each = !thenOpen && form.classList.contains("has-lines");
  form.requestSubmit(form.querySelector(each ? "[data-each]" : "[data-one]"));
}

function empty(form) {
  const field = form.elements.title;
  field.value = "";
  field.removeAttribute("aria-invalid");
  delete form.dataset.back;
  forget(field);
  offerLines(form);
}

// What comes back stands before what was typed since, each on a line of its own.
function giveBack(form, title) {
  const field = form.elements.title;
  const { back = "" } = form.dataset; // came before it
  const [before, since] = back && field.value.startsWith(back) ? [back, field.value.slice(back.length)] : ["", field.value];
  form.dataset.back = [before, title].filter(Boolean).join("\n");
  field.value = [form.dataset.back, since.replace(/^\n/, "")].filter(Boolean).join("\n");
  field.dispatchEvent(new Event("input", { bubbles: true })); // drafts.js keeps it
  field.closest("details").open = true;
}
