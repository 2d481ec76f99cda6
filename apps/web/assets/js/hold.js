// Most of what a wall can do is loaded when somebody begins to do it. Until it is there, what they do is held, and then done;
// should it not come, links and forms are what they are without scripts, and the next thing that is done asks for it again.

// What needs the rest, by the event that asks for it.
const asks = {
  click: '[data-board] a, [name="menu"], [name="add"], [data-filter-sign], [data-filters] a, [data-key=ga]',
  submit: "[data-fold], [data-star], [data-takes-back], [data-filter-form]",
  keydown: '.card-title a, .card > [aria-expanded], [data-grip], [data-board], body',
};

/** Holds it until load's promise is kept and start has been called with what that brought. Returns what loads it at once. */
export function holdUntil(board, load, start) {
  const held = [];
  const holding = new AbortController();
  let coming = null;
  let isPlain = false;

  const come = () => (coming ??= load().then(begin, letGo));

  function begin(rest) {
    start(rest);
    holding.abort();
    board.dataset.whole = "";
    held.forEach(rest.doAgain);
  }

  function letGo() {
    dispatchEvent(new Event("missing")); // live/renew.js
    coming = null;
    isPlain = true;
    held.splice(0).forEach(plainly);
    isPlain = false;
  }

  function hold(event) {
    if (isPlain || event.defaultPrevented || !event.target.closest?.(asks[event.type]) || !isMeant[event.type]?.(event, held.length > 0)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(event);
    come();
  }

  const on = (target, type, act) => target.addEventListener(type, act, { capture: true, signal: holding.signal });
  for (const type of Object.keys(asks)) on(document, type, hold);
  on(document, "keydown", ({ ctrlKey, metaKey }) => (ctrlKey || metaKey ? setTimeout(come, 100) : come())); // whoever uses keys needs it soon, but the palette first (late.js)
  on(document, "focusin", ({ target }) => target.matches(":focus-visible") && come());
  on(window, "popstate", (event) => {
    if (!event.state?.over) return;
    held.push(event);
    come();
  });
  const near = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && come(), { root: board, rootMargin: "0px 400px", scrollMargin: "800px 0px" });
  for (const link of board.querySelectorAll("[data-more]")) near.observe(link.closest("[data-column]").querySelector(".card") ? link : link.closest("[data-column]"));
  holding.signal.addEventListener("abort", () => near.disconnect());
  return come;
}

// A key that scrolls or leads on does so, and a click that opens a tab.
const isMeant = {
  click: (event) => event.button === 0 && (event.target.closest(".card-title a") || !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)),
  submit: () => true,
  keydown({ key, target, ctrlKey, metaKey, altKey }, isNext) {
    if (altKey || !target.matches(asks.keydown)) return false;
    if (ctrlKey || metaKey) return key.toLowerCase() === "z";
    if (target.matches("[data-grip]")) return key === " " || key === "Enter";
    return (/^(.|Arrow.+|Home|End)$/.test(key) && (key !== " " || target.tagName !== "BUTTON")) || (isNext && key === "Enter");
  },
};

function plainly({ target, type }) {
  if (type === "submit") return target.submit();
  const control = type === "click" && target.closest("a, button, summary");
  if (control) control.click();
}
