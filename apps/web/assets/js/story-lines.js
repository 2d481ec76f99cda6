// What happened on a board or to a card ([data-story]): what was before comes when one gets near the end, or presses the link
// there ([data-older]), which leads to it without scripts; what happens meanwhile comes by itself. Each line has its seq, and
// each day its lines.
import { isPlain } from "./click.js";
import { fetchPage } from "./pages.js";
import { say } from "./toast.js";

const moment = 400; // milliseconds, at most, until what is told is read
const patience = 3_000; // milliseconds until it is tried again

/** Watches a page, or the frame that pages are shown in. */
export function startStory(root) {
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) fetchOlder(target);
  }, { rootMargin: "600px", scrollMargin: "600px" });
  const look = () => {
    const link = root.querySelector("[data-older]");
    if (link) watch.observe(link);
  };

  async function fetchOlder(link) {
    if (link.ariaBusy) return;
    watch.unobserve(link);
    link.ariaBusy = "true";
    const answer = await fetchPage(link.href);
    link.ariaBusy = null;
    if (!link.isConnected || !answer?.ok) return; // the link is there to try again
    const made = takeIn(root.querySelector("[data-story]"), answer.page.querySelector("[data-story]"));
    if (document.activeElement === link) made[0]?.focus();
    const next = answer.page.querySelector("[data-older]");
    if (next) link.href = next.href;
    else link.parentElement.remove();
    say(`${made.length} more`);
    root.dispatchEvent(new CustomEvent("arrive", { bubbles: true }));
  }

  let soon;
  const later = (time) => (soon ??= setTimeout(fetchNews, time));

  async function fetchNews() {
    const path = location.pathname;
    const answer = await fetchPage(path);
    soon = undefined;
    if (!answer) later(patience);
    if (!answer?.ok || path !== location.pathname) return;
    if (takeIn(root.querySelector("[data-story]"), answer.page.querySelector("[data-story]")).length > 0) root.querySelector("[data-none]")?.remove();
    root.dispatchEvent(new CustomEvent("arrive", { bubbles: true }));
  }

  document.addEventListener("told", () => {
    if (root.querySelector("[data-story]")) later(moment * (0.5 + 0.5 * Math.random()));
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-older]");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    fetchOlder(link);
  });
  root.addEventListener("arrive", look);
  look();
}

// Takes the lines of another page in, each to its place, unless it is here already; returns those that are new.
function takeIn(story, other) {
  const made = [];
  for (const day of other?.querySelectorAll("[data-day]") ?? []) {
    const here = story.querySelector(`[data-day="${day.dataset.day}"]`);
    const lines = [...day.querySelectorAll("[data-seq]")].filter(({ id }) => !document.getElementById(id));
    if (here) for (const line of lines) put(line, here.querySelector("ol"), ({ dataset }) => Number(dataset.seq) < Number(line.dataset.seq));
    else put(day, story, ({ dataset }) => dataset.day < day.dataset.day);
    made.push(...lines);
  }
  for (const line of made) line.tabIndex = -1;
  return made;
}

const put = (thing, place, isBehind) => place.insertBefore(thing, [...place.children].find(isBehind) ?? null);
