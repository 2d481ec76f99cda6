// The columns of the whole wall anew (whole.js), its name and what stands around it.
import { columnsOf, settle, shownIn, stand } from "../column-order.js";
import { focusCard } from "../place.js";
import { redraw } from "../redraw.js";
import { copyOf, forColumn } from "../template.js";

/** Draws columns as they are on a page: wall is its wall. Their cards stay. */
export function settleColumns(board, wall, page) {
  const nav = document.querySelector("[data-column-nav]");
  const now = [...wall.querySelectorAll(":scope > [data-column]")];
  for (const column of columnsOf(board)) {
    if (now.some(({ id }) => id === column.id)) continue;
    nav?.querySelector(`a[href="#${column.id}"]`)?.remove();
    column.remove();
  }
  for (const column of now) {
    const was = document.getElementById(column.id);
    if (was && !was.querySelector(".retitle")) change(was, column, page);
    else if (!was) enter(board, column, page, nav);
  }
  now.map(({ id }) => document.getElementById(id)).reduceRight((next, column) => (stand(board, column, next), column), null);
  settle(board);
  settleHead(page);
}

// Of hundreds of columns few have changed, and to draw one looks through all.
function change(was, now, page) {
  equip(was, now);
  if (["version", "count", "matches"].every((fact) => was.dataset[fact] === now.dataset[fact])) return;
  for (const fact of ["count", "matches"]) if (fact in now.dataset) was.dataset[fact] = now.dataset[fact];
  redraw(page, now.id);
}

// A column that came, or came near, while its reader might only look has what changes it once they may.
function equip(was, now) {
  const link = now.querySelector("h2 a");
  if (!link || !document.querySelector("template[data-column-foot]")) return;
  const heading = was.querySelector("h2");
  if (!heading.querySelector("a")) heading.replaceChildren(link.cloneNode(true));
  delete heading.dataset.name;
  if (!("bare" in was.dataset) && !was.querySelector(".column-foot")) was.append(forColumn(copyOf("data-column-foot"), was));
}

// A heading's id is made of its place, which another column may have here.
function enter(board, column, page, nav) {
  const drawn = document.importNode(column, true);
  const heading = drawn.querySelector("h2");
  heading.id = `h-${column.id}`;
  drawn.setAttribute("aria-labelledby", heading.id);
  drawn.querySelector("[data-cards]").replaceChildren();
  const last = columnsOf(board).at(-1);
  if (last) last.after(drawn);
  else board.append(drawn);
  const pill = page.querySelector(`[data-column-nav] a[href="#${column.id}"]`);
  if (pill) nav?.append(document.importNode(pill, true));
}

function settleHead(page) {
  for (const place of ["h1.vh", ".switcher > summary span", "[data-filter-count]"]) {
    const [was, now] = [document, page].map((each) => each.querySelector(place));
    if (was && now && was.textContent !== now.textContent) was.textContent = now.textContent;
  }
  if (!document.querySelector("dialog[open]")) document.title = page.title;
  const [was, now] = [document, page].map((each) => each.querySelector(".archived-banner:not([data-rights])"));
  if (was && !now) was.remove();
  else if (now && !was) document.querySelector(".app-bar").after(document.importNode(now, true));
  const [offers, offered] = [document, page].map((each) => each.querySelector("#filter-offers"));
  if (offers && offered) offers.replaceChildren(...offered.cloneNode(true).childNodes);
}

/** Makes a change to the wall; what one sees of each column stays at its height, the columns where they are though one appears left of them, and the focus where it is or beside. */
export function keepingView(board, change) {
  const focused = document.activeElement;
  const card = focused?.closest?.(".card");
  const beside = [card?.nextElementSibling, card?.previousElementSibling];
  const { scrollLeft } = board;
  const out = columnsOf(board).filter(({ hidden }) => hidden);
  const leftmost = scrollLeft && shownIn(board).find(({ offsetLeft, offsetWidth }) => offsetLeft + offsetWidth / 2 > scrollLeft);
  const was = leftmost?.offsetLeft;
  const seen = columnsOf(board).filter((column) => column.scrollTop > 0).map((column) => {
    const { top } = column.getBoundingClientRect();
    const first = [...column.querySelectorAll(".card")].find((each) => each.getBoundingClientRect().bottom > top);
    return { column, first, height: first?.getBoundingClientRect().top };
  });
  change();
  board.scrollLeft = leftmost && out.some(({ hidden }) => !hidden) ? scrollLeft + leftmost.offsetLeft - was : scrollLeft;
  for (const { column, first, height } of seen) if (first && column.contains(first)) column.scrollTop += first.getBoundingClientRect().top - height;
  if (document.activeElement === focused) return;
  const next = beside.find((each) => each?.isConnected);
  if (focused?.isConnected) focused.focus({ preventScroll: true });
  else if (next) focusCard(next);
  else if (focused && focused !== document.body) board.focus();
}
