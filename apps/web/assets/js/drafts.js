// [data-draft="key"] on a text field: what is half typed outlives a reload, a closed box and a form that never
// arrived, in this tab only, until a page shows that it is stored or its writer signs out. So sending removes
// nothing; the next page settles it: a field that says data-draft-over holds the stored text itself, and what a
// form makes is known by the id that the form sent.
//
// A field that the server filled in is left alone unless it says data-draft-over: then the draft wins, and
// brings back the version that it was begun from, so that saving it over a newer text is seen as the conflict
// it is. [data-sends="key"] is a field that sends another text in the draft's place, [data-forgets="key"] a
// link that gives the draft up.
import { line } from "./text.js";

const prefix = "draft:";
const origins = ["version", "was", "id"]; // the fields that say what a form was made from, or is to make
const name = (field) => prefix + (field.dataset.draft ?? field.dataset.sends);
const part = (field, of) => field.form?.elements.namedItem(of);
const isOver = (field) => "draftOver" in field.dataset;
const wasRefused = (field) => field.getAttribute("aria-invalid") === "true";

export function startDrafts(root) {
  const arrive = () => {
    for (const key of drafts()) settle(root, key);
    for (const field of root.querySelectorAll("[data-draft]")) restore(field);
  };
  arrive();
  root.addEventListener("arrive", arrive);
  root.addEventListener("input", (event) => {
    if (event.target.dataset?.draft) keep(event.target);
  });
  root.addEventListener("submit", ({ target: form }) => {
    if (form.getAttribute("action") === "/api/auth/sign-out") return drafts().forEach((key) => sessionStorage.removeItem(key));
    for (const field of form.querySelectorAll("[data-draft], [data-sends]")) if (field.value) write(field, field.value);
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-forgets]");
    if (link) sessionStorage.removeItem(prefix + link.dataset.forgets);
  });
}

const drafts = () => Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
const read = (key) => JSON.parse(sessionStorage.getItem(key) ?? "null");

/** Keeps a text that was refused on another page than its own, before what is kept there already. */
export function giveBack(key, text) {
  sessionStorage.setItem(prefix + key, JSON.stringify({ text: [text, read(prefix + key)?.text].filter(Boolean).join("\n") }));
}

/** Gives up what was typed into a field: it is stored. */
export const forget = (field) => sessionStorage.removeItem(name(field));

function write(field, sent) {
  const draft = { text: field.value, sent };
  for (const of of origins) draft[of] = part(field, of)?.value;
  sessionStorage.setItem(name(field), JSON.stringify(draft));
}

function keep(field) {
  const { value, defaultValue } = field;
  const sent = read(name(field))?.sent;
  const untouched = value === defaultValue && !wasRefused(field);
  if (sent === undefined && (untouched || (value === "" && !isOver(field)))) return sessionStorage.removeItem(name(field));
  write(field, sent);
}

// What was typed on after sending belongs to the next thing, and so to the next form's id.
function settle(root, key) {
  const { id, text, sent } = read(key);
  if (!id || !root.querySelector(["saved", "board", "column", "card"].map((kind) => `[data-${kind}="${CSS.escape(id)}"]`).join())) return;
  if (text === sent || text === "") sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify({ text }));
}

/** Brings back what was half typed into a field. */
export function restore(field) {
  const draft = read(name(field));
  if (!draft || wasRefused(field) || (field.value !== "" && !isOver(field))) return;
  if (isOver(field) && same(field, draft.text)) return sessionStorage.removeItem(name(field));
  field.value = draft.text;
  for (const of of origins) if (draft[of] && part(field, of)) part(field, of).value = draft[of];
}

// The server drops white space around a text, and makes a title one line.
function same(field, text) {
  const plain = (s) => ("oneLine" in field.dataset ? line(s) : s.trim());
  return plain(field.defaultValue) === plain(text);
}
