// [data-draft="key"] on a text field: what is half typed outlives a reload and a closed box, in this tab
// only, until its form is sent. A field that the server filled in is left alone unless it says
// data-draft-over: then the draft wins, and brings back the version that it was begun from, so that saving
// it over a newer text is seen as the conflict it is.
const name = (field) => `draft:${field.dataset.draft}`;
const version = (field) => field.form?.elements.version;

export function startDrafts(root) {
  for (const field of root.querySelectorAll("[data-draft]")) restore(field);
  root.addEventListener("input", (event) => {
    if (event.target.dataset?.draft) keep(event.target);
  });
  root.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("[data-draft]")) sessionStorage.removeItem(name(field));
  });
}

function keep(field) {
  const { value, defaultValue } = field;
  if (value === defaultValue || (value === "" && !("draftOver" in field.dataset))) return sessionStorage.removeItem(name(field));
  sessionStorage.setItem(name(field), JSON.stringify({ text: value, version: version(field)?.value }));
}

function restore(field) {
  const draft = JSON.parse(sessionStorage.getItem(name(field)) ?? "null");
  if (!draft || (field.value !== "" && !("draftOver" in field.dataset))) return;
  field.value = draft.text;
  if (draft.version) version(field).value = draft.version;
}
