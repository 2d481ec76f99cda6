// The wall by keyboard, for whoever has the focus on a card: arrows or j and k walk, Home and End to the column's ends; Space
// lifts the card, those carry it, Space drops it, Escape puts it back; < and > send it to the column beside; other keys do what
// its menu does. A card has the focus with its title or its button. What works wherever the focus is, is keys.js's.
import { linkOf, startFurther } from "./further.js";
import { isHome } from "./home.js";
import { isOff } from "./key.js";
import { edge, focusCard, isFar, itemBelow, listsOf, moreOf, neighbour, placeInWords, placeOf, putAt } from "./place.js";
import { slide } from "./slide.js";
import { say } from "./toast.js";

const ways = { ArrowDown: [0, 1], j: [0, 1], ArrowUp: [0, -1], k: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] };
const ends = { Home: "firstElementChild", End: "lastElementChild" };
const sends = { "<": -1, ">": 1 };

/** more fetches the next cards of a list; keys are what further keys do with the card that has the focus. */
export function startKeyboard(board, more, moves, keys) {
  const { fetchBelow, fetchAll } = startFurther(more);
  const mayMove = () => board.dataset.editable === "true";
  let carried = null; // {card, home} between lift and drop
  let isPlacing = false;

  board.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isOff(event)) return;
    const isOn = target.matches(".card-title a") || (key !== " " && target.matches('.card > [aria-expanded="false"]'));
    const act = isOn && (carried ? carrying(key) : resting(key, target.closest(".card"), event.shiftKey));
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  board.addEventListener("focusout", () => {
    if (carried && !isPlacing) putBack();
  });

  function resting(key, card, shift) {
    if (key in ways && !(shift && ways[key][1] && mayMove())) return () => walk(card, ...ways[key]);
    if (key in ends && !shift) return () => atEnd(card, key, () => focusCard(card.parentElement[ends[key]]));
    if (!mayMove()) return null;
    if (key === " ") return () => lift(card);
    if (key in sends) return () => sendBeside(card, sends[key]);
    if (key in ways) return () => (ways[key][1] > 0 && fetchBelow(card, () => keys.extend(card, neighbour(card, 1)))) || keys.extend(card, neighbour(card, ways[key][1]));
    return Object.hasOwn(keys.card, key) && (() => keys.card[key](card));
  }

  function carrying(key) {
    if (key in ways) return () => carry(...ways[key]);
    if (key in ends) return () => atEnd(carried.card, key, () => carried && carryTo(key));
    if (key === " " || key === "Enter") return drop;
    if (key === "Escape") return putBack;
    return null;
  }

  function walk(card, across, down) {
    if (down > 0 && fetchBelow(card, () => walk(card, 0, 1))) return;
    const list = across && beside(card, across);
    const to = across ? list && (itemBelow(list, edge(card)) ?? list.lastElementChild) : neighbour(card, down);
    if (to) focusCard(to);
    else if (list) more(list).then(() => list.firstElementChild && document.activeElement === linkOf(card) && walk(card, across, 0));
  }

  // The next column with cards, be they drawn or not.
  function beside(card, across) {
    const lists = listsOf(board);
    const next = across > 0 ? lists.slice(lists.indexOf(card.parentElement) + 1) : lists.slice(0, lists.indexOf(card.parentElement)).reverse();
    return next.find((list) => list.firstElementChild || moreOf(list));
  }

  const atEnd = (card, key, then) => (key === "End" ? fetchAll(card, then) : then());

  function carryTo(key) {
    const { card, home } = carried;
    const list = card.parentElement;
    if (list[ends[key]] !== card) put(card, { list, next: key === "Home" ? list.firstElementChild : null });
    say(placeInWords(card, list === home.list ? 0 : 1));
  }

  function lift(card) {
    carried = { card, home: placeOf(card) };
    moves.lifted(card);
    card.classList.add("is-carried");
    say(`Lifted ${linkOf(card).textContent}. Arrows carry it, Space drops it, Escape puts it back.`);
  }

  function carry(across, down) {
    const { card, home } = carried;
    if (down > 0 && fetchBelow(card, () => carried?.card === card && carry(0, 1))) return;
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
    if (isHome(card, home)) say("Put back");
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
    moves.drop(card, home, true);
  }
}
