// Things in lists that are dragged by mouse, pen and long press. It knows nothing of cards: what is dragged, from
// where to where, and what a drop means are its caller's.
//
// A thing is lifted by a few pixels of a mouse or pen, or by a finger that rests; until then the browser may scroll,
// afterwards it may not. A copy follows the pointer, the thing itself marks its slot and is moved in the page. Esc, and
// whatever takes the pointer away, puts it back.
import { swallowClick } from "./click.js";
import { edgeScroll } from "./edge-scroll.js";
import { copyOf, keepBrowserOut } from "./hand.js";
import { homeOf, isHome, putHome } from "./home.js";
import { slide, slideFrom } from "./slide.js";

const far = 4; // px that a mouse may tremble
const still = 8; // px that a finger may
const press = 250; // ms

/**
 * @param {HTMLElement} root what holds the lists; it gets the class is-carrying
 * @param {object} what
 * @param {string} what.item selector of what is dragged
 * @param {string} what.ignore selector of what in it takes the pointer for itself
 * @param {(x: number, y: number, item: HTMLElement) => {list: HTMLElement, next: Element | null} | null} what.placeAt where it would land
 * @param {(x: number, y: number) => [HTMLElement, "x" | "y"][]} what.scrollers what scrolls when it is carried to an edge there
 * @param {(item: HTMLElement) => void} what.lifted
 * @param {(item: HTMLElement, home: {list: HTMLElement, next: Element | null}) => void} what.dropped
 * @param {(item: HTMLElement) => void} what.putBack
 */
export function startPointerDrag(root, what) {
  let hand = null; // {id, item, at, from, touch, timer, lifted…} from pressing to letting go

  root.addEventListener("pointerdown", (event) => {
    const item = event.target.closest?.(what.item);
    if (hand || !item || !event.isPrimary || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest(what.ignore)) return;
    const at = { x: event.clientX, y: event.clientY };
    hand = { id: event.pointerId, item, at, from: at, touch: event.pointerType === "touch" };
    if (hand.touch) {
      item.classList.add("is-pressed");
      hand.timer = setTimeout(lift, press);
    }
    listen(true);
  });
  keepBrowserOut(root, what.item, () => hand);

  function listen(on) {
    const change = on ? "addEventListener" : "removeEventListener";
    document[change]("pointermove", onMove);
    document[change]("pointerup", onUp);
    document[change]("pointercancel", cancel);
    document[change]("keydown", onKey, true);
    document[change]("contextmenu", onContextMenu);
    window[change]("blur", cancel);
  }

  function onMove(event) {
    if (event.pointerId !== hand.id) return;
    hand.at = { x: event.clientX, y: event.clientY };
    if (hand.copy) return hand.frame || wake();
    const moved = Math.hypot(hand.at.x - hand.from.x, hand.at.y - hand.from.y);
    if (!hand.touch && moved > far) lift();
    if (hand.touch && moved > still) end();
  }

  function onUp(event) {
    if (event.pointerId !== hand.id) return;
    if (!hand.copy) return end();
    carry();
    const { item, home, copy } = hand;
    const seen = copy.getBoundingClientRect();
    end();
    slideFrom(item, seen);
    if (isHome(item, home)) what.putBack(item);
    else what.dropped(item, home);
  }

  function cancel() {
    if (!hand.copy) return end();
    const { item, home } = hand;
    slide([item.parentElement, home.list], () => putHome(item, home));
    end();
    what.putBack(item);
  }

  function onKey(event) {
    if (event.key !== "Escape" || !hand.copy) return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  }

  function onContextMenu(event) {
    if (hand.touch || hand.copy) event.preventDefault();
  }

  function lift() {
    const { item, from } = hand;
    const box = item.getBoundingClientRect();
    const copy = copyOf(item, box);
    Object.assign(hand, { copy, grip: { x: from.x - box.left, y: from.y - box.top }, home: homeOf(item), last: performance.now(), held: 0 });
    item.classList.remove("is-pressed");
    item.classList.add("is-slot");
    root.classList.add("is-carrying");
    copy.setPointerCapture(hand.id); // so its cursor is what one sees
    if (hand.touch && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(10);
    what.lifted(item);
    follow();
    wake();
  }

  function wake() {
    hand.frame = requestAnimationFrame((now) => {
      if (!hand?.copy) return;
      const elapsed = now - hand.last;
      const isHeld = what.scrollers(hand.at.x, hand.at.y).filter(([element, axis]) => edgeScroll(element, axis, hand.from[axis], hand.at[axis], elapsed, hand.held)).length > 0;
      Object.assign(hand, { last: now, held: isHeld ? hand.held + elapsed : 0 });
      carry();
      wake();
    });
  }

  function follow() {
    hand.copy.style.translate = `${hand.at.x - hand.grip.x}px ${hand.at.y - hand.grip.y}px`;
  }

  function carry() {
    const { item, at } = hand;
    const place = what.placeAt(at.x, at.y, item); // read before something is written
    follow();
    if (!place || (place.list === item.parentElement && (place.next === item || place.next === item.nextElementSibling))) return;
    slide([item.parentElement, place.list], () => place.list.insertBefore(item, place.next), item);
  }

  function end() {
    const { item, copy, frame, timer } = hand;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    listen(false);
    item.classList.remove("is-pressed", "is-slot");
    hand = null;
    if (!copy) return;
    copy.remove();
    root.classList.remove("is-carrying");
    swallowClick();
  }
}
