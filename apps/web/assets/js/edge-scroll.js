// While something is carried near an edge, what scrolls there scrolls: the faster, the nearer, and never past where
// the hand leaves the edge. Whoever lifts a thing at an edge scrolls only by going further towards it. Whoever stays at a
// column's end gets ever faster, so that the last of thousands of cards is reached. Sideways it takes a second or more to pass what is in sight:
// a phone shows one column, and it is to be met; after three seconds that gets faster too, for a wall of hundreds of columns.
const zone = 56; // px
const fastest = 900; // px a second
const slack = 8; // px
const calm = 1000; // milliseconds at one speed
const most = 12; // times that

/** How much faster what has scrolled for so many milliseconds goes by now. */
const haste = (held) => Math.min(most, 1 + Math.max(0, held - calm) / 500);

/** Scrolls an element along an axis ("x" or "y") for a pointer that was here and is there, after so many milliseconds, of those for which it has been held there. Returns whether it is. */
export function edgeScroll(element, axis, from, at, elapsed, held) {
  const box = element.getBoundingClientRect();
  const [start, end] = axis === "x" ? [Math.max(box.left, 0), Math.min(box.right, innerWidth)] : [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const depth = at < from - slack && at < start + zone ? at - (start + zone) : at > from + slack && at > end - zone ? at - (end - zone) : 0;
  if (depth === 0) return false;
  const speed = axis === "y" ? fastest * haste(held) : Math.min(fastest, end - start) * haste(held - 2 * calm);
  const step = (Math.max(-1, Math.min(1, depth / zone)) * speed * Math.min(elapsed, 50)) / 1000;
  element.scrollBy({ [axis === "x" ? "left" : "top"]: step, behavior: "instant" });
  return true;
}
