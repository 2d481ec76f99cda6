// Pages over the board: a link to a page about a card or a column opens it in a dialog. When that is closed, the focus
// returns to where it came from, and what was changed meanwhile is drawn anew. Without this, the links are links.
import { startCardEdit } from "./card-edit.js";
import { startCardForms } from "./card-forms.js";
import { press } from "./keys.js";
import { offerLabels } from "./labels.js";
import { followCard } from "./live/follow.js";
import { closeMenu } from "./opens.js";
import { leads, pageDialog } from "./page-dialog.js";
import { aboutOf, fetchPage, show } from "./pages.js";
import { pageWith, redraw } from "./redraw.js";
import { startStory } from "./story-lines.js";
import { tellFlash } from "./undo.js";

const soon = 200; // milliseconds until what waited is looked at again

// The column that cards were sent to: an answer's own address has lost its fragment.
const cameTo = (form) => form.elements.to && `column-${form.elements.to.value}`;

/**
 * @param acts what the wall does at once in the place of a card's form, by the form's name: each gets the card and the
 * form, and returns what does it, or null if the wall can't
 * @param isBusy tells of a card that it is in somebody's hand, or on its way to the server
 * @returns what opens a page from a card or a column, or from its menu, and goes to what a key does there
 */
export function startDialog(acts = {}, isBusy = () => false) {
  const changed = new Set(); // ids of cards and columns, since the dialog was opened
  let opener = null; // a selector of what the focus returns to

  const dialog = document.querySelector("[data-dialog]");
  const { frame, home, arrive, follow, leave } = pageDialog(dialog, async (then) => {
    (then ?? refocus)();
    const rested = document.activeElement;
    if ((await refresh()) && !then && [rested, document.body].includes(document.activeElement)) refocus(); // else somebody has gone on meanwhile
  });

  startCardEdit(document);
  startStory(frame);
  followCard(frame, {
    drawn(page) {
      arrive(page);
      offerLabels(frame);
    },
  });
  frame.addEventListener("submit", (event) => {
    const [, path, name] = /(\/boards\/.*)\/(\w+)$/.exec(new URL(event.target.action).pathname) ?? [];
    const about = aboutOf(path);
    const card = document.getElementById(about);
    const act = card?.matches(".card") && !changed.has(about) && acts[name]?.(card, event.target);
    if (!act) return;
    event.preventDefault();
    leave(act);
  });
  startCardForms(frame, {
    arrived(answer) {
      changed.add(aboutOf(answer.path));
      arrive(answer.page);
      offerLabels(frame);
      if (answer.ok && answer.path !== location.pathname) history.replaceState(history.state, "", answer.path);
      return tellFlash(frame);
    },
    left(answer, form) {
      const about = aboutOf(new URL(form.action).pathname);
      if (answer.path !== home) location.assign(answer.url);
      else if (form.elements.was_title && redraw(answer.page, about)) leave(() => (refocus(), tellFlash(answer.page)));
      else leave(() => loadAt(`${answer.url}#${cameTo(form) ?? about}`));
    },
  });

  document.addEventListener("undone", async () => {
    const answer = dialog.open && (await fetchPage(location.pathname));
    if (!answer) return;
    if (!answer.ok || !aboutOf(answer.path)) return leave();
    show(frame, answer.page);
    arrive(answer.page);
  });

  function refocus() {
    const from = document.querySelector(opener ?? "main");
    (from?.checkVisibility() ? from : document.querySelector("main")).focus();
  }

  // The page that is loaded looks into its address for what is to have the focus (landing.js).
  function loadAt(address) {
    history.replaceState(history.state, "", address);
    location.reload();
  }

  // False when the board is loaded again: a card went to another place, or came from one.
  async function refresh() {
    const all = [...changed];
    changed.clear(); // on the page that is opened next nothing is changed yet
    for (const about of all) if (about && !(await drawAnew(about))) return loadAt(`#${about}`);
    return true;
  }

  // What somebody does with a card meanwhile comes first: a page from before that may show it elsewhere.
  async function drawAnew(about) {
    for (;;) {
      const from = pageWith(home, about);
      const answer = await fetchPage(from);
      if (!answer?.ok) return true;
      const thing = document.getElementById(about);
      if (isBusy(thing) || thing?.matches("[data-saving]")) await new Promise((then) => setTimeout(then, soon));
      else if (redraw(answer.page, about)) return true;
      else if (pageWith(home, about) === from) return false;
    }
  }

  async function openFrom(thing, path, key = "", fromMenu = false) {
    opener = thing ? `#${thing.id} ${fromMenu ? "[name=menu]" : ":is(.card-title, h2) a"}` : `.app-bar a[href="${path}"]`;
    if (fromMenu) closeMenu()?.focus();
    await follow(path);
    const control = key && frame.querySelector(`[data-key="${key}"]`);
    if (control) press(control);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (!leads(link, event) || dialog.contains(link)) return;
    event.preventDefault();
    openFrom(link.closest(".card, [data-column]"), link.pathname, "", link.closest(".menu") !== null);
  });
  return openFrom;
}
