// What was left behind on its way to the server (outbox.js): by this tab's page before, of another board, or by a tab that is closed,
// perhaps with its browser. That goes in its order, and by one tab alone, which holds the closed one's lock.
const moment = 3_000; // milliseconds in which a tab that goes from one page to the next is back
const pause = (time) => new Promise((then) => setTimeout(then, time));

/**
 * @param keys of what was left: its kind, person, board and tab
 * @param toast what tells of a change that wasn't made
 */
export function sendLeft(keys, openOutbox, toast) {
  const left = keys.filter((key) => localStorage.getItem(key)).map((key) => key.split(":").slice(2));
  for (const tab of new Set(left.map(([, tab]) => tab))) {
    const sendAll = () => Promise.all(left.filter(([, of]) => of === tab).map(([board]) => sendOne(openOutbox(board, undefined, tab === sessionStorage.tab ? undefined : tab), board, toast)));
    if (tab === sessionStorage.tab) sendAll();
    else ifClosed(tab, () => true).then((isClosed) => isClosed && pause(moment).then(() => ifClosed(tab, sendAll)));
  }
  document.addEventListener("visibilitychange", () => document.hidden || dispatchEvent(new Event("wake"))); // doubt.js
}

// Where there are no locks, as on a page that isn't safe from eavesdroppers, only the tab itself takes up what it left.
const ifClosed = async (tab, act) => navigator.locks?.request(`tab:${tab}`, { ifAvailable: true }, (lock) => lock && act());

function sendOne(outbox, board, toast) {
  for (const change of outbox.left) change.answered = (answer) => answer.ok || toast(...words(answer, change, board));
  return outbox.isEmpty() || new Promise((then) => (outbox.idle = then));
}

// A text that somebody else has saved over is kept as a draft too, and shown beside theirs when its writer wants.
function words({ status, current, detail, requestID }, { ifMatch, body, path }, board) {
  if (status !== 412 || !current?.number || !path.startsWith("cards/")) return [`${detail} What you did last on the board was not done.`, requestID && `Request ${requestID}`];
  return [`“${body.title}” isn’t saved: somebody else changed the title meanwhile.`, "", () => compare(`/boards/${board}/cards/${current.number}`, { version: ifMatch, title: body.title }), "Compare"];
}

function compare(action, fields) {
  const form = Object.assign(document.createElement("form"), { method: "post", action });
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  document.body.append(form);
  form.submit();
}
