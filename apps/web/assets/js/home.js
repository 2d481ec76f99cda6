// Where a thing in a list stands, so that it finds back there: its neighbours may have gone meanwhile, or more have come
// behind it.

export const homeOf = (item) => ({ list: item.parentElement, next: item.nextElementSibling, above: item.previousElementSibling });

export const isHome = (item, { list, next, above }) => item.parentElement === list && (item.nextElementSibling === next || (!next && above && item.previousElementSibling === above));

/** Puts a thing back; if its neighbours have left, at the end. */
export function putHome(item, { list, next, above }) {
  if (next?.parentElement === list) list.insertBefore(item, next);
  else if (above?.parentElement === list) above.after(item);
  else list.append(item);
}
