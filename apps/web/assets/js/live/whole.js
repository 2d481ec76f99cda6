// The whole wall anew, from the server's page of it, where what was told can't be drawn one by one. Nothing that stays is replaced: what has
// the focus, is written in or scrolled to is where it was. It waits until nothing is in hand or on its way.
import { addressOf } from "../address.js";
import { fetchPage } from "../pages.js";
import { moreOf, columnOf, isFar } from "../place.js";
import { keepingView, settleColumns } from "./columns.js";
import { wear } from "../wear.js";
import { newCard } from "./faces.js";
import { moveTo } from "./spot.js";

const moment = 200; // milliseconds, at most
const patience = 3_000; // milliseconds until it is tried again
const enough = 4; // of them, and the next is drawn all the same
const inHand = ".is-carried, .is-slot, .is-sorting, .is-carrying";

export function startWhole(board, { outbox, at, skip, isOver, isFree, find, settle, settleRights }) {
  let timer = null;
  let late = 0; // pages in a row that were old when they came, as others go on changing things

  function ask(time = moment * (0.2 + 0.8 * Math.random())) {
    timer ??= setTimeout(draw, time);
  }

  const isFreeHand = () => outbox.isEmpty() && !board.matches(inHand) && !board.querySelector(inHand);

  async function draw() {
    if (isOver()) return; // there is no page of it any more
    const page = isFreeHand() && (await read());
    timer = null;
    if (page === null) return ask(patience);
    if (!page || !isFreeHand() || page.seq < outbox.known()) return ask();
    late = page.seq < at() ? late + 1 : 0;
    if (late > 0 && late < enough) return ask();
    if (late > 0) ask(patience); // for what has come after it
    late = 0;
    skip(page.seq);
    keepingView(board, () => {
      settleRights(page.whole);
      settleColumns(board, page.wall, page.whole);
      for (const { list, cards, more } of page.lists()) settleCards(list, cards, more);
    });
    settle();
  }

  // The board's page, with as many cards of each column as are here. Null when it didn't come.
  async function read() {
    const answer = await fetchPage(addressOf(board));
    const wall = answer?.ok && answer.page.querySelector(`[data-board="${board.dataset.board}"]`);
    if (!wall) return null;
    const more = new Map();
    for (const column of wall.querySelectorAll("[data-column]")) {
      const here = document.getElementById(column.id);
      const enough = here ? [...here.querySelectorAll(".card")].filter((card) => !isFar(card)).length : 0;
      if (!(await readOn(column, enough, more))) return null;
    }
    const lists = () => [...wall.querySelectorAll("[data-column]")].map((column) => ({
      list: document.getElementById(column.id).querySelector("[data-cards]"), cards: more.get(column).cards, more: more.get(column).link,
    }));
    return { wall, whole: answer.page, seq: Number(wall.dataset.seq), lists };
  }

  async function readOn(column, enough, more) {
    const cards = [...column.querySelectorAll(".card")];
    let link = column.querySelector("[data-more]");
    while (link && cards.length < enough) {
      const answer = await fetchPage(link.href);
      const items = answer?.ok && answer.page.querySelector("main [data-cards]");
      if (!items) return false;
      cards.push(...items.children);
      const next = answer.page.querySelector("a[data-next]");
      if (next) link.href = next.href;
      else link = null;
    }
    more.set(column, { cards, link });
    return true;
  }

  function settleCards(list, faces, link) {
    const kept = new Set();
    let above = null;
    for (const face of faces) {
      const id = face.dataset.card;
      const was = find(id);
      const card = was ?? newCard({ id, face });
      kept.add(card);
      if (was && !isFree(was)) continue;
      if (was) wear(was, face);
      card.dataset.rank = face.dataset.rank;
      delete card.dataset.far;
      moveTo(list, card, above ? above.nextElementSibling : list.firstElementChild);
      above = card;
    }
    for (const card of [...list.children]) {
      if (!kept.has(card) && isFree(card) && !(link && isFar(card)) && !card.matches(".is-odd")) card.remove();
    }
    settleMore(list, link);
  }

  function settleMore(list, link) {
    const was = moreOf(list);
    if (was && link) was.href = link.href;
    else if (was) was.parentElement.remove();
    else if (link) {
      list.after(link.parentElement);
      columnOf(list).dispatchEvent(new CustomEvent("waiting", { bubbles: true }));
    }
    if (!link) for (const card of list.children) delete card.dataset.far;
  }

  return { ask: () => ask() };
}
