// What came of an undo or a redo (undo.js). What was undone is drawn: just the cards that its activities name, out of their columns'
// pages, which say too where among the others they stand.
import { cameBack } from "./led.js";
import { closeMenuOf } from "./opens.js";
import { aboutOf, fetchPage } from "./pages.js";
import { columnOf, focusCard, listsOf, recount } from "./place.js";
import { tellRefusal } from "./refusal.js";
import { slide } from "./slide.js";
import { toast, toastThere } from "./toast.js";
import { tellFlash } from "./undo.js";
import { wear } from "./wear.js";

const leaves = ["card_archived", "card_deleted"];
const stays = ["card_moved", "card_restored", "card_edited", "card_labelled", "card_unlabelled", "card_assigned", "card_unassigned"];

const asItIs = "This is how the board stands now.";

/**
 * Draws what was taken back, or says why it wasn't: past learns what the next press goes on before; isAhead says that it is drawn
 * already, isBusy which cards have been changed since.
 */
export function tellUndone(board, { way, answer, isAhead, past, isBusy }) {
  const path = `/boards/${board.dataset.board}`;
  if (answer.ok && answer.body.activities) return took(board, path, way, answer.body, past, isBusy);
  if (answer.ok) return toastThere(path, asItIs); // whose answer was lost
  if (answer.inDoubt || isAhead) return toastThere(path, `${answer.detail} ${asItIs}`);
  if (answer.current?.seq) past[way] = answer.current.seq;
  if (["nothing_to_undo", "nothing_to_redo"].includes(answer.code) && !answer.current) toast(answer.detail);
  else tellRefusal(answer);
}

async function took(board, path, way, { activities, seq }, past, isBusy) {
  if (way === "redo") past.undo = 0;
  const did = `did=${seq}&cards=${seq - activities[0].seq + 1}`;
  const told = await drawChanged(board, path, did, { activities, seq }, isBusy);
  if (!told) return location.replace(`${path}?${did}${activities[0].column_id ? `#column-${activities[0].column_id}` : ""}`);
  tellFlash(told);
  document.dispatchEvent(new CustomEvent("undone"));
}

// Returns a page of the server that tells of it; null when it takes the whole page anew to show it.
async function drawChanged(board, path, did, { activities, seq }, isBusy) {
  const all = seq - activities[0].seq + 1;
  if (all !== activities.length || !activities.every(({ verb }) => leaves.includes(verb) || stays.includes(verb))) return null;
  const columns = [...new Set(activities.map((each) => each.column_id))];
  const pages = await Promise.all(columns.map((column) => fetchPage(`${path}/columns/${column}?${did}`)));
  if (!pages.every((answer, i) => answer?.ok && aboutOf(answer.path) === `column-${columns[i]}`)) return null;
  const drawn = pages.flatMap(({ page }) => [...page.querySelectorAll("main [data-cards] > .card")]);
  const order = drawn.map((card) => card.dataset.card);
  const changes = activities.map((each) => ({ ...each, at: order.indexOf(each.card_id) })).sort((a, b) => a.at - b.at);
  if (changes.some(({ verb, at, card_id: id }) => at < 0 && stays.includes(verb) && !isBusy(find(board, id)))) return null;

  for (const { card_id: id } of changes) closeMenuOf(find(board, id));
  const focused = document.activeElement?.closest?.(".card");
  const next = focused?.nextElementSibling ?? focused?.previousElementSibling;
  slide(listsOf(board), () => {
    for (const { verb, at, card_id: id, column_id: column } of changes) {
      const card = find(board, id);
      if (isBusy(card) || card?.matches("[data-saving], :has(form)") || isOlder(drawn[at], card)) continue;
      if (leaves.includes(verb)) leave(card);
      else put(card, drawn[at], board.querySelector(`[data-column="${column}"] [data-cards]`), order.slice(0, at));
    }
  });
  refocus([focused, find(board, changes[0].card_id), next], cameBack(changes.map(({ card_id: id }) => find(board, id))));
  return pages[0].page;
}

const find = (board, id) => board.querySelector(`[data-card="${id}"]`);

// A page may have been drawn before what was done since.
const isOlder = (now, was) => Number(now?.dataset.version) < Number(was?.dataset.version);

function leave(card) {
  if (!card) return;
  recount(columnOf(card), null);
  card.remove();
}

// above are the ids of those that stand over it.
function put(was, now, list, above) {
  const card = was ?? now;
  const from = was && columnOf(was);
  const neighbour = [...list.children].filter((other) => above.includes(other.dataset.card)).at(-1);
  if (neighbour) neighbour.after(card);
  else list.prepend(card);
  delete card.dataset.far;
  recount(from, columnOf(card));
  wear(card, now);
}

// Whoever had the focus on what was drawn anew, on the button that was pressed, or on a card that left, has it on a card again.
function refocus(cards, back) {
  if (back) return focusCard(back);
  if (document.querySelector("dialog[open]") || (document.activeElement && document.activeElement !== document.body)) return;
  const card = cards.find((each) => each?.isConnected && each.checkVisibility());
  if (card) focusCard(card);
  else document.querySelector("main").focus();
}
