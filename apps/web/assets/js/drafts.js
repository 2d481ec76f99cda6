// [data-draft="key"] on a text field: what is half typed outlives a reload, a closed box or tab, a form that never
// arrived and a sign-in that ended, until a page shows that it is stored or its writer signs out (leave.js). So sending removes
// nothing; the next page settles it: a field that says data-draft-over holds the stored text itself, and what a
// form makes is known by the id that the form sent.
//
// A field that the server filled in is left alone unless it says data-draft-over: then the draft wins, and
// brings back the version that it was begun from, so that saving it over a newer text is seen as the conflict
// it is. In a card's [data-edit], a draft of an earlier page is set aside and offered (draft-offer.js).
// Two tabs that write at the same one keep a text each: what another tab is at is set aside, to be offered, or where it is to
// make something, to be brought back once this one is made.
// [data-sends="key"] is a field that sends another text in the draft's place, [data-forgets="key"] a link that gives the
// draft up.
import { drafts, drop, isOfThisPage, page, read, startStore, write } from "./draft-store.js";
import { line } from "./text.js";

const origins = ["version", "was", "id"]; // the fields that say what a form was made from, or is to make
const name = (field) => field.dataset.draft ?? field.dataset.sends;
const aside = (field) => `${name(field)}~`; // begins the names of what is set aside
const part = (field, of) => field.form?.elements.namedItem(of);
const isOver = (field) => "draftOver" in field.dataset;
const filled = new WeakMap(); // field → the draft's text that was put into it
const tab = () => sessionStorage.getItem("tab"); // its name (tab.js)
const isOurs = (field, draft) => (draft.tab ?? tab()) === tab() || filled.get(field) === draft.text; // else it is another tab's
const wasRefused = (field) => field.getAttribute("aria-invalid") === "true";

export function startDrafts(root) {
  startStore();
  const arrive = () => {
    for (const key of drafts()) settle(root, key);
    for (const key of drafts()) bringBack(key);
    for (const field of root.querySelectorAll("[data-draft]")) restore(field);
  };
  arrive();
  root.addEventListener("arrive", arrive);
  root.addEventListener("input", (event) => {
    if (event.target.dataset?.draft) keep(event.target);
  });
  root.addEventListener("submit", ({ target: form }) => {
    for (const field of form.querySelectorAll("[data-draft], [data-sends]")) if (field.value) remember(field, field.value);
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-forgets]");
    if (link && read(link.dataset.forgets)?.tab === tab()) drop(link.dataset.forgets);
  });
}

/** Gives the text of new cards that aren't made back to the box that it was typed into, before what is kept there. Returns whether there was one. */
export function giveTextBack({ body }) {
  const text = body?.column_id && (body.title ?? body.cards?.map(({ title }) => title).join("\n"));
  const box = `card:${body?.column_id}`;
  if (text) write(box, { text: [text, read(box)?.text].filter(Boolean).join("\n") });
  return Boolean(text);
}

/** Gives up what was typed into a field: it is stored. */
export function forget(field) {
  if (there(field)) drop(name(field));
  drop(`${aside(field)}${page}`);
}

/** Gives up what is kept of a title that is stored. */
export function forgetTitle(key, title) {
  if (line(read(key)?.text ?? "") === title) drop(key);
}

// What this tab keeps of a field.
function there(field) {
  const draft = read(name(field));
  return draft && isOurs(field, draft) ? draft : null;
}

function remember(field, sent) {
  const draft = { text: field.value, sent, tab: tab() };
  const other = !there(field) && read(name(field));
  if (other) write(`${aside(field)}${other.page}`, other);
  drop(`${aside(field)}${page}`);
  for (const of of origins) draft[of] = part(field, of)?.value;
  write(name(field), draft);
}

function keep(field) {
  const { value, defaultValue } = field;
  const sent = there(field)?.sent;
  const untouched = value === defaultValue && !wasRefused(field);
  if (sent === undefined && (untouched || (value === "" && !isOver(field)))) return forget(field);
  remember(field, sent);
}

// What was typed on after sending belongs to the next thing, and so to the next form's id.
function settle(root, key) {
  const { id, text, sent, tab } = read(key);
  if (!id || !root.querySelector(["saved", "board", "column", "card"].map((kind) => `[data-${kind}="${CSS.escape(id)}"]`).join())) return;
  if (text === sent || text === "") drop(key);
  else write(key, { text, tab });
}

// What was set aside and is to make something has no page that offers it.
function bringBack(key) {
  const [name, from] = key.split("~");
  const draft = read(key);
  if (!from || draft.version || read(name)) return;
  write(name, draft);
  drop(key);
}

/** Brings back what was half typed into a field, or offers it. */
export function restore(field) {
  const isOffered = isOver(field) && part(field, "was") && field.closest("details[data-edit]");
  const draft = read(name(field));
  if (draft && !wasRefused(field) && (field.value === "" || isOver(field))) {
    if (isOver(field) && same(field, draft.text)) drop(name(field));
    else if (!isOffered || isOfThisPage(draft)) fill(field, draft);
    else setAside(field, draft);
  }
  if (isOffered) for (const key of drafts().filter((key) => key.startsWith(aside(field))).sort()) offerAgain(field, key);
}

function setAside(field, draft) {
  write(`${aside(field)}${draft.page}`, draft);
  drop(name(field));
}

async function offerAgain(field, key) {
  const draft = read(key);
  if (same(field, draft.text)) return drop(key);
  const { offer } = await import("./draft-offer.js"); // few pages have anything to offer
  offer(field, key, draft, draft.was !== part(field, "was").value, (restored) => {
    drop(key);
    if (!restored) return;
    fill(field, draft);
    keep(field);
  });
}

// What another tab is to make, and hasn't sent, may still be made there: here it is another thing.
function fill(field, draft) {
  field.value = draft.text;
  filled.set(field, draft.text);
  if (draft.id && (draft.sent !== undefined || draft.tab === tab()) && part(field, "id")) part(field, "id").value = draft.id;
  if (!draft.version) return;
  for (const of of ["version", "was"]) if (part(field, of)) part(field, of).value = draft[of] ?? "";
}

// The server drops white space around a text, and makes a title one line.
function same(field, text) {
  const plain = (s) => ("oneLine" in field.dataset ? line(s) : s.trim());
  return plain(field.defaultValue) === plain(text);
}
