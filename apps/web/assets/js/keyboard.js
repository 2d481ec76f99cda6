// The wall by keyboard, for whoever has the focus on a card: arrows or j and k walk; Space lifts the card, arrows carry
// it, Space drops it, Escape puts it back; < and > send it to the column beside; other keys do what its menu does.
// Letters work on a focused card alone, so that speech input elsewhere can't press them (WCAG 2.1.4).
import { itemBelow, isAt, listsOf, placeInWords, placeOf, putAt } from "./place.js";
import { slide } from "./slide.js";
import { say } from "./toast.js";

const ways = { ArrowDown: [0, 1], j: [0, 1], ArrowUp: [0, -1], k: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] };
const sends = { "<": -1, ">": 1 };

const linkOf = (card) => card.querySelector(".card-title a");
export const focusCard = (card) => linkOf(card).focus();

/** keys are what further keys do with the card that has the focus. */
export function startKeyboard(board, moves, keys) {
  const mayMove = board.dataset.editable === "true";
  let carried = null; // {card, home} between lift and drop
  let isPlacing = false;

  board.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const act = target === board ? enter(key) : target.matches(".card-title a") && (carried ? carrying(key) : resting(key, target.closest(".card"), event.shiftKey));
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  board.addEventListener("focusout", () => {
    if (carried && !isPlacing) putBack();
  });

  // From the wall itself the arrows lead to its first card.
  function enter(key) {
    const first = (key === "ArrowDown" || key === "ArrowUp") && board.querySelector(".card");
    return first && (() => focusCard(first));
  }

  function resting(key, card, shift) {
    if (key in ways && !(shift && ways[key][1] && mayMove)) return () => walk(card, ...ways[key]);
    if (!mayMove) return null;
    if (key === " ") return () => lift(card);
    if (key in sends) return () => sendBeside(card, sends[key]);
    if (key in ways) return () => keys.extend(card, neighbour(card, ways[key][1]));
    return Object.hasOwn(keys.card, key) && (() => keys.card[key](card));
  }

  function carrying(key) {
    if (key in ways) return () => carry(...ways[key]);
    if (key === " " || key === "Enter") return drop;
    if (key === "Escape") return putBack;
    return null;
  }

  function walk(card, across, down) {
    const to = down ? neighbour(card, down) : beside(card, across, (list) => list.firstElementChild);
    if (to) focusCard(to);
  }

  function beside(card, across, fits) {
    const lists = listsOf(board);
    for (let at = lists.indexOf(card.parentElement) + across; lists[at]; at += across) {
      if (fits(lists[at])) return (itemBelow(lists[at], edge(card)) ?? lists[at].lastElementChild);
    }
    return null;
  }

  function lift(card) {
    carried = { card, home: placeOf(card) };
    moves.lifted(card);
    card.classList.add("is-carried");
    say(`Lifted ${linkOf(card).textContent}. Arrows carry it, Space drops it, Escape puts it back.`);
  }

  function carry(across, down) {
    const { card, home } = carried;
    const place = across ? placeBeside(card, across) : placeBelow(card, down);
    if (place) put(card, place);
    say(placeInWords(card, card.parentElement === home.list ? 0 : 1));
  }

  function placeBeside(card, across) {
    const lists = listsOf(board);
    const list = lists[lists.indexOf(card.parentElement) + across];
    return list && { list, next: itemBelow(list, edge(card)) };
  }

  function placeBelow(card, down) {
    const other = neighbour(card, down);
    return other && { list: card.parentElement, next: down > 0 ? other.nextElementSibling : other };
  }

  function put(card, place) {
    isPlacing = true;
    slide([card.parentElement, place.list], () => putAt(card, place));
    focusCard(card);
    isPlacing = false;
  }

  function drop() {
    const { card, home } = rest();
    if (isAt(card, home)) say("Put back");
    else moves.drop(card, home);
    moves.dropped();
  }

  function putBack() {
    const hadFocus = carried.card.contains(document.activeElement);
    const { card, home } = rest();
    if (hadFocus) put(card, home);
    else putAt(card, home);
    say("Put back");
    moves.dropped();
  }

  function rest() {
    const was = carried;
    carried = null;
    was.card.classList.remove("is-carried");
    return was;
  }

  function sendBeside(card, across) {
    const lists = listsOf(board);
    const list = lists[lists.indexOf(card.parentElement) + across];
    if (!list) return;
    const home = placeOf(card);
    put(card, { list, next: null });
    moves.drop(card, home);
  }
}

const neighbour = (card, down) => (down > 0 ? card.nextElementSibling : card.previousElementSibling);

// What begins here in the column beside stands at the same height.
function edge(card) {
  return card.getBoundingClientRect().top + 1;
}
