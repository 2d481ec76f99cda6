// [data-edit] on a <details> that holds a form (boxes.js): Escape closes it and keeps the text, Ctrl or Cmd with Enter saves, in a
// field of [data-one-line] Enter alone. [data-close] inside closes it.
export function startSubmitKeys(root) {
  root.addEventListener("click", (event) => {
    const close = event.target.closest?.("[data-close]");
    if (!close) return;
    event.preventDefault();
    shut(close.closest("details"));
  });
  root.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("details[data-edit][open]");
    if (!box) return;
    if (event.key === "Escape") shut(box);
    const saves = event.key === "Enter" && !event.isComposing && (event.ctrlKey || event.metaKey || "oneLine" in event.target.dataset);
    if (!saves || !event.target.form) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
}

function shut(box) {
  box.open = false;
  box.querySelector("summary").focus();
}
