// Passing messages in the page's live regions: [data-toasts] for what one should see, [data-said] for what
// only a screen reader says.

/** Shows a sentence, with small print under it, until it is dismissed or 10 s have passed. */
export function toast(sentence, smallPrint = "") {
  const dock = place("[data-toasts]");
  const box = element("div", "toast");
  const text = box.appendChild(element("div"));
  text.append(element("p", "", sentence));
  if (smallPrint) text.append(element("p", "small", smallPrint));
  const dismiss = box.appendChild(element("button", "btn mini", "Dismiss"));
  dismiss.type = "button";
  dismiss.addEventListener("click", () => box.remove());
  dock.replaceChildren(box);
  setTimeout(() => box.remove(), 10_000);
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
