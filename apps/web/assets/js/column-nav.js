// The pills above the wall on a phone: the one whose column is in view is marked.
export function startColumnNav(board) {
  const pills = new Map();
  for (const pill of document.querySelectorAll("[data-column-nav] a")) pills.set(pill.hash.slice(1), pill);
  if (pills.size === 0) return;

  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const pill = pills.get(target.id);
      if (!isIntersecting) { pill.removeAttribute("aria-current"); continue; }
      pill.setAttribute("aria-current", "true");
      // scrollIntoView would move the page too.
      const nav = pill.parentElement;
      nav.scrollTo({ left: pill.offsetLeft - (nav.clientWidth - pill.offsetWidth) / 2 });
    }
  }, { root: board, threshold: 0.6 });
  for (const id of pills.keys()) {
    const column = document.getElementById(id);
    if (column) watch.observe(column);
  }
}
