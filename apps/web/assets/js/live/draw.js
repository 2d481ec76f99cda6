// Draws what was told (live.js). A card goes at once where its rank says; its text is fetched (faces.js), and so is the whole wall
// for what is seldom done (whole.js). What somebody has in hand, writes in or has on its way to the server waits.
import { columnOf, focusCard, listsOf, recount } from "../place.js";
import { slide } from "../slide.js";
import { wear } from "../wear.js";
import { settleCounts } from "./count.js";
import { newCard, startFaces } from "./faces.js";
import { noteOn } from "./note.js";
import { startRights } from "./rights.js";
import { isNear, isThere, putByRank } from "./spot.js";
import { startTold } from "./told.js";
import { startWhole } from "./whole.js";

export const most = 100; // activities that are drawn one by one
const again = 200; // milliseconds until what waited is looked at again
const slid = 20; // cards that slide at once
const here = ["card_created", "card_moved", "card_restored"]; // the wall has the card then
const away = ["card_archived", "card_deleted"];

/**
 * @param board the wall
 * @param {{isBusy?: (card: Element) => boolean, outbox: object, isOwn: (activity: object) => boolean, at: () => number, skip: (seq: number) => void, isOver: () => boolean}} page
 * at is the seq of what was told last; skip goes on to a later one; isOver is true once the board is lost
 * @returns what draws activities, or the whole wall where one of them is a reset
 */
export function startDrawing(board, page) {
  const { isBusy = () => false, outbox, isOwn, at } = page;
  const places = new Map(); // card → {column, rank} as told last, with by whom; without column it is off the wall
  const worn = new Map(); // card → how it is to look once nobody has it in hand
  let timer = null;

  const find = (id) => board.querySelector(`[data-card="${id}"]`);
  const listOf = (column) => board.querySelector(`[data-column="${column}"] > [data-cards]`);
  const isTakingBack = () => outbox.queue.some(({ path }) => ["undo", "redo"].includes(path)); // what was told before that is over by then
  const isFree = (card) => !isBusy(card) && !isTakingBack() && at() >= outbox.known() && !card.matches(".is-new, .is-slot, .is-carried, [data-saving], :has(form)");
  const told = startTold(board);
  const rights = startRights(board);
  const whole = startWhole(board, { ...page, isFree, find, settle, settleRights: rights.settle });
  const faces = startFaces(board, { come, tooMany: whole.ask, isOver: page.isOver });

  function act(activity) {
    const { verb, card_id: id, after } = activity;
    const isMine = isOwn(activity);
    rights.heed(activity);
    if (after.renewed || (board.dataset.line && !isMine)) whole.ask();
    if (here.includes(verb) || away.includes(verb)) stand(activity, isMine);
    else if (isMine) return;
    else if (id && !verb.endsWith("_purged")) change(id, after, activity.actor);
    else if (!verb.endsWith("_purged")) whole.ask();
  }

  function stand({ verb, card_id: id, column_id: column, before, after, actor }, isMine) {
    if (verb === "card_deleted" && before.archived) return;
    const isHere = here.includes(verb);
    const place = { column: isHere ? column : null, rank: after.rank, by: isMine ? null : actor };
    if (find(id)) return places.set(id, place);
    if (isMine || board.dataset.line) return;
    recount(verb === "card_moved" || !isHere ? board.querySelector(`[data-column="${before.column_id}"]`) : null, isHere && listOf(column) ? columnOf(listOf(column)) : null);
    places.delete(id);
    if (!isHere || !listOf(column) || !isNear(listOf(column), after.rank)) return;
    places.set(id, place);
    const card = verb === "card_created" && !after.description && !after.due_on && newCard({ id, ...after });
    if (card) enter(id, card);
    else faces.want(id);
  }

  function change(id, { title }, actor) {
    const card = find(id);
    if (!card) return;
    if (title && isFree(card)) card.querySelector(".card-title a").textContent = title;
    worn.set(id, { by: actor });
    faces.want(id);
  }

  // A card's face has come; none when it is off the wall by now.
  function come(id, face) {
    if (face && find(id)) worn.set(id, { ...worn.get(id), face });
    else if (face && places.has(id)) enter(id, newCard({ id, face }));
    else {
      worn.delete(id);
      if (!find(id)) places.delete(id);
    }
    settle();
  }

  function enter(id, card) {
    const { column, rank, by } = places.get(id);
    places.delete(id);
    const list = listOf(column);
    if (!list) return;
    slide([list], () => putByRank(card, list, rank), card);
    told.touch(card, by);
  }

  function settle() {
    const ready = [...places].filter(([id]) => find(id) && isFree(find(id)));
    const moving = ready.filter(([id, { column, rank }]) => !listOf(column) || !isThere(find(id), listOf(column), rank));
    const move = () => moving.forEach(([id, place]) => put(find(id), place));
    if (moving.length > 0 && moving.length <= slid) slide(listsOf(board), move);
    else move();
    for (const [id, { rank, by }] of ready) {
      places.delete(id);
      const card = find(id);
      if (!card) continue;
      card.dataset.rank = rank;
      if (by) told.touch(card, by);
    }
    for (const [id, { face, by }] of worn) {
      const card = find(id);
      if (card && (!face || !isFree(card))) continue;
      worn.delete(id);
      if (!card) continue;
      wear(card, face);
      told.touch(card, by);
    }
    for (const id of places.keys()) if (!find(id) && !faces.wants(id)) places.delete(id);
    if (places.size + worn.size === 0) settleCounts(board);
    else timer ??= setTimeout(() => ((timer = null), settle()), again);
  }

  function put(card, { column, rank }) {
    if (listOf(column)) return putByRank(card, listOf(column), rank);
    const had = card.contains(document.activeElement);
    const next = card.nextElementSibling ?? card.previousElementSibling;
    const from = columnOf(card);
    card.remove();
    recount(from, null);
    board.dispatchEvent(new Event("left"));
    if (had) next ? focusCard(next) : board.focus();
  }

  // What is told next may be of an older database than what is drawn: whatever it says is right.
  function startAnew() {
    outbox.known(at());
    for (const card of board.querySelectorAll(".card")) card.dataset.version = 0;
  }

  return (activities) => {
    const isReset = activities.some(({ verb }) => !verb);
    if (isReset) startAnew();
    if (isReset || activities.length > most) return whole.ask();
    const others = activities.filter((activity) => !isOwn(activity));
    told.tell(others);
    noteOn(board, others);
    for (const activity of activities) act(activity);
    settle();
  };
}
