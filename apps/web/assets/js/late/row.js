// A row of the palette. It is made once and shows one thing after another, of which only what differs is written: making rows
// anew for each key costs more than all else that a key does.
import { element, icon, signOf } from "./element.js";

/**
 * @returns the row's element; show has it show an item, with where that fits what is typed, as the at-th of so many; mark says
 * whether it is the marked one
 */
export function newRow() {
  const row = element("a", "menu-item");
  const sign = icon("i-move", "icon s");
  const label = element("span", "palette-label");
  const hint = element("span", "palette-hint");
  const key = element("kbd");
  row.append(sign, label);
  Object.assign(row, { role: "option", tabIndex: -1 });
  label.dir = "auto";
  const said = new Map(); // what was written last, by its name

  const isNew = (name, value) => said.get(name) !== value && said.set(name, value);

  function say(name, value) {
    if (!isNew(name, value)) return;
    if (value === undefined) row.removeAttribute(name);
    else row.setAttribute(name, value);
  }

  function part(name, shown, text, before) {
    if (!isNew(name, text)) return;
    shown.textContent = text;
    if (!text) shown.remove();
    else if (!shown.parentNode) row.insertBefore(shown, before);
  }

  const mark = (isMarked) => say("aria-selected", isMarked);
  mark(false);

  function show({ item, spans }, at, count) {
    made.item = item;
    say("id", `palette-${at}`);
    say("href", item.href);
    say("aria-posinset", at + 1);
    say("aria-setsize", count);
    if (isNew("sign", item.icon ?? "i-move")) sign.firstChild.setAttribute("href", signOf(said.get("sign")));
    if (isNew("label", `${item.label}\n${spans}`)) write(label, partsOf(item.label, spans));
    part("key", key, item.key ?? "", null);
    part("hint", hint, item.hint ?? "", key.parentNode && key);
  }

  const made = { row, item: null, show, mark };
  return made;
}

// The text in parts, by turns plain and marked; there may be nothing of it before the first mark.
function partsOf(text, spans) {
  const parts = [];
  let done = 0;
  for (const [from, to] of spans) {
    parts.push(text.slice(done, from), text.slice(from, to));
    done = to;
  }
  return [...parts, text.slice(done)];
}

// As many parts as there are already get other texts.
function write(label, parts) {
  while (label.childNodes.length > parts.length) label.lastChild.remove();
  parts.forEach((text, at) => {
    const place = label.childNodes[at] ?? label.appendChild(at % 2 ? element("mark", "", " ") : document.createTextNode(""));
    const node = at % 2 ? place.firstChild : place;
    if (node.data !== text) node.data = text;
  });
}
