// Passing messages in the page's live regions: [data-toasts] for what one should see, [data-said] for what
// only a screen reader says.

/**
 * Shows a sentence, with small print under it, until it is dismissed or its time has passed; that waits for whoever
 * has the pointer or the focus on it. With undo, it lasts 8 s and its button takes the change back.
 */
export function toast(sentence, smallPrint = "", undo = null) {
  const dock = place("[data-toasts]");
  const box = element("div", "toast");
  const text = box.appendChild(element("div"));
  text.append(element("p", "", sentence));
  if (smallPrint) text.append(element("p", "small", smallPrint));
  const button = box.appendChild(element("button", "btn mini", undo ? "Undo" : "Dismiss"));
  button.type = "button";
  button.addEventListener("click", () => {
    box.remove();
    undo?.();
  });
  dock.replaceChildren(box);
  const wait = () => setTimeout(() => (box.matches(":hover, :focus-within") ? wait() : box.remove()), undo ? 8_000 : 10_000);
  wait();
}

/** Goes to another page, which shows the sentence. */
export function toastThere(address, sentence) {
  sessionStorage.setItem("toast", sentence);
  location.replace(address);
}

/** Shows what toastThere left for this page. */
export function showKeptToast() {
  const sentence = sessionStorage.getItem("toast");
  sessionStorage.removeItem("toast");
  if (sentence) toast(sentence);
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
