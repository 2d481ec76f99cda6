// Passing messages in the page's live regions: [data-toasts] for what one should see, [data-said] for what
// only a screen reader says.

/**
 * Shows a sentence, with small print under it, until it is dismissed or its time has passed; that waits for whoever
 * has the pointer or the focus on it. With something to do, it lasts 8 s and its button, of that name, does it.
 */
export function toast(sentence, smallPrint = "", act = null, name = "Undo") {
  const dock = place("[data-toasts]");
  const box = element("div", "toast");
  const text = box.appendChild(element("div"));
  text.append(element("p", "", sentence));
  if (smallPrint) text.append(element("p", "small", smallPrint));
  const button = box.appendChild(element("button", "btn mini", act ? name : "Dismiss"));
  button.type = "button";
  button.addEventListener("click", () => {
    box.remove();
    act?.();
  });
  dock.replaceChildren(box);
  giveWay();
  pass(box, act ? toUndo : 10_000);
}

const toUndo = 8_000; // milliseconds
const pass = (box, time) => setTimeout(() => (box.matches(":hover, :focus-within") ? pass(box, time) : box.remove()), time);

/** Has the messages that the server drew ([data-flash]) pass like others. */
export function startFlashes(root) {
  const arrive = () => root.querySelectorAll("[data-flash]").forEach((flash) => pass(flash, toUndo));
  arrive();
  root.addEventListener("arrive", arrive);
}

// A message goes to the window's other end where it would cover what has the focus (WCAG 2.4.11), or what gets it later.
function giveWay() {
  const focused = document.activeElement;
  const held = focused?.tabIndex >= 0 && (focused.closest("form:not(.flash form), .card") ?? focused).getBoundingClientRect();
  for (const box of document.querySelectorAll(":is(.dock, .flash) > .toast")) {
    const dock = box.parentElement;
    if (box.contains(focused)) continue;
    dock.classList.remove("is-high");
    const here = held && box.getBoundingClientRect();
    dock.classList.toggle("is-high", Boolean(held) && held.bottom > here.top && held.top < here.bottom && held.right > here.left && held.left < here.right);
  }
}

document.addEventListener("focusin", giveWay);

let left = ""; // what toastThere left for this page

// That, as long as the page shows it: where the next one has nothing else to say, it isn't lost.
const shown = () => (document.querySelector("[data-toasts] .toast p")?.textContent === left ? left : "");

/** Goes to another page, which shows the sentence. */
export function toastThere(address, sentence) {
  sessionStorage.setItem("toast", sentence || shown());
  location.replace(address);
}

/** Shows what toastThere left for this page. */
export function showKeptToast() {
  left = sessionStorage.getItem("toast");
  sessionStorage.removeItem("toast");
  if (left) toast(left);
}

/** Loads this page anew. */
export function loadAnew() {
  sessionStorage.setItem("toast", shown());
  location.reload();
}

/** Says a sentence to a screen reader. */
export function say(sentence) {
  place("[data-said]").textContent = sentence;
}

// While a dialog is open, the page behind it is neither seen nor heard.
const place = (region) => document.querySelector(`dialog[open] ${region}`) ?? document.querySelector(region);

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
