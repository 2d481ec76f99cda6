// What a form of a card was answered with, drawn around another form of it that its reader writes in by then.
import { isHeld, tellHeld } from "./held.js";
import { morph } from "./morph.js";

const cardOf = (root) => root.querySelector("[data-detail]");

/** Whether somebody writes in another form than the one that was sent. */
export const isWrittenBeside = (frame, form) => Boolean(cardOf(frame)?.contains(form)) && [...cardOf(frame).querySelectorAll("form")].some((other) => other !== form && isHeld(other));

/** Draws a page of the card into the frame, as pages.js shows one; only the form that was sent is drawn anew while it is open. */
export function showBeside(frame, page, form) {
  const now = cardOf(page);
  const box = form.closest("details.edit, details:not([id])");
  if (box?.contains(document.activeElement)) box.querySelector("summary").focus();
  if (box) box.open = false;
  morph(cardOf(frame), now, () => {});
  delete form.dataset.sent;
  tellHeld(cardOf(frame), now, []);
  const flash = page.querySelector("[data-flash]");
  if (flash) frame.prepend(flash);
  frame.dispatchEvent(new CustomEvent("arrive", { bubbles: true }));
}
