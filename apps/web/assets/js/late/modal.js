// A dialog over the page that is painted before the page behind it is shut off. showModal would have the browser style all
// of that anew first, which on a wall of thousands of cards takes longer than all else. The next frame shuts it off for
// keys, pointers and screen readers as showModal does.
import { element } from "./element.js";

/** @returns what shows the dialog, and what closes it and gives the focus back; closed is called however it was closed */
export function modal(dialog, closed) {
  const behind = element("div", "palette-behind");
  let shutOff = [];

  function show() {
    if (document.querySelector("dialog:modal")) return document.body.append(dialog), dialog.showModal(); // the page is shut off
    document.body.append(behind, dialog);
    dialog.show();
    requestAnimationFrame(() => setTimeout(shutOffAll));
  }

  function shutOffAll() {
    if (!dialog.open || shutOff.length > 0) return;
    shutOff = [...document.body.children].filter((other) => other !== dialog && other !== behind && !other.inert);
    for (const other of shutOff) other.inert = true;
  }

  // First of all, since what is shut off can't get the focus back.
  function letBack() {
    for (const other of shutOff) other.inert = false;
    shutOff = [];
  }

  function close() {
    letBack();
    dialog.close();
    if (dialog.contains(document.activeElement)) document.activeElement.blur(); // nothing had it: the next key is the page's
  }

  dialog.setAttribute("aria-modal", "true");
  dialog.setAttribute("closedby", "closerequest"); // a phone's way back
  behind.addEventListener("click", close);
  dialog.addEventListener("click", ({ target }) => target === dialog && close());
  dialog.addEventListener("cancel", letBack);
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  dialog.addEventListener("close", () => {
    if (dialog.open) return; // again by now
    dialog.remove();
    behind.remove();
    closed?.();
  });
  return { show, close };
}
