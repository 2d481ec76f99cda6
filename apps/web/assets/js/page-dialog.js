// A dialog that shows pages over the one that it is on, each under its own address: Back goes to the one before, or
// closes it. What is on them is the caller's.
import { keepKeys } from "./ahead.js";
import { isPlain } from "./click.js";
import { aboutOf, fetchPage, show } from "./pages.js";

const patience = 5_000; // milliseconds for the way back

/** Whether a click on a link leads to a page that the dialog can show. */
export const leads = (link, event) => link && isPlain(event) && link.origin === location.origin && aboutOf(link.pathname);

// To a part of the page that the dialog is on.
function goTo(hash) {
  location.assign(hash);
  document.querySelector(hash)?.querySelector("a, button")?.focus();
}

/** @param shut is called when the dialog has been closed, with what leave was given */
export function pageDialog(dialog, shut) {
  const frame = dialog.querySelector("[data-frame]");
  const home = { path: location.pathname, title: document.title };
  let depth = 0; // how many of this tab's pages are pages of the dialog
  let after = null;
  let asked = 0;

  /** Says of a page that is in the frame what it is. */
  function arrive(page) {
    const head = frame.querySelector("h1");
    head.tabIndex = -1;
    frame.className = page.querySelector("main").className;
    dialog.setAttribute("aria-label", head.textContent);
    document.title = page.title;
    return head;
  }

  async function open(path) {
    const mine = ++asked;
    const letKeys = keepKeys(() => (asked++, letKeys()));
    const answer = await fetchPage(path);
    setTimeout(letKeys); // once the caller has gone where it leads
    if (mine !== asked) return false;
    if (!answer?.ok || !aboutOf(answer.path)) {
      location.assign(path);
      return false;
    }
    frame.replaceChildren();
    show(frame, answer.page);
    const head = arrive(answer.page);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    frame.querySelector(".choices > * > [aria-current]")?.scrollIntoView({ block: "nearest" }); // in its list
    head.focus();
    return true;
  }

  async function follow(path) {
    if (!(await open(path))) return;
    depth++;
    history.pushState({ over: depth }, "", path);
    document.dispatchEvent(new CustomEvent("opened"));
  }

  // A page that asks for one thing after the other is one step of the way back.
  async function turn(path) {
    if (!(await open(path))) return;
    history.replaceState(history.state, "", path);
    (frame.querySelector("[data-asked-next]") ?? frame.querySelector("[aria-current]"))?.focus();
  }

  function leave(then = null) {
    const letKeys = keepKeys();
    after = then;
    history.go(-depth);
    addEventListener("popstate", () => setTimeout(letKeys), { once: true });
    setTimeout(letKeys, patience);
  }

  function close() {
    const then = after;
    asked++;
    depth = 0;
    after = null;
    dialog.close();
    frame.replaceChildren();
    document.title = home.title;
    shut(then);
  }

  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const isHome = link?.pathname === home.path && isPlain(event);
    if (event.target === dialog || event.target.closest("[data-leave]") || isHome) {
      event.preventDefault();
      const isElsewhere = isHome && link.hash && link.hash !== `#${aboutOf(location.pathname)}`; // else back to where it was opened from
      leave(isElsewhere ? () => goTo(link.hash) : null);
    } else if (leads(link, event) && !link.matches("[data-alone], [data-close], [data-copy]")) {
      event.preventDefault();
      if ("back" in link.dataset) history.back();
      else ("turns" in link.dataset ? turn : follow)(link.pathname + link.search);
    }
  });
  // Escape closes what is open inside before it closes the dialog.
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("details[open]")) event.preventDefault();
  }, true);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("popstate", ({ state }) => {
    if (state?.over) {
      depth = state.over;
      open(location.pathname + location.search);
    } else if (dialog.open || depth > 0) {
      close();
    }
  });
  return { frame, home: home.path, arrive, follow, leave };
}
