// What is written on cards, as the server draws it: fetched for several at once, a moment after it was told, so that not all who
// look on come together.
import { fetchPage } from "../pages.js";
import { forCard } from "../template.js";
import { wear } from "../wear.js";

const moment = 40; // milliseconds, at most
const pace = 100; // milliseconds between two times, in which what comes is gathered
const most = 20; // cards at once
const patience = 3_000; // milliseconds until it is tried again

/** come is called with each card's id and its face, or null; tooMany in place of fetching so many. Nothing is fetched once the board isOver. */
export function startFaces(board, { come, tooMany, isOver }) {
  const wanted = new Set();
  const asked = new Set(); // what is under way
  let timer = null;
  let last = -pace; // when it was asked for some

  const later = (time) => (timer ??= setTimeout(fetchAll, time));

  async function fetchAll() {
    if (isOver()) return;
    const ids = [...wanted];
    timer = null;
    last = performance.now();
    wanted.clear();
    if (ids.length > most) return tooMany(), ids.forEach((id) => come(id, null));
    for (const id of ids) asked.add(id);
    const { board: id, line } = board.dataset;
    const query = new URLSearchParams([...ids.map((card) => ["card", card]), ...(line ? [["q", line]] : [])]);
    const answer = await fetchPage(`/boards/${id}/faces?${query}`);
    const list = answer?.ok && answer.page.querySelector("[data-faces]");
    for (const id of ids) {
      asked.delete(id); // what comes behind it is still on its way then
      if (list) come(id, list.querySelector(`[data-card="${id}"]`));
      else wanted.add(id);
    }
    if (!list) later(patience);
  }

  return {
    want(id) {
      wanted.add(id);
      later(Math.max(0, last + pace - performance.now()) + moment * (0.2 + 0.8 * Math.random()));
    },
    wants: (id) => wanted.has(id) || asked.has(id),
  };
}

/** Makes a card that isn't on the wall: out of the page's template, which has its menu, or as it is for who may only look. Null when neither can be. */
export function newCard({ id, number, title, face }) {
  const template = document.querySelector("template[data-new-card]");
  if (!template) return face ? document.importNode(face, true) : null;
  const card = forCard(template.content.firstElementChild.cloneNode(true), number ?? face.id.slice("card-".length));
  Object.assign(card.dataset, { card: id, version: 1 });
  if (face) {
    wear(card, face);
  } else {
    card.querySelector(".card-title a").textContent = title;
    card.querySelector(".card-no").textContent = `#${number}`;
  }
  return card;
}
