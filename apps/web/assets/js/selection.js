// Several cards at once. Shift, Ctrl or Cmd with a click choose a card, s does, and Shift with the arrows; so does
// Select in its menu ([data-select]). While any is chosen, each card has a box to tick, and the bar at the bottom
// ([data-selection], a form that works alone) says how many and what can be done with them.
import { away } from "./api.js";
import { assign, offer } from "./assign.js";
import { labelAll, moveAll, offerColumns } from "./batch.js";
import { closeMenu } from "./opens.js";
import { addPick } from "./pick.js";
import { columnOf, focusCard, listsOf } from "./place.js";
import { counted } from "./text.js";
import { say, toast } from "./toast.js";

/** Listens on the wall; archive is what archives some cards. Returns what the keyboard needs. */
export function startSelection(board, moves, archive) {
  const bar = document.querySelector("[data-selection]");
  const boxes = () => [...board.querySelectorAll(".pick")];
  const chosen = () => boxes().filter((box) => box.checked).map((box) => box.closest(".card"));
  let last = null;

  function choose(cards, on) {
    begin();
    for (const card of cards) card.querySelector(".pick").checked = on;
    last = cards.at(-1);
    show();
  }

  function begin() {
    board.classList.add("is-selecting");
    addBoxes();
  }

  function addBoxes() {
    for (const card of board.querySelectorAll(".card:not(:has(.pick))")) addPick(card);
  }

  function show() {
    const count = chosen().length;
    if (count === 0) return clear();
    if (bar.hidden) {
      offerColumns(board, bar.querySelector("[data-to]"));
      offer(bar, board).catch(() => null); // a press on a asks again
    }
    bar.hidden = false;
    const words = `${counted(count)} selected`;
    bar.querySelector("[data-selected]").textContent = words;
    say(words);
  }

  function clear() {
    const hadFocus = bar.contains(document.activeElement) || document.activeElement?.matches(".pick");
    board.classList.remove("is-selecting");
    bar.hidden = true;
    for (const menu of bar.querySelectorAll("[open]")) menu.open = false;
    for (const box of boxes()) box.remove();
    if (hadFocus && last?.isConnected) focusCard(last);
    say("Nothing selected");
  }

  const isChosen = (card) => Boolean(card.querySelector(".pick:checked"));
  const toggle = (card) => choose([card], !isChosen(card));
  const range = (card) => {
    const cards = last && last.parentElement === card.parentElement ? [...card.parentElement.children] : [card];
    const [from, to] = [cards.indexOf(last), cards.indexOf(card)].sort((a, b) => a - b);
    return cards.slice(Math.max(0, from), to + 1);
  };

  board.addEventListener("click", (event) => {
    const { target } = event;
    const link = target.closest?.(".card-title a");
    const select = target.closest?.("[data-select]");
    const isChoosing = board.classList.contains("is-selecting") && event.detail > 0;
    if (select) {
      const card = select.closest(".card");
      closeMenu();
      choose([card], true);
    } else if (link && event.shiftKey) choose(range(link.closest(".card")), true);
    else if (link && (event.ctrlKey || event.metaKey || isChoosing)) toggle(link.closest(".card"));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true); // before the click opens the card
  board.addEventListener("change", ({ target }) => {
    if (!target.matches(".pick")) return;
    last = target.closest(".card");
    show();
  });
  board.addEventListener("left", () => bar.hidden || show()); // somebody else took one away
  board.addEventListener("more", () => {
    if (board.classList.contains("is-selecting")) addBoxes();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || bar.hidden || board.matches(".is-carrying, :has(.is-carried)")) return;
    if (!event.target.closest?.(".palette, details[open], .menu, [name=menu][aria-expanded=true], form:not(.selection)")) clear();
  }, true); // before a menu closes
  bar.addEventListener("click", (event) => {
    if (!event.target.closest("[data-unselect]")) return;
    event.preventDefault();
    clear();
  });
  bar.addEventListener("submit", (event) => {
    const { submitter } = event;
    const list = board.querySelector(`[data-column="${submitter.value}"] [data-cards]`);
    if (submitter.name === "to" && (!list || columnOf(list).matches(".is-folded"))) return; // folded up: the server's to do
    event.preventDefault();
    const cards = take();
    if (submitter.name === "archive") archive(cards);
    else if (submitter.name === "assign") assign(bar, cards, submitter.value);
    else if (submitter.name === "to") moveAll(moves, cards, list);
    else labelAll(moves, cards, submitter);
  });

  /** Leads to the members in the bar; false while there is none. */
  function askWho() {
    if (bar.hidden) return false;
    offer(bar, board).then(() => ask('[name="assign"]'), () => toast(away));
    return true;
  }

  /** Leads to a menu of the bar, by what is in it; false while there is no bar, or no such menu. */
  function ask(what) {
    const box = !bar.hidden && bar.querySelector(what)?.closest("details:not([hidden])");
    if (!box) return false;
    box.open = true;
    box.querySelector(".menu :is(input, button)").focus();
    return true;
  }

  /** The chosen cards, which are so no more; without any, the given one. */
  function take(card) {
    const cards = inOrder(board, chosen());
    if (cards.length === 0) return [card];
    clear();
    return cards;
  }

  if (!bar.hidden) {
    board.classList.add("is-selecting");
    show();
  }
  return { toggle, take, ask, askWho, assignMe: (card) => assign(bar, take(card), "me"), extend: (card, next) => next && (choose(isChosen(card) ? [next] : [card, next], true), focusCard(next)) };
}

function inOrder(board, cards) {
  return listsOf(board).flatMap((list) => [...list.children]).filter((card) => cards.includes(card));
}
