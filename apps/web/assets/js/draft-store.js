// Where drafts are kept: in the browser, for each person apart, so that nobody sees what another wrote at the same one. They
// outlive the tab and the sign-in; what is a month old, or more than there is room for, goes.
import { toast } from "./toast.js";

const month = 30 * 24 * 3600 * 1000; // milliseconds
const room = 500_000; // characters, of one person
const all = "draft:";
const ended = "drafts-ended"; // is set when somebody signs out, so that other tabs hear of it

const mine = () => `${all}${document.body.dataset.person}:`;
const keys = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));
let isOver = false; // the person signed out, here or in another tab: what this page still shows isn't kept any more

/** Whether this page's person has signed out. */
export const hasEnded = () => isOver;

/** The names of this person's drafts. */
export const drafts = () => keys(mine()).map((key) => key.slice(mine().length));

export const read = (name) => parsed(mine() + name);
export const drop = (name) => localStorage.removeItem(mine() + name);

/** Keeps a draft, in the place of older ones if there is no room. */
export function write(name, draft) {
  if (!document.body.dataset.person || isOver) return;
  const key = mine() + name;
  const text = JSON.stringify({ at: Date.now(), page, ...draft });
  for (const older of [...byAge().filter((other) => other !== key), null]) {
    try {
      return localStorage.setItem(key, text);
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw error;
      if (older) localStorage.removeItem(older);
    }
  }
  toast("This browser has no room to keep what you type. Save it before you leave.");
}

/** What this page is called, among all of the browser's. */
export const page = performance.timeOrigin;

/** Whether a draft was written on the page that is open, and not one before. */
export const isOfThisPage = (draft) => draft.page === page;

/** Forgets all that is kept under a person's name, drafts or not, in every tab: they sign out, or are gone. */
export function dropAll(person) {
  for (const key of Object.keys(localStorage)) if (key.split(":")[1] === person) localStorage.removeItem(key);
  localStorage.setItem(ended, Date.now()); // tells the other tabs
  isOver = true;
}

export function startStore() {
  addEventListener("storage", ({ key }) => {
    isOver ||= key === ended;
  });
  for (const key of keys(all)) if (!(parsed(key)?.at > Date.now() - month)) localStorage.removeItem(key);
  let left = room;
  for (const key of byAge().reverse()) {
    left -= localStorage.getItem(key).length;
    if (left < 0) localStorage.removeItem(key);
  }
}

// The oldest first.
const byAge = () => keys(mine()).sort((a, b) => parsed(a).at - parsed(b).at);

function parsed(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // not ours
  }
}
