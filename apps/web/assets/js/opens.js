// The menus of cards and columns. A button called "menu" leads to the page with its menu below it; here the menu comes at
// once, out of the page's template. Only one is open at a time; Escape, a choice, a press and the focus elsewhere close it.
import { point } from "./column-order.js";
import { columnOf } from "./place.js";
import { copyOf, forCard, forColumn } from "./template.js";

let button = null; // of the menu that is open

const menu = () => button?.nextElementSibling;
const holds = (target) => button === target || menu()?.contains(target);

export function startOpens(board) {
  button = board.querySelector('[name="menu"][aria-expanded="true"]');
  board.addEventListener("click", (event) => {
    const pressed = event.target.closest?.('[name="menu"]');
    if (!pressed) return;
    event.preventDefault();
    if (closeMenu() !== pressed) open(board, pressed);
  });
  for (const leaving of ["pointerdown", "focusin"]) document.addEventListener(leaving, ({ target }) => holds(target) || closeMenu());
  document.addEventListener("toggle", ({ target }) => target.matches?.("details[data-menu][open]") && !holds(target) && closeMenu(), true);
  board.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !holds(event.target)) return;
    event.stopPropagation();
    closeMenu().focus();
  });
}

function open(board, pressed) {
  const card = pressed.closest(".card");
  const column = columnOf(pressed);
  for (const other of document.querySelectorAll("details[data-menu][open]")) other.open = false;
  const drawn = card ? forCard(copyOf("data-card-menu"), card.id.slice("card-".length)) : forColumn(copyOf("data-column-menu"), column);
  if (!card) point(board, column, drawn);
  card?.classList.add("has-menu");
  pressed.after(drawn);
  drawn.scrollIntoView({ block: "nearest", inline: "nearest" }); // at a column's foot
  pressed.ariaExpanded = "true";
  button = pressed;
}

/** Closes the menu that is open and returns its button, which has the focus if the menu had it; null without one. */
export function closeMenu() {
  const closed = button;
  if (!closed) return null;
  if (menu().contains(document.activeElement)) closed.focus();
  menu().remove();
  button = null;
  closed.ariaExpanded = "false";
  closed.closest(".card")?.classList.remove("has-menu");
  return closed;
}

/** Closes the menu that is open if it is the thing's own. */
export function closeMenuOf(thing) {
  if (button && thing?.contains(button)) closeMenu();
}
