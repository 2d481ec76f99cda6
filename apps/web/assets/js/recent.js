// The boards and cards that this person opened lately, the latest first: in the browser, for each person apart, until they
// sign out. The palette offers them (late/).
const most = 20;
const month = 30 * 24 * 3600 * 1000; // milliseconds
const all = "recent:";
const mine = () => all + document.body.dataset.person;
const thing = /^\/boards\/[0-9a-f-]{36}(\/cards\/\d+)?$/;

/** What was opened lately: path, title and when. */
export const recents = (key = mine()) => JSON.parse(localStorage.getItem(key) ?? "[]").filter(({ at }) => at > Date.now() - month);

export function startRecent() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(all) && recents(key).length === 0) localStorage.removeItem(key);
  if (!document.body.dataset.person || !document.querySelector("main[data-saved]")) return;
  note();
  document.addEventListener("opened", note); // over the page
}

function note() {
  const { pathname: path } = location;
  const found = thing.exec(path);
  if (!found) return;
  const title = found[1] ? document.title.replace(/ · Cardwall$/, "") : document.querySelector("h1").textContent;
  try {
    localStorage.setItem(mine(), JSON.stringify([{ path, title, at: Date.now() }, ...recents().filter((other) => other.path !== path)].slice(0, most)));
  } catch (error) {
    if (error.name !== "QuotaExceededError") throw error; // what one types comes first
  }
}
