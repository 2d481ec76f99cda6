// Cards over the board: a link to a card opens its page in a dialog, under the card's own address. Back closes it, the
// focus returns to the card, and what was changed meanwhile is drawn anew. Without this, the links are links.
import { startCardEdit } from "./card-edit.js";
import { startCardForms } from "./card-forms.js";
import { isPlain } from "./click.js";
import { cardOf, fetchPage, show } from "./pages.js";

export function startCardDialog(board) {
  const dialog = document.querySelector("[data-dialog]");
  const frame = dialog.querySelector("[data-frame]");
  const home = { path: location.pathname, title: document.title };
  const changed = new Set(); // numbers of cards
  let depth = 0; // how many of this tab's pages are pages of the dialog
  let opener = null; // number of the card whose link was followed
  let asked = 0;

  startCardEdit(document);
  startCardForms(frame, (answer) => {
    changed.add(cardOf(answer.path)?.number);
    arrive(answer);
    if (answer.ok && answer.path !== location.pathname) history.replaceState(history.state, "", answer.path);
  });

  function arrive({ page }) {
    frame.className = page.querySelector("main").className;
    dialog.setAttribute("aria-label", page.querySelector("main h1")?.textContent ?? "Card");
    document.title = page.title;
  }

  async function open(path) {
    const mine = ++asked;
    const answer = await fetchPage(path);
    if (mine !== asked) return false;
    if (!answer?.ok || !cardOf(answer.path)) {
      location.assign(path);
      return false;
    }
    frame.replaceChildren();
    show(frame, answer.page);
    arrive(answer);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    frame.querySelector("h1").focus();
    return true;
  }

  async function follow(path) {
    if (!(await open(path))) return;
    depth++;
    history.pushState({ over: depth }, "", path);
  }

  const leave = () => history.go(-depth);

  function shut() {
    asked++;
    depth = 0;
    dialog.close();
    frame.replaceChildren();
    document.title = home.title;
    refresh().then(() => focusCard(opener));
  }

  async function refresh() {
    for (const number of changed) {
      const answer = number && (await fetchPage(pageWith(number)));
      if (answer && !answer.ok) return;
      if (answer && !redraw(answer.page, `card-${number}`)) return location.reload();
    }
    changed.clear();
  }

  // A card that is drawn is on its column's page, with whatever has changed; any other would be on the board's.
  function pageWith(number) {
    const column = document.getElementById(`card-${number}`)?.closest("[data-column]").dataset.column;
    return column ? `${home.path}/columns/${column}?card=${number}` : home.path;
  }

  board.addEventListener("click", (event) => {
    const link = event.target.closest?.(".card-title a");
    const card = link && isPlain(event) && cardOf(link.pathname);
    if (!card) return;
    event.preventDefault();
    opener = card.number;
    follow(card.path);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-leave]")) return leave();
    const link = event.target.closest("a");
    if (!link || !isPlain(event) || link.matches("[data-alone], [data-close], [data-copy]")) return;
    if (link.pathname === home.path && link.origin === location.origin) {
      event.preventDefault();
      leave();
    } else if (link.origin === location.origin && cardOf(link.pathname)) {
      event.preventDefault();
      follow(link.pathname + link.search);
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
      shut();
    }
  });
}

// Draws a card on the wall anew; false when it went to another place, or came from one.
function redraw(page, id) {
  const was = document.getElementById(id), now = page.getElementById(id);
  if (!was || !now) return !was && !now;
  if (was.dataset.far !== undefined) now.dataset.far = "";
  was.replaceWith(now);
  now.dispatchEvent(new CustomEvent("arrive", { bubbles: true }));
  return true;
}

function focusCard(number) {
  const link = document.querySelector(`#card-${number} .card-title a`);
  (link ?? document.querySelector("main")).focus();
}
