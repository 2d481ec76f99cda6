// Changes of a board on their way to the server, one after another in the order they were made, since one may name what
// another has moved. Each is kept in the tab's storage, by person and board, until it is answered: what a page leaves
// behind, the next page of the tab takes up, whichever it is. Signing out drops it.
import { post, send, tab } from "./api.js";
import { giveBack } from "./drafts.js";
import { tellRefusal } from "./refusal.js";

const prefix = "changes:";
const mine = `${prefix}${document.body.dataset.person}:`;
const verbs = { move: "moved", archive: "archived", restore: "restored" };

/**
 * @param {string} board
 * @param {number} seq the board's as the page shows it; without it, as of one's own last change
 * @returns left: what the page before left behind; isOld: whether the page is older than one's own last change; idle: to
 * be set to what is called when nothing is under way any more; isEmpty, send
 */
export function openOutbox(board, seq) {
  const key = mine + board;
  const { seq: last = 0, changes: queue = [] } = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  for (const change of queue) change.wasLeft = true;
  let known = seq ?? last;
  let isSending = false;
  let isLeft = false; // the next page has taken over

  function keep() {
    if (!isLeft) sessionStorage.setItem(key, JSON.stringify({ seq: known, changes: queue.map(({ path, body, since }) => ({ path, body, since })) }));
  }

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    while (queue.length > 0 && !isLeft) {
      const answer = await sendOne(board, queue[0]);
      if (isLeft) break;
      if (answer.ok) known = Math.max(known, answer.body.seq ?? 0);
      const { answered, body, wasLeft } = queue.shift();
      keep();
      if (!answer.ok && wasLeft && body.title) giveBack(`card:${body.column_id}`, body.title);
      answered?.(answer);
    }
    isSending = false;
    if (!isLeft) box.idle?.();
  }

  async function sendOne(board, change) {
    if (change.since !== undefined && (await wasMade(board, change))) return { ok: true, body: {} };
    change.since ??= known;
    keep();
    return post(`/v1/boards/${board}/${change.path}`, change.body);
  }

  addEventListener("pagehide", () => (isLeft = true));
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    if (queue.length > 0) location.reload();
    else isLeft = false;
  });
  onSignOut(() => (isLeft = true));
  keep();
  const box = {
    left: [...queue],
    isOld: last > known,
    idle: null,
    isEmpty: () => queue.length === 0,
    /** Sends a change: path below the board's and body for the api; answered takes the answer. */
    send(change) {
      queue.push(change);
      keep();
      sendAll();
    },
  };
  if (queue.length > 0) sendAll();
  return box;
}

/** On every page: sends what was left behind on boards, but for the one that the page itself shows. */
export function startOutboxes() {
  onSignOut(() => kept(prefix).forEach((key) => sessionStorage.removeItem(key)));
  const here = document.querySelector("[data-board][data-editable=true]")?.dataset.board;
  const answered = (answer) => answer.ok || tellRefusal(answer, "What you did last on the board was not done.");
  for (const key of kept(mine)) {
    const board = key.slice(mine.length);
    if (board !== here) for (const change of openOutbox(board).left) change.answered = answered;
  }
}

const kept = (start) => Object.keys(sessionStorage).filter((key) => key.startsWith(start));

const onSignOut = (drop) => document.addEventListener("submit", ({ target }) => target.getAttribute("action") === "/api/auth/sign-out" && drop());

// Whether a change that was under way when its page was left has been made: then somebody else may have changed the
// same thing since, and sending it again would undo that. What isn't found is sent again: twice leaves what once does.
async function wasMade(board, { path, body, since }) {
  const [things, id, does = Object.keys(body).find((key) => key in verbs)] = path.split("/");
  const answer = await send("GET", `/v1/boards/${board}/activity?after=${since}`);
  const [verb, ids] = [`${things.slice(0, -1)}_${verbs[does]}`, body.card_ids ?? [id]];
  return answer.ok && answer.body.items.some((item) => item.origin === tab && item.verb === verb && ids.includes(item.card_id ?? item.column_id));
}
