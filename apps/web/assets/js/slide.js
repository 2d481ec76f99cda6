// What stands elsewhere after a change slides there; a change in between goes on from where things are seen.
const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160;
const sliding = new WeakMap();

/** Makes a change to some lists; their items slide, but for one. */
export function slide(lists, change, except = null) {
  if (duration === 0) return change();
  const before = new Map();
  for (const list of new Set(lists)) {
    for (const item of list.children) {
      const box = item.getBoundingClientRect();
      if (item !== except && box.bottom > 0 && box.top < innerHeight) before.set(item, box);
    }
  }
  change();
  for (const item of before.keys()) sliding.get(item)?.cancel();
  const ways = [...before].map(([item, was]) => [item, wayFrom(item, was)]); // all are read before one is written
  for (const [item, way] of ways) glide(item, way);
}

/** Slides one item from where it was seen to where it stands. */
export const slideFrom = (item, was) => glide(item, wayFrom(item, was));

function wayFrom(item, was) {
  const now = item.getBoundingClientRect();
  return [was.left - now.left, was.top - now.top];
}

function glide(item, [x, y]) {
  if (duration === 0 || (!x && !y) || !item.isConnected) return;
  sliding.set(item, item.animate({ translate: [`${x}px ${y}px`, "0 0"] }, { duration, easing: "cubic-bezier(.2, .8, .2, 1)" }));
}
