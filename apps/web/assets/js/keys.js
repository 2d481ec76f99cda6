// Keys that work wherever the focus is: what says [data-key] is pressed by that key, be it in a menu that is shut. Of
// several, the one in the column that has the focus, else the first that can be seen. gs is g, and then s. What lists
// all keys is internal/keys; a card of the wall has keys of its own (keyboard.js).
import { isFree } from "./key.js";
import { reveal } from "./reveal.js";

const patience = 1500; // milliseconds between two keys

export function startKeys() {
  let began = -patience; // when g was pressed
  const listen = (isSecond) => (event) => {
    const { key, timeStamp } = event;
    if (!isFree(event) || event.ctrlKey || event.metaKey) return;
    const control = isSecond ? timeStamp - began < patience && find(`g${key}`) : find(key);
    if (isSecond) began = key === "g" ? timeStamp : -patience;
    if (!control) return;
    event.preventDefault();
    event.stopPropagation();
    press(control);
  };
  addEventListener("keydown", listen(true), true); // before what s is alone
  addEventListener("keydown", listen(false));
}

/** The control of a key, in the dialog that is open or on the page. */
export function find(key) {
  const place = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const all = [...place.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)];
  const near = document.activeElement.closest("[data-column]");
  return all.find((control) => near?.contains(control) && control.checkVisibility()) ?? all.find((control) => control.checkVisibility()) ?? all[0] ?? (key === "?" && place.matches?.("[data-dialog]") && document.querySelector('[data-key="?"]'));
}

/** Does what a press on a control does; one that opens a field goes there. */
export function press(control) {
  if (control.matches("summary")) reveal(control.parentElement.querySelector("textarea, input:not([type=hidden])"));
  else if (control.matches("input")) control.select();
  else control.click();
}
