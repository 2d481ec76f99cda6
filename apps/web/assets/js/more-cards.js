// The rest of a long column. [data-more] on the link below its cards leads to a page of those that follow; they are put
// into the column when one gets near them, by scrolling, by the keyboard or with a card in the hand, or presses the link.
// What is in a column out of sight isn't laid out, so that of one without cards the column itself is watched.
// Whatever has the focus and wherever one has scrolled to stays. When they don't come, the link is there to try again.
import { shownOf } from "./counts.js";
import { away, fetchPage } from "./pages.js";
import { columnOf, isFar, moreOf } from "./place.js";
import { say } from "./toast.js";

/**
 * Listens on the wall. Returns what fetches the next cards of a list, for whoever asks for them: a promise, or null when
 * the list has no more.
 */
export function startMoreCards(board) {
  const underWay = new Map(); // link → promise
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) fetchOnce(target.querySelector("[data-more]") ?? target);
  }, { root: board, rootMargin: "0px 400px", scrollMargin: "800px 0px" });

  function fetchOnce(link) {
    if (!underWay.has(link)) underWay.set(link, fetchRest(link).finally(() => underWay.delete(link)));
    return underWay.get(link);
  }

  async function fetchRest(link) {
    const column = columnOf(link);
    const hadFocus = () => document.activeElement === link;
    watch.unobserve(link);
    watch.unobserve(column);
    wait(link, true);
    let made = [];
    for (let more = true; more && made.length === 0;) {
      const answer = await fetchPage(link.href);
      const items = answer?.ok && answer.page.querySelector("main [data-cards]");
      if (!items) return fail(link, answer ? "These cards didn’t come." : away);
      made = place(board, column, [...items.children]);
      more = leadOn(link, answer.page.querySelector("a[data-next]"), column);
    }
    wait(link, false);
    if (hadFocus() && made.length > 0) made[0].querySelector(".card-title a").focus({ preventScroll: true });
    if (link.dataset.more === "end") end(link, hadFocus(), column);
    else watch.observe(link);
    column.dispatchEvent(new CustomEvent("more", { bubbles: true }));
  }

  function ask(list) {
    const link = moreOf(list);
    if (!link) return null;
    const { title } = columnOf(list).dataset;
    say(`Loading more of ${title}`);
    return fetchOnce(link).then(() => {
      if (link.isConnected && link.classList.contains("is-failed")) return;
      say(`${list.children.length} of ${shownOf(columnOf(list))} cards of ${title} are here`);
    });
  }

  board.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-more]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    ask(columnOf(link).querySelector("[data-cards]"));
  });
  board.addEventListener("waiting", ({ target }) => watch.observe(target.querySelector("[data-more]")));
  for (const link of board.querySelectorAll("[data-more]")) watch.observe(columnOf(link).querySelector(".card") ? link : columnOf(link));
  return ask;
}

// Where the cards go: each behind the one before it. Those that are here already, because they were moved, stay.
function place(board, column, items) {
  const list = column.querySelector("[data-cards]");
  let above = [...list.children].findLast((card) => !isFar(card)) ?? null;
  const made = [];
  for (const item of items) {
    const here = document.getElementById(item.id);
    if (here) {
      if (here.parentElement === list && !here.matches(".is-slot, .is-carried")) {
        delete here.dataset.far;
        above = here;
      }
      continue;
    }
    list.insertBefore(item, above ? above.nextElementSibling : list.firstElementChild);
    above = item;
    made.push(item);
  }
  return made;
}

// Points the link at what follows. The card that a page goes on from may have been moved to the foot meanwhile: then the
// column is gone through once more, from its top. Returns whether there is more.
function leadOn(link, next, column) {
  const missing = shownOf(column) - column.querySelector("[data-cards]").children.length;
  const again = !next && missing > 0 && new URL(link.href).searchParams.has("cursor") && link.dataset.more !== "again";
  if (again) link.dataset.more = "again";
  if (next) link.href = next.href;
  else if (again) link.href = fromTop(link.href);
  else link.dataset.more = "end";
  link.dataset.left = Math.max(missing, 1);
  return Boolean(next || again);
}

function fromTop(address) {
  const top = new URL(address);
  top.searchParams.delete("cursor");
  return top;
}

function end(link, hadFocus, column) {
  const list = column.querySelector("[data-cards]");
  for (const card of list.children) delete card.dataset.far;
  if (hadFocus) list.lastElementChild?.querySelector(".card-title a").focus();
  link.parentElement.remove();
}

function wait(link, isWaiting) {
  link.classList.remove("is-failed");
  link.previousElementSibling?.remove();
  link.classList.toggle("is-loading", isWaiting);
  label(link, isWaiting ? "Loading…" : `${link.dataset.left} more`);
}

function fail(link, sentence) {
  wait(link, false);
  link.classList.add("is-failed");
  const said = document.createElement("span");
  said.textContent = sentence;
  link.before(said);
  label(link, "Try again");
  say(sentence);
}

// The name of the column behind it, for screen readers, stays.
const label = (link, text) => (link.firstChild.textContent = text);
