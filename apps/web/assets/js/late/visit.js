/** Goes to an address. A card of the board that is open comes over it, as by any link to it. */
export function visit(href) {
  const { board } = document.querySelector("[data-board]")?.dataset ?? {};
  if (!board || !href.startsWith(`/boards/${board}/`)) return location.assign(href);
  const link = Object.assign(document.createElement("a"), { href });
  document.body.append(link);
  link.click();
  link.remove();
}
