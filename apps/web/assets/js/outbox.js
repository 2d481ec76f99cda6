// Changes of a board on their way to the server, one after another in the order they were made, since one may name what
// another has moved. Each is kept in the browser, by person, board and tab, until it is answered: what a page leaves
// behind, the next page of the tab takes up, whichever it is, and what a closed tab did, the next page of that person
// (left.js). Without a network they wait. Signing out drops it (leave.js).
import { send } from "./api.js";
import { hasEnded } from "./draft-store.js";
import { comesBack, stays } from "./doubt.js";
import { forgetTitle, giveTextBack } from "./drafts.js";
import { newID } from "./id.js";
import { isOld, keepIn, keptIn, knownIn } from "./kept.js";
import { loadAnew } from "./toast.js";

/** Begins the names of all that is kept of this person's. */
export const mine = `changes:${document.body.dataset.person}:`;

const most = 500; // changes that are kept

const idsOf = (changes) => new Set(changes.map(({ id }) => id));

/**
 * @param {string} board
 * @param {number} seq the board's as the page shows it; without it, as of one's own last change
 * @param closed the tab whose changes they are, if it isn't this one
 * @returns left: what the page before left behind; queue: what is under way, to be looked at; isOld: whether the page is older than one's own last change; idle: to
 * be set to what is called when nothing is under way any more; isEmpty; known: the board's seq after one's own last change, or
 * what there is at most, since its database may be set back to an older one; send
 */
export function openOutbox(board, seq, closed) {
  const key = `${mine}${board}:${closed ?? sessionStorage.tab}`;
  const last = Number(sessionStorage.getItem(key));
  const queue = knownIn(key);
  for (const change of queue) Object.assign(change, { wasLeft: true, tries: 0 });
  const seen = idsOf(queue);
  let known = seq ?? last;
  let isSending = false;
  let isLeft = false; // the next page has taken over
  let letGo; // of the lock
  const isOver = () => isLeft || hasEnded();

  // What this page has to send: what was left behind may have been sent by another since, and what is old been given up.
  function still(there) {
    const ids = idsOf(there);
    return queue.filter((change) => ids.has(change.id) || !(change.wasLeft || isOld(change)));
  }

  function keep() {
    if (isOver()) return;
    const there = keptIn(key);
    const own = still(there).map(({ answered, after, cards, ...change }) => change);
    try {
      keepIn(key, [...own, ...there.filter(({ id }) => !seen.has(id))].slice(0, most));
      sessionStorage.setItem(key, known);
    } catch {
      dispatchEvent(new Event("unkept")); // there is no room: it goes out all the same, while its page is there
    }
  }

  // Another page may have the same changes: one that took over for a tab that was closed, or long between two pages; a tab that
  // was duplicated. One at a time sends, and tells by what is still kept what it has done. A page that is being left when its turn
  // comes is refused the lock.
  async function sendAll() {
    if (isSending) return;
    isSending = true;
    await (navigator.locks?.request(key, () => Promise.race([run(), new Promise((leave) => (letGo = leave))])).catch(() => (isSending = false)) ?? run());
    if (!isSending && !isOver()) box.idle?.();
  }

  const run = () => sendEach().catch(reportError).finally(() => (isSending = false)); // the lock is given back later

  async function sendEach() {
    while (!isOver()) {
      const rest = still(keptIn(key));
      if (seq && rest.length < queue.length) return loadAnew();
      queue.splice(0, queue.length, ...rest);
      if (queue.length === 0) break;
      const answer = await sendOne(queue[0]);
      if (!answer.ok && !answer.status) await stays();
      if (answer.inDoubt && (await comesBack(queue[0], board))) continue;
      if (isOver()) break;
      if (queue[0].wasLeft && (answer.status === 401 || answer.code === "signed_in_as_another")) break; // it is for whoever did it, once they are back
      if (answer.ok) known = Math.max(known, answer.body.seq ?? 0);
      const change = queue.shift();
      const { answered, body, draft, wasLeft } = change;
      settle(change, answer);
      keep();
      if (answer.ok && draft) forgetTitle(draft, body.title);
      if (!answer.ok && wasLeft) giveTextBack(change);
      try {
        answered?.(answer);
      } catch (error) {
        reportError(error); // what follows goes out all the same
      }
    }
  }

  // What is to take back a change learns which it is, and goes where that was refused, or changed nothing: then its page, which is ahead, is told.
  // What was made over the same version of the same thing goes on from the next.
  function settle(change, { ok, body, did }) {
    change.seq = did;
    change.isRefused = !did;
    for (const next of queue) if (ok && body.version && change.ifMatch && next.path === change.path && next.ifMatch === change.ifMatch) next.ifMatch = String(body.version);
    for (const next of queue.filter(({ of }) => of && of === change.id)) {
      if (did) Object.assign(next, { of: undefined, body: { seq: did } });
      else {
        queue.splice(queue.indexOf(next), 1);
        settle(next, {});
        if (ok) next.answered?.({ ok, body: {} });
      }
    }
  }

  // One that was under way when its page was left may have been made, or be made yet: the server knows it by its id, and new cards by
  // theirs, which it then tells once more; of others it tells the seq. What a text's version is then, one knows too. The answer's did is the
  // seq that takes it back: none where it changed nothing, as of what is told with a seq that isn't new.
  async function sendOne({ method = "POST", path, body, ifMatch, id, after }) {
    await after;
    const isMaking = body?.id || body?.cards;
    const answer = await send(method, `/v1/boards/${board}/${path}`, { body, ifMatch, change: isMaking ? undefined : id, tab: closed });
    const { ok, code, body: told, current } = answer;
    if (code === "made_already") return { ok: true, did: current?.seq, body: { ...current, version: Number(ifMatch) + (current ? 1 : 0) } };
    return ok && (isMaking || told.seq > known) ? { ...answer, did: told.seq } : answer;
  }

  addEventListener("pagehide", () => {
    isLeft = true;
    letGo?.();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    if (queue.length > 0) location.reload();
    else isLeft = false;
  });
  keep();
  const box = {
    left: [...queue],
    queue,
    isOld: last > known,
    idle: null,
    isEmpty: () => queue.length === 0,
    known(most = known) {
      if (most < known) keep((known = most));
      return known;
    },
    /**
     * Sends a change, and returns it: path below the board's and body for the api, method if it isn't POST, ifMatch the
     * version that it was made over, draft the name of what is kept of its text until it is made; answered takes the answer.
     * of is the id of one before it that it takes back, after a promise to wait for. Once made it has a seq, unless it isRefused: then there is
     * nothing to take back.
     */
    send(change) {
      Object.assign(change, { id: newID(), at: Date.now(), tries: 0 });
      queue.push(change);
      seen.add(change.id);
      keep();
      sendAll();
      return change;
    },
  };
  if (queue.length > 0) sendAll();
  return box;
}
