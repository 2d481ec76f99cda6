// What a hand that drags needs of the page (pointer-drag.js).

/** Puts a copy of an item onto the page, as large as it is seen, to follow the pointer. */
export function copyOf(item, { width, height }) {
  const copy = item.cloneNode(true);
  for (const named of [copy, ...copy.querySelectorAll("[id]")]) named.removeAttribute("id");
  copy.inert = true;
  copy.classList.remove("is-pressed");
  copy.classList.add("is-lifted");
  Object.assign(copy.style, { width: `${width}px`, height: `${height}px` });
  return document.body.appendChild(copy);
}

/** Keeps the browser from doing of its own accord what is done by hand: dragging, selecting, and scrolling once something is held. */
export function keepBrowserOut(root, items, hand) {
  root.addEventListener("dragstart", (event) => {
    if (event.target.closest?.(items)) event.preventDefault();
  });
  document.addEventListener("selectstart", (event) => {
    if (hand()) event.preventDefault();
  });
  // It must be there before the finger is, or the browser scrolls without asking.
  root.addEventListener("touchmove", (event) => {
    if (hand()?.copy && event.cancelable) event.preventDefault();
  }, { passive: false });
}
