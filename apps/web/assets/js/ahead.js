// Keys that somebody hits ahead of what they are for: a page over the board that is on its way, or that is about to shut. They are
// kept until then, and hit again in their order. In a field beside it one types on; Escape gives up what is on its way.
import { isTyping } from "./key.js";

const kept = /^(.|Enter|Backspace|Escape|Arrow.+|Home|End)$/;
let ahead = null; // what was hit since
let holder = null; // who asked for it last

/** Keeps keys until what it returns is called; giveUp is called on Escape. Whoever asks for it meanwhile takes over what is kept. */
export function keepKeys(giveUp = () => {}) {
  ahead ??= [];
  const mine = (holder = { giveUp });
  return () => {
    if (holder !== mine) return;
    const keys = ahead;
    ahead = holder = null;
    while (keys.length > 0 && !ahead) hitAgain(keys.shift());
    ahead?.push(...keys);
  };
}

/** Does once more what was held (hold.js). */
export function doAgain(event) {
  const { target, type } = event;
  if (type === "submit") target.requestSubmit(event.submitter);
  else if (type === "popstate") dispatchEvent(new PopStateEvent(type, { state: event.state }));
  else if (type === "click") target.dispatchEvent(new MouseEvent(type, event));
  else if (ahead) ahead.push(event);
  else hitAgain(event);
}

// A script's event has a browser do nothing of its own.
function hitAgain(event) {
  const { activeElement: focused } = document;
  const { key, ctrlKey, metaKey } = event;
  if (!focused.dispatchEvent(new KeyboardEvent("keydown", event)) || ctrlKey || metaKey) return;
  if (isTyping(focused)) type(focused, key);
  else if (focused.matches("a, button, summary") && (key === "Enter" || (key === " " && !focused.href))) focused.click();
}

function type(field, key) {
  if (key.length === 1) document.execCommand("insertText", false, key);
  else if (key === "Backspace") document.execCommand("delete");
  else if (key === "Enter" && field.tagName === "INPUT") [...field.form.elements].find(({ type }) => type === "submit")?.click();
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!ahead || !event.isTrusted || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !kept.test(key)) return;
  if (isTyping(target) && !target.closest("dialog")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (key === "Escape") ahead.length = 0, holder.giveUp();
  else if (!event.repeat) ahead.push(event);
}, true);
