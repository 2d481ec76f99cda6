// What one can do on the page: the links, buttons and menus in what says [data-actions], and what the menus of the card and
// the column have that had the focus. To do it is to press it.
import { isOff } from "../key.js";
import { find } from "../keys.js";
import { reveal } from "../reveal.js";

const pressed = "a[href], button:not([type=button]), button[data-copy], summary";
const skipped = "summary:is([data-menu] > *):not([data-key], .selection *), .selection .menu *, [role=search] > button, [aria-current=page], [data-grip], [data-close], [data-leave], .tick, .when-plain";
const listed = /^\/boards\/[0-9a-f-]{36}(\/cards\/\d+)?$/; // boards and cards have groups of their own
const field = "textarea, input:not([type=hidden], [type=checkbox], [type=radio])";
const caps = (key) => [...key].map((letter) => letter.toUpperCase()).join(" then ");

export function actions() {
  const dialog = document.querySelector("[data-dialog][open] [data-frame]");
  const places = dialog ? [dialog] : [...document.querySelectorAll("[data-actions]")];
  const here = document.activeElement;
  const all = dialog ? [] : [...menuOf(here.closest(".card"), "card"), ...menuOf(here.closest("[data-column]"), "column")];
  const known = new Map(); // of two that are the same, the one with a key
  const from = here === document.body ? null : here;
  for (const control of places.flatMap((place) => [...place.querySelectorAll(pressed)])) {
    if (control.matches(skipped) || control.disabled || control.closest("[hidden], .asks:not([open]) > :not(summary)") || (control.matches("li a") && listed.test(control.pathname))) continue;
    const label = nameOf(control);
    const one = `${label} ${control.getAttribute("href") ?? ""}`;
    if (!label || known.get(one)?.key || (known.has(one) && !keyOf(control))) continue;
    known.set(one, { label, hint: menuAround(control), key: keyOf(control), href: linkOf(control), icon: iconOf(control), act: () => go(control, from) });
  }
  return [...all, ...known.values()];
}

// The menu isn't drawn until it is opened: here are its items as the page's template has them.
function menuOf(thing, kind) {
  const button = thing?.querySelector(kind === "card" ? ".card > [name=menu]" : ".column-tools > [name=menu]");
  const drawn = button && document.querySelector(`template[data-${kind}-menu]`)?.content;
  const hint = kind === "card" ? thing?.querySelector(".card-title").textContent : thing?.dataset.title;
  return [...(drawn?.querySelectorAll(pressed) ?? [])].map((item, at) => ({
    label: nameOf(item),
    hint,
    key: keyOf(item),
    icon: iconOf(item),
    act() {
      if (button.ariaExpanded !== "true") button.click();
      const drawn = button.nextElementSibling?.querySelectorAll(pressed)[at];
      if (!drawn) return; // the wall's scripts are on their way (hold.js): the menu opens with them
      if (drawn.disabled) drawn.closest(".menu").querySelector(pressed).focus();
      else drawn.click();
    },
  }));
}

function go(control, from) {
  const around = control.matches("summary") ? control.parentElement : control.matches("a") ? null : control.closest("form");
  const first = around?.querySelector(field);
  if (first) reveal(first);
  else if (control.matches("summary")) openMenu(around);
  else press(control, from);
}

// What is in a menu leaves the focus on what opens that: here it goes back to where one came from.
function press(control, from) {
  control.click();
  const { activeElement: now } = document;
  if (!now.matches("[data-menu] > summary") || now === from) return;
  now.blur();
  from?.focus();
}

function openMenu(menu) {
  menu.open = true;
  menu.querySelector(".menu :is(a, button)").focus();
}

// The name of the menu that a control is in says what its own leaves out.
function menuAround(control) {
  const summary = !control.matches("summary") && control.closest(".menu")?.parentElement.querySelector(":scope > summary");
  return summary ? (summary.parentElement.dataset.about ?? nameOf(summary)) : "";
}

function nameOf(control) {
  const name = (control.ariaLabel ?? textOf(control)).replace(/\s+/g, " ").replace(/ (?=[,.…])/g, "").trim();
  return control.ariaPressed === "true" ? name.replace(/^Star /, "Take the star off ") : name;
}

// Parts stand apart, as they are read.
function textOf(node) {
  const parts = [...node.childNodes].filter((part) => !part.matches?.("kbd, code, .count, [aria-hidden=true]"));
  return node.firstChild ? parts.map(textOf).join(" ") : (node.nodeValue ?? "");
}

function keyOf(control) {
  const [key] = control.dataset.key?.split(" ") ?? [];
  const isKeyed = key && !isOff({ key: key[0] }) && find(key) === control; // of several, a key presses one
  return control.querySelector("kbd")?.textContent ?? (isKeyed ? caps(key) : "");
}

const linkOf = (control) => (control.matches("a:not([data-copy])") && !control.hash ? control.pathname + control.search : undefined);
const iconOf = (control) => control.querySelector("use")?.getAttribute("href").split("#")[1];
