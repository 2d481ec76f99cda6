// What somebody wrote on an earlier page is offered, not put into the field: a box that opened by itself would move the
// page. The offers ([data-offers]) stand at its foot, below all else, and in sight wherever it is scrolled to. Each shows
// what it would bring back, so that of two one can tell which is which.

const when = { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" };
const shown = 40; // characters

/** @param answer is called with true to restore the draft, with false to discard it */
export function offer(field, key, { at, text }, isOld, answer) {
  const place = placeBelow(field.closest("main, [data-frame]"));
  if (place.querySelector(`[data-offer="${CSS.escape(key)}"]`)) return;
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.offer = key;
  notice.setAttribute("role", "status");
  const words = document.createElement("div");
  const quoted = document.createElement("bdi");
  quoted.textContent = beginningOf(text.trim(), field.defaultValue.trim());
  const [open, close] = quoted.textContent ? [": “", "”"] : ["", ""];
  const tell = (time) => words.replaceChildren(`You were writing the ${field.name} on ${new Intl.DateTimeFormat(undefined, time).format(at)}${open}`, quoted, `${close}. ${isOld ? "What is stored has changed since." : "It isn’t stored yet."}`);
  tell(when);
  if ([...place.querySelectorAll(".notice > :first-child")].some(({ textContent }) => textContent === words.textContent)) tell({ ...when, second: "2-digit", fractionalSecondDigits: 3 });
  const settle = (restored) => {
    const box = field.closest("details");
    notice.remove();
    answer(restored);
    if (restored) box.open = true;
    (restored ? field : box.querySelector("summary")).focus();
  };
  notice.append(words, button("Restore", () => settle(true)), button("Discard", () => settle(false)));
  place.append(notice);
}

// What was written begins with the word in which it first differs from what is stored; where it only leaves something out, that is its end.
function beginningOf(text, stored) {
  let from = 0;
  while (from < text.length && text[from] === stored[from]) from++;
  if (from === text.length) from = Math.max(0, text.length - shown);
  from = text.lastIndexOf(" ", from) + 1;
  const part = [...text.slice(from).replace(/\s+/g, " ")];
  return `${from > 0 ? "…" : ""}${part.slice(0, shown).join("").trimEnd()}${part.length > shown ? "…" : ""}`;
}

function placeBelow(page) {
  const place = page.querySelector("[data-offers]") ?? document.createElement("div");
  place.className = "offers";
  place.dataset.offers = "";
  page.append(place);
  return place;
}

function button(text, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn mini";
  button.textContent = text;
  button.addEventListener("click", act);
  return button;
}
