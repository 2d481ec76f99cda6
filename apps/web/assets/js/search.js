// What the search's page adds: more hits come in place ([data-more-hits]), and it says what was found. Whoever came from a
// form finds the focus on the first hit.
import { point } from "./line.js";
import { away, fetchPage } from "./pages.js";
import { say, toast } from "./toast.js";

const field = document.querySelector("#search-line");
const list = document.querySelector("[data-hits]");
const count = document.querySelector("[data-found-count]");

point(field);
arrive();
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-more-hits]");
  if (!link || !list || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  if (link.ariaDisabled !== "true") fetchMore(link);
});

function arrive() {
  if (!count) return;
  const isAsked = document.referrer.startsWith(location.origin) && document.activeElement === document.body;
  if (isAsked) list?.querySelector("a").focus();
  say(count.textContent);
}

async function fetchMore(link) {
  link.ariaDisabled = "true";
  const answer = await fetchPage(link.href);
  link.ariaDisabled = null;
  if (!answer?.ok || !answer.page.querySelector("[data-found-count]")) return toast(answer ? "The next cards didn’t come. Try again." : away);
  const hits = [...answer.page.querySelectorAll("[data-hits] > li")].filter(({ id }) => !document.getElementById(id));
  list.append(...hits);
  const next = answer.page.querySelector("[data-more-hits]");
  if (hits[0] || !next) (hits[0] ?? list.lastElementChild).querySelector("a").focus();
  if (next) link.href = next.href;
  else link.remove();
  const cards = `${list.children.length} cards`;
  count.textContent = next ? `The best ${cards}` : cards;
  say(`${hits.length} more: ${cards} are here`);
}
