// [data-draft="key"] on a text field: what is half typed outlives a reload and a closed box, in this tab
// only, until its form is sent. A field that the server filled in is left alone unless it says
// data-draft-over: then the draft is what the person was writing, and wins.
const name = (field) => `draft:${field.dataset.draft}`;

export function startDrafts(root) {
  for (const field of root.querySelectorAll("[data-draft]")) {
    const draft = sessionStorage.getItem(name(field));
    if (draft && draft !== field.value && (field.value === "" || "draftOver" in field.dataset)) field.value = draft;
  }
  root.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.dataset?.draft) return;
    if (field.value === field.defaultValue || field.value === "") sessionStorage.removeItem(name(field));
    else sessionStorage.setItem(name(field), field.value);
  });
  root.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("[data-draft]")) sessionStorage.removeItem(name(field));
  });
}
