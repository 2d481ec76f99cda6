// Makes a part of this page what a page of the server shows, and leaves alone what is the same there: the focus, a selection, what is
// open and where one has scrolled to stay. A form that somebody writes in stays whole (held.js).
import { hasHeld, isHeld } from "./held.js";
import { moveTo } from "./spot.js";

const near = 20; // places
const ownMarks = ["open", "data-kept", "data-sent"]; // what the page says of itself

/** touch is called with each element whose words changed, or in which something came or went. */
export function morph(was, now, touch) {
  if (was.isEqualNode(now)) return;
  if (was.nodeType !== Node.ELEMENT_NODE) return reword(was, now, touch);
  if (was.matches("time") && was.dateTime === now.dateTime) return; // its words are times.js's
  if (was.matches("form") && isHeld(was)) return;
  for (const { name, value } of now.attributes) if (was.getAttribute(name) !== value) was.setAttribute(name, value);
  for (const { name } of [...was.attributes]) if (!now.hasAttribute(name) && !ownMarks.includes(name)) was.removeAttribute(name);
  morphInside(was, now, touch);
  if (was.matches("input[name], textarea")) refill(was);
}

function morphInside(was, now, touch) {
  const left = [...was.childNodes];
  const coming = [...now.childNodes];
  const pairs = pair(left, coming);
  const stays = new Set(pairs.values());
  for (const node of left) {
    if (stays.has(node) || (node.nodeType === Node.ELEMENT_NODE && hasHeld(node))) continue;
    node.remove();
    touch(was);
  }
  let at = was.firstChild;
  for (const next of coming) {
    while (at && !stays.has(at)) at = at.nextSibling; // what is held though it isn't offered any more
    const node = pairs.get(next) ?? document.importNode(next, true);
    if (pairs.has(next)) morph(node, next, touch);
    else touch(was);
    if (node === at) at = at.nextSibling;
    else moveTo(was, node, at);
  }
}

// What begins and ends alike is the same; between, what has the same name is, then what is equal, and then what is of one kind.
function pair(left, coming) {
  const pairs = new Map();
  const both = Math.min(left.length, coming.length);
  const isSame = (at) => left.at(at).isEqualNode(coming.at(at));
  let head = 0;
  while (head < both && isSame(head)) head++;
  let tail = 0;
  while (tail < both - head && isSame(-1 - tail)) tail++;
  coming.forEach((next, i) => {
    if (i < head) pairs.set(next, left[i]);
    else if (i >= coming.length - tail) pairs.set(next, left[i - coming.length + left.length]);
  });
  for (const nameOf of [keyOf, printOf]) {
    const taken = new Set(pairs.values());
    const known = Map.groupBy(left.filter((node) => !taken.has(node)), nameOf);
    for (const next of coming) {
      const node = !pairs.has(next) && nameOf(next) && known.get(nameOf(next))?.shift();
      if (node) pairs.set(next, node);
    }
  }
  pairBetween(left, coming, pairs);
  return pairs;
}

// What is changed is looked for between what stands around it, and not far from its place: texts may be long.
function pairBetween(left, coming, pairs) {
  const taken = new Set(pairs.values());
  const places = new Map(left.map((node, i) => [node, i]));
  const ends = []; // where what stands behind it begins
  coming.reduceRight((end, next, i) => ((ends[i] = end), pairs.has(next) ? places.get(pairs.get(next)) : end), left.length);
  let from = 0;
  coming.forEach((next, i) => {
    if (!pairs.has(next)) {
      const kind = kindOf(next);
      const node = left.slice(from, Math.min(ends[i], from + near)).find((each) => !taken.has(each) && kind && kindOf(each) === kind);
      if (!node) return;
      pairs.set(next, node);
      taken.add(node);
    }
    from = places.get(pairs.get(next)) + 1;
  });
}

// A line in a list is known by its box, or by what its form would set; a form by where it leads.
const idOf = (node) => node.getAttribute?.("id"); // a form's id may be a field of it
const keyOf = (node) => idOf(node) || keys[node.nodeName]?.(node);
const keys = {
  BUTTON: ({ value }) => value,
  FORM: (form) => form.getAttribute("action"),
  LI: (line) => line.querySelector(":scope > .tick, :scope > p > .tick")?.ariaLabel ?? line.querySelector("[name=listed]")?.value,
};
const printOf = (node) => node.outerHTML ?? (node.data.trim() && node.data);
const kindOf = (node) => !idOf(node) && `${node.nodeName} ${node.className}`;

// Only what differs is replaced, so that what is selected beside it stays so.
function reword(was, now, touch) {
  const [old, words] = [was.data, now.data];
  const most = Math.min(old.length, words.length);
  let head = 0;
  while (head < most && old[head] === words[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === words.at(-1 - tail)) tail++;
  was.replaceData(head, old.length - head - tail, words.slice(head, words.length - tail));
  touch(was.parentElement);
}

// Nobody has written in it: it holds what the server says.
function refill(field) {
  if (field.matches("[type=checkbox], [type=radio]")) field.checked = field.defaultChecked;
  else if (field.value !== field.defaultValue) field.value = field.defaultValue;
}
