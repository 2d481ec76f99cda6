// The rows of the palette, as a listbox in groups. All that people wrote goes in as text.

const atOnce = 14; // rows, which is what a window shows
const pause = 200; // milliseconds without a key, and the rest are drawn

/**
 * @returns the list's element; draw shows rows, where what is shown already stays the element that it was, under the pointer
 * too, and the marked one marked unless all is fresh; move, first, last and chosen are about the marked one
 */
export function listOf(field) {
  const list = element("div", "palette-list");
  Object.assign(list, { id: "palette-list", role: "listbox", ariaLabel: "What was found" });
  const drawnGroups = new Map(); // by their names
  let groups = [];
  let rows = []; // of all groups
  let drawn = 0;
  let rest = 0;
  let at = 0;
  let isScrolled = false;

  list.addEventListener("scroll", () => (isScrolled = true));

  function draw(found, isFresh) {
    const kept = isFresh ? undefined : rows[at]?.item;
    groups = found;
    rows = groups.flatMap((group) => group.rows);
    const next = Math.max(0, rows.findIndex(({ item }) => item === kept));
    put(Math.max(atOnce, next + 1, isFresh ? 0 : drawn));
    if (isFresh && isScrolled) list.scrollTop = 0; // which lays the page out at once
    isScrolled &&= !isFresh;
    mark(next);
    clearTimeout(rest);
    if (drawn < rows.length) rest = setTimeout(() => (put(rows.length), mark(at)), pause);
  }

  // Draws so many rows.
  function put(count) {
    drawn = 0;
    const shown = [];
    for (const { name, rows: found } of groups) {
      if (drawn >= count) break;
      const group = drawnGroups.get(name) ?? groupOf(name);
      drawnGroups.set(name, group);
      hold(group, [group.firstChild, ...found.slice(0, count - drawn).map((one) => rowOf(one, drawn++, rows.length))]);
      shown.push(group);
    }
    hold(list, shown);
  }

  function mark(next) {
    rows[at]?.item.row?.setAttribute("aria-selected", "false");
    at = next;
    if (at >= drawn && rows[at]) put(rows.length);
    const row = rows[at]?.item.row;
    row?.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", row?.id ?? "");
    return row;
  }

  list.addEventListener("pointermove", ({ target, movementX, movementY }) => {
    const over = rows.findIndex(({ item }) => item.row?.contains(target));
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
    itemAt: (target) => rows.find(({ item }) => item.row?.contains(target))?.item,
  };
}

// What stays isn't moved: a press that has begun on it is still one.
function hold(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  for (const [at, child] of children.entries()) if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
}

function groupOf(name) {
  const group = element("div", "palette-group");
  const head = group.appendChild(element("div", "palette-name", name));
  head.id = `palette-${name.replace(" ", "-")}`;
  group.role = "group";
  group.setAttribute("aria-labelledby", head.id);
  return group;
}

function rowOf({ item, spans }, at, count) {
  const row = (item.row ??= drawRow(item));
  row.id = `palette-${at}`;
  for (const [name, value] of Object.entries({ selected: false, posinset: at + 1, setsize: count })) row.setAttribute(`aria-${name}`, value);
  if (item.marked !== String(spans)) row.querySelector(".palette-label").replaceChildren(...marked(item.label, spans));
  item.marked = String(spans);
  return row;
}

function drawRow(item) {
  const row = element(item.href ? "a" : "div", "menu-item");
  Object.assign(row, { role: "option", tabIndex: -1 });
  if (item.href) row.href = item.href;
  const label = element("span", "palette-label");
  label.dir = "auto";
  row.append(icon(item.icon ?? "i-move", "icon s"), label);
  if (item.hint) row.append(element("span", "palette-hint", item.hint));
  if (item.key) row.append(element("kbd", "", item.key));
  return row;
}

function marked(text, spans) {
  const parts = [];
  let done = 0;
  for (const [from, to] of spans) {
    parts.push(text.slice(done, from), element("mark", "", text.slice(from, to)));
    done = to;
  }
  return [...parts, text.slice(done)].filter((part) => part !== "");
}

/** A sign of the sprite that the page has, as ui.Icon draws it. */
export function icon(name, className = "icon") {
  const [sprite] = document.querySelector("use").getAttribute("href").split("#");
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("class", className);
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  drawn.firstChild.setAttribute("href", `${sprite}#${name}`);
  return drawn;
}

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
