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
const most = 50; // of what was told last is kept, for a page that was drawn before
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
      const again = await draw().finally(() => (timer = null));
      if (again) ask(patience);
      else look();
    }, time);
  }

  // True when it didn't come to it.
  async function draw() {
    const answered = whenAnswered();
    await answered;
    const card = open();
    if (!card || (!isAsked && newsOf(card).length === 0)) return false;
    if (Date.now() - setOut < patience) return true;
    const { now, page } = await read(card);
    if (isOver || open() !== card || whenAnswered() !== answered) return false; // somebody has gone on meanwhile
    if (!page) return true;
    isAsked = false;
    const news = newsOf(card);
    keepingFocus(card, () => (now ? drawChanged(card, now, news) : drawGone(card, page, news)));
    if (now) drawn(page);
    root.dispatchEvent(new CustomEvent("arrive", { bubbles: true }));
    tell(news);
    return newsOf(card).length > 0 && newsOf(card).length === news.length;
  }

  // Much was left out, or the database was set back to an older one: what it has is right, whatever is drawn.
  function goBack({ seq }) {
    recent = [];
    if (open()) open().dataset.seq = Math.min(open().dataset.seq, seq - 1);
  }

  // The card as it is, and the page that says so: its own, or that of the trash.
  async function read(card) {
    const address = new URL(location);
    address.searchParams.delete("did");
    const answer = await fetchPage(address);
    const now = answer?.ok && answer.page.querySelector(`[data-detail="${card.dataset.detail}"]`);
    if (now || !answer) return { now, page: answer?.page };
    const trash = await fetchPage(`${location.pathname}/trash`);
    return { page: trash?.ok && trash.path.endsWith("/trash") && trash.page };
  }

  function drawChanged(card, now, news) {
    const touched = new Set();
    morph(card, now, (element) => touched.add(element.closest(parts)));
    tellHeld(card, now, news);
    for (const filter of card.querySelectorAll("[data-filter]")) if (filter.value) filter.dispatchEvent(new Event("input", { bubbles: true }));
    for (const part of touched) if (part && news.length > 0) mark(part);
  }

  function drawGone(card, page, news) {
    const deletion = news.findLast(({ verb }) => verb === "card_deleted");
    drawDeleted(card, deletion ? `${nameOf(deletion)} deleted this card.` : "This card was deleted.", page);
    tellHeld(card, null, news);
    card.dataset.seq = Math.max(card.dataset.seq, ...news.map(({ seq }) => seq));
  }

  document.addEventListener("told", ({ detail }) => {
    if (!detail.verb) goBack(detail);
    recent = [...recent, detail].slice(-most);
    look();
  });
  document.addEventListener("lost", () => {
    isOver = true;
    const card = open();
    if (!card) return;
    keepingFocus(card, () => turnOff(card));
    tellHeld(card, null, []);
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
  const target = around?.isConnected && around.checkVisibility() ? around.querySelector("summary") : card.querySelector("h1");
  target.focus({ preventScroll: true });
}

function mark(part) {
  part.dataset.fresh = "";
  setTimeout(() => delete part.dataset.fresh, shown);
}
