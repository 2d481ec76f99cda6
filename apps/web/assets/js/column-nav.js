// The pills above the wall on a phone: the one whose column is in view is marked. The page of a wide wall comes with the
// first of them. Who taps one stays on the same page: it is no step of the way back.
import { isPlain } from "./click.js";
import { columnsOf } from "./column-order.js";
import { pillText } from "./counts.js";

const narrow = matchMedia("(max-width: 760px)"); // as the stylesheet has it

export function startColumnNav(board) {
  const nav = document.querySelector("[data-column-nav]");
  if (!nav) return;
  // The button at a phone's foot adds to the column in view.
  document.querySelector("[data-foot-add]")?.addEventListener("click", () => {
    const inView = nav.querySelector("[aria-current]") ?? nav.querySelector("a:not([hidden])");
    document.getElementById(inView.hash.slice(1)).querySelector(".plus, .strip button")?.click();
  });
  nav.addEventListener("click", (event) => {
    const pill = event.target.closest("a");
    if (!pill || !isPlain(event)) return;
    event.preventDefault();
    location.replace(pill.hash);
  });
  if (narrow.matches) mark(board, nav);
  else narrow.addEventListener("change", () => mark(board, nav), { once: true });
}

function mark(board, nav) {
  const pills = new Map();
  for (const pill of nav.children) pills.set(pill.hash.slice(1), pill);
  for (const [i, column] of columnsOf(board).entries()) {
    if (!pills.has(column.id)) pills.set(column.id, nav.insertBefore(another(nav.firstElementChild, column), nav.children[i]));
  }

  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const pill = pills.get(target.id);
      if (!isIntersecting) { pill.removeAttribute("aria-current"); continue; }
      pill.setAttribute("aria-current", "true");
      pill.hidden = false;
      // scrollIntoView would move the page too.
      nav.scrollTo({ left: pill.offsetLeft - (nav.clientWidth - pill.offsetWidth) / 2 });
    }
  }, { root: board, threshold: 0.6 });
  for (const id of pills.keys()) {
    const column = document.getElementById(id);
    if (column) watch.observe(column);
  }
}

function another(pill, column) {
  const drawn = pill.cloneNode(true);
  drawn.href = `#${column.id}`;
  drawn.hidden = column.hidden;
  drawn.querySelector("[data-name]").textContent = column.dataset.title;
  drawn.querySelector("[data-pill-count]").textContent = pillText(column);
  return drawn;
}
