// Changes of a board on their way to the server, one after another in the order they were made, since one may name what
// another has moved. Each is kept in the browser, by person, board and tab, until it is answered: what a page leaves
// behind, the next page of the tab takes up, whichever it is, and what a closed tab did, the next page of that person
// (left.js). Without a network they wait. Signing out drops it (leave.js).
import { patience, send } from "./api.js";
import { hasEnded } from "./draft-store.js";
import { forgetTitle, giveBack } from "./drafts.js";
import { newID } from "./id.js";
import { toast } from "./toast.js";

const mine = `changes:${document.body.dataset.person}:`;
const most = 500; // changes that are kept

/**
 * @param {string} board
 * @param {number} seq the board's as the page shows it; without it, as of one's own last change
 * @param closed the tab whose changes they are, if it isn't this one
 * @returns left: what the page before left behind; isOld: whether the page is older than one's own last change; idle: to
 * be set to what is called when nothing is under way any more; isEmpty; known: the board's seq after one's own last change; send
 */
export function openOutbox(board, seq, closed) {
  const key = `${mine}${board}:${closed ?? sessionStorage.tab}`;
  const last = Number(sessionStorage.getItem(key));
  const { changes: queue = [] } = JSON.parse(localStorage.getItem(key) ?? "{}");
  for (const change of queue) Object.assign(change, { wasLeft: true, wasTried: false });
  let known = seq ?? last;
  let isSending = false;
  let isLeft = false; // the next page has taken over
  const isOver = () => isLeft || hasEnded();

  function keep() {
    if (isOver()) return;
    sessionStorage.setItem(key, known);
    if (queue.length === 0) return localStorage.removeItem(key);
    const changes = queue.slice(0, most).map(({ answered, after, cards, ...change }) => change);
    try {
      localStorage.setItem(key, JSON.stringify({ at: changes[0].at, changes }));
    } catch {
      // There is no room: it goes out all the same, while its page is there.
    }
  }

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    while (queue.length > 0 && !isOver()) {
      const answer = await sendOne(queue[0]);
      if (!answer.ok && !answer.status) await stays();
      if (isOver()) break;
      if (answer.isAway ? await comesBack(queue[0]) : answer.inDoubt && queue[0].again--) continue;
      if (queue[0].wasLeft && (answer.status === 401 || answer.code === "signed_in_as_another")) break; // it is for whoever did it, once they are back
      if (answer.ok) known = Math.max(known, answer.body.seq ?? 0);
      const change = queue.shift();
      const { answered, body, draft, wasLeft } = change;
      settle(change, answer);
      keep();
      if (answer.ok && draft) forgetTitle(draft, body.title);
      const text = body?.title ?? body?.cards?.map(({ title }) => title).join("\n");
      if (!answer.ok && wasLeft && body?.column_id && text) giveBack(`card:${body.column_id}`, text);
      try {
        answered?.(answer);
      } catch (error) {
        reportError(error); // what follows goes out all the same
      }
    }
    isSending = false;
    if (!isOver()) box.idle?.();
  }

  // What is to take back a change learns which it is, and goes where that was refused; what was made over the same version
  // of the same thing goes on from the next.
  function settle(change, { ok, body }) {
    if (ok) change.seq = body.seq;
    else change.isRefused = true;
    for (const next of queue) if (ok && body.version && change.ifMatch && next.path === change.path && next.ifMatch === change.ifMatch) next.ifMatch = String(body.version);
    for (const next of queue.filter(({ of }) => of && of === change.id)) {
      if (ok) Object.assign(next, { of: undefined, body: body.seq ? { seq: body.seq } : {} });
      else queue.splice(queue.indexOf(next), 1);
    }
  }

  // One that was under way when its page was left may have been made, or be made yet: the server knows it by its id, and new cards by
  // theirs, which it then tells once more.
  async function sendOne({ method = "POST", path, body, ifMatch, id, after }) {
    await after;
    const answer = await send(method, `/v1/boards/${board}/${path}`, { body, ifMatch, change: body?.id || body?.cards ? undefined : id, tab: closed });
    return answer.code === "made_already" ? { ok: true, body: {} } : answer;
  }

  addEventListener("pagehide", () => (isLeft = true));
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    if (queue.length > 0) location.reload();
    else isLeft = false;
  });
  keep();
  const box = {
    left: [...queue],
    isOld: last > known,
    idle: null,
    isEmpty: () => queue.length === 0,
    known: () => known,
    latest: () => queue.at(-1),
    /**
     * Sends a change, and returns it: path below the board's and body for the api, method if it isn't POST, ifMatch the
     * version that it was made over, draft the name of what is kept of its text until it is made; answered takes the answer.
     * again is how often it is sent once more while no answer comes, so that it is made before what follows, or never: it may
     * arrive late. of is the id of one before it that it takes back, after a promise to wait for. Once made it has a seq, unless it isRefused.
     */
    send(change) {
      Object.assign(change, { id: newID(), at: Date.now() });
      queue.push(change);
      keep();
      sendAll();
      return change;
    },
  };
  if (queue.length > 0) sendAll();
  return box;
}

/** On every page: sends what was left behind, but for what the page's own board takes up itself. */
export async function startOutboxes() {
  const here = document.querySelector("[data-board]")?.dataset.board;
  const left = Object.keys(localStorage).filter((key) => key.startsWith(mine) && key !== `${mine}${here}:${sessionStorage.tab}`);
  if (left.length === 0) return;
  const { sendLeft } = await import("./left.js");
  sendLeft(left, openOutbox, toast);
}

// A browser that sets out for another page breaks off what is under way, says so, and is there much later: then that page asks
// what became of it. It may stay after all, as for a file that is fetched.
let setOut = 0; // when, in milliseconds
addEventListener("beforeunload", () => (setOut = performance.now()));

const moment = 300; // milliseconds
const pause = (time) => new Promise((then) => setTimeout(then, time));

/** Ends if the page stays. */
const stays = () => pause(moment).then(() => setOut && performance.now() - setOut < patience && pause(patience));

// Without a network a change waits until there is one again. False when web can be reached though the change can't: then it is the change's fault.
async function comesBack(change) {
  for (; !(await fetch("/livez").catch(() => null)); await pause(2_000)) change.wasTried = false;
  return !change.wasTried && (change.wasTried = true);
}
