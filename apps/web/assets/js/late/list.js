// The rows of the palette, as a listbox in groups. All that people wrote goes in as text.
import { element } from "./element.js";
import { newRow } from "./row.js";

const atOnce = 14; // rows, which is what a window shows
const pause = 400; // milliseconds without a key, and the rest are drawn

/**
 * @returns the list's element; draw shows rows: those of what was typed anew in the elements that are there, else what is shown
 * already stays the element that it was, under the pointer too, and the marked one marked; move, first, last and chosen are
 * about the marked one
 */
export function listOf(field) {
  const list = element("div", "palette-list");
  Object.assign(list, { id: "palette-list", role: "listbox", ariaLabel: "What was found" });
  const drawnGroups = new Map(); // by their names
  let groups = [];
  let rows = []; // of all groups
  let drawn = []; // the first of them, as row.js made them
  let rest = 0;
  let at = 0;
  let marked = null; // of what is drawn
  let isScrolled = false;
  let isPressed = false;

  list.addEventListener("scroll", () => (isScrolled = true));
  list.addEventListener("pointerdown", () => (isPressed = true));
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (isPressed = false));

  function draw(found, isFresh) {
    const kept = isFresh ? undefined : rows[at]?.item;
    groups = found;
    rows = groups.flatMap((group) => group.rows);
    const next = Math.max(0, rows.findIndex(({ item }) => item === kept));
    put(Math.max(atOnce, next + 1, isFresh ? 0 : drawn.length), isFresh && !isPressed);
    if (isFresh && isScrolled) list.scrollTop = 0; // which lays the page out at once
    isScrolled &&= !isFresh;
    mark(next);
    clearTimeout(rest);
    if (drawn.length < rows.length) rest = setTimeout(() => (put(rows.length), mark(at)), pause);
  }

  // Draws so many rows.
  function put(count, isFresh = false) {
    const stay = new Map(isFresh ? [] : drawn.map((one) => [one.item, one]));
    const shown = [];
    drawn = [];
    for (const { name, rows: found } of groups) {
      if (drawn.length >= count) break;
      const group = drawnGroups.get(name) ?? groupOf(name);
      drawnGroups.set(name, group);
      const wanted = found.slice(0, count - drawn.length);
      const spare = group.rows.filter(({ item }) => !stay.has(item));
      const all = wanted.map(({ item }) => group.rows.find((one) => stay.get(item) === one) ?? spare.shift() ?? newRow());
      all.forEach((one, at) => one.show(wanted[at], drawn.length + at, rows.length));
      group.rows = [...new Set([...all, ...group.rows])];
      hold(group.group, [group.head, ...all.map(({ row }) => row)]);
      shown.push(group.group);
      drawn.push(...all);
    }
    hold(list, shown);
  }

  function mark(next) {
    at = next;
    if (at >= drawn.length && rows[at]) put(rows.length);
    if (marked !== drawn[at]) marked?.mark(false);
    marked = drawn[at];
    marked?.mark(true);
    const id = marked?.row.id ?? "";
    if (field.getAttribute("aria-activedescendant") !== id) field.setAttribute("aria-activedescendant", id);
    return marked?.row;
  }

  const placeOf = (target) => drawn.findIndex(({ row }) => row.contains(target));
  list.addEventListener("pointermove", ({ target, movementX, movementY }) => {
    const over = placeOf(target);
    if ((movementX || movementY) && over >= 0 && over !== at) mark(over);
  });
  const go = (next) => mark(next)?.scrollIntoView({ block: "nearest" });
  return {
    list,
    draw,
    move: (by) => go((at + by + rows.length) % rows.length),
    first: () => go(0),
    last: () => go(rows.length - 1),
    chosen: () => rows[at]?.item,
    itemAt: (target) => drawn[placeOf(target)]?.item,
  };
}

// What stays isn't moved: a press that has begun on it is still one.
function hold(parent, children) {
  const wanted = new Set(children);
  let next = parent.firstChild;
  for (const child of [...children, null]) {
    while (next && !wanted.has(next)) next = [next.nextSibling, next.remove()][0];
    if (next === child) next = next?.nextSibling;
    else parent.insertBefore(child, next);
  }
}

function groupOf(name) {
  const group = element("div", "palette-group");
  const head = group.appendChild(element("div", "palette-name", name));
  head.id = `palette-${name.replace(" ", "-")}`;
  group.role = "group";
  group.setAttribute("aria-labelledby", head.id);
  return { group, head, rows: [] };
}
