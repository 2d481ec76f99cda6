// A card that is open, on its own page or over the wall, while others change it: what they do is drawn into it (morph.js) from its page,
// as soon as they are told of ("told", hear.js). What its reader writes in or presses comes first.
import { fetchPage } from "../pages.js";
import { whenAnswered } from "../sending.js";
import { nameOf, tellHeld } from "./held.js";
import { morph } from "./morph.js";
import { drawDeleted, turnOff } from "./off.js";

const moment = 120; // milliseconds, at most, until what was told is read, so that not all who look on come together
const patience = 3_000; // milliseconds until it is tried again
const shown = 1_600; // milliseconds that a change is marked
const most = 50; // of what was told last is kept, for a page that was drawn before; of what is new on an open card, all
const parts = ".detail-title > h1, .meta > div, .block:not([data-lately])";

/** drawn is told of the page that was drawn into the root, which holds it; tell what was done. */
export function followCard(root, { drawn, tell = () => {} }) {
  let recent = [];
  let timer = null;
  let isAsked = false; // though nothing is new
  let isOver = false; // its reader has lost the board
  let setOut = 0; // when, for another page

  const open = () => root.querySelector("[data-detail]");
  // What isn't on the card yet. What has no card's id may show on all of them: columns, labels, members.
  const newsOf = ({ dataset: { seq, detail } }) => recent.filter((each) => each.seq > seq && (!each.card_id || each.card_id === detail));

  function look() {
    if (open() && newsOf(open()).length > 0) ask();
  }

  function ask(time = moment * (0.2 + 0.8 * Math.random())) {
    if (isOver) return;
    timer ??= setTimeout(async () => {
      const then = await draw().finally(() => (timer = null));
      then?.();
    }, time);
  }

  const again = () => ask(patience);

  // Returns what follows.
  async function draw() {
    const answered = whenAnswered();
    await answered;
    const card = open();
    if (!card || (!isAsked && newsOf(card).length === 0)) return null;
    if (Date.now() - setOut < patience) return again;
    const { now, trash, isGone, isShut } = await read(card);
    if (isOver || open() !== card || whenAnswered() !== answered) return look; // somebody has gone on meanwhile
    if (isShut) return null; // until more is told: the reader has signed out, or somebody else has signed in
    if (!now && !trash && !isGone) return again;
    isAsked = false;
    const news = newsOf(card);
    keepingFocus(card, () => (now ? drawChanged(card, now, news) : drawGone(card, trash, news)));
    if (now) drawn(now.ownerDocument);
    root.dispatchEvent(new CustomEvent("arrive", { bubbles: true }));
    tell(news);
    return newsOf(card).length > 0 && newsOf(card).length === news.length ? again : look;
  }

  // Much was left out, or the database was set back to an older one: what it has is right, whatever is drawn.
  function goBack({ seq }) {
    recent = [];
    if (open()) open().dataset.seq = Math.min(open().dataset.seq, seq - 1);
  }

  // The card as it is, or the page that the trash has of it, unless it is gone from there too; nothing of them when no answer came. What is
  // drawn for somebody else, who signed in here meanwhile, is shut to this page's reader.
  async function read(card) {
    const answer = await fetchPage(location);
    const { person } = answer?.page.body.dataset ?? {};
    if (person && person !== document.body.dataset.person) return { isShut: true };
    const now = answer?.ok && answer.page.querySelector(`[data-detail="${card.dataset.detail}"]`);
    if (answer?.status !== 404) return { now, isShut: answer?.ok && !now };
    const trash = await fetchPage(`${answer.path}/trash`);
    return { trash: trash?.ok && trash.path.endsWith("/trash") && trash.page, isGone: trash?.status === 404 };
  }

  function drawChanged(card, now, news) {
    const touched = new Set();
    morph(card, now, (element) => touched.add(element.closest(parts)));
    tellHeld(card, now, news);
    for (const filter of card.querySelectorAll("[data-filter]")) if (filter.value) filter.dispatchEvent(new Event("input", { bubbles: true }));
    for (const part of touched) if (part && news.length > 0) mark(part);
  }

  // Without a page of the trash it is gone for good. What was said of it stays true.
  function drawGone(card, trash, news) {
    const end = news.findLast(({ verb }) => verb === (trash ? "card_deleted" : "card_purged"));
    const said = card.querySelector("[data-deleted] p")?.textContent;
    drawDeleted(card, end ? `${nameOf(end)} deleted this card${trash ? "" : " for good"}.` : (said ?? (trash ? "This card was deleted." : "This card isn’t here any more.")), trash);
    tellHeld(card, null, news);
    card.dataset.seq = Math.max(card.dataset.seq, ...news.map(({ seq }) => seq));
  }

  document.addEventListener("told", ({ detail }) => {
    if (!detail.verb) goBack(detail);
    recent.push(detail);
    const news = open() ? newsOf(open()) : [];
    recent = recent.filter((each, i) => recent.length - i <= most || news.includes(each));
    look();
  });
  document.addEventListener("lost", () => {
    isOver = true;
    const card = open();
    if (!card) return;
    keepingFocus(card, () => (turnOff(card), tellHeld(card, null, [])));
  });
  root.addEventListener("arrive", look);
  // What somebody has stopped to write in takes what is new.
  root.addEventListener("toggle", ({ target }) => {
    if (target.open || !target.querySelector("[data-meanwhile]")) return;
    isAsked = true;
    ask();
  }, true);
  root.addEventListener("submit", (event) => {
    if (!("off" in event.target.dataset)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  addEventListener("beforeunload", () => (setOut = Date.now()));
  addEventListener("pageshow", () => (setOut = 0));
}

// The focus stays where it is as long as that is there; else it goes to the box that it was in, or to the title.
function keepingFocus(card, change) {
  const focused = card.contains(document.activeElement) && document.activeElement;
  const around = focused && focused.closest("details");
  change();
  if (!focused || (focused.isConnected && !focused.disabled)) return;
  const beside = around?.isConnected ? [...around.querySelectorAll("summary, textarea, input")] : []; // a box that is open may hide its button
  (beside.find((each) => each.checkVisibility()) ?? card.querySelector("h1")).focus({ preventScroll: true });
}

function mark(part) {
  part.dataset.fresh = "";
  setTimeout(() => delete part.dataset.fresh, shown);
}
