// What somebody wrote on an earlier page is offered, not put into the field: a box that opened by itself would move the
// page. The offers ([data-offers]) stand at its foot, below all else, and in sight wherever it is scrolled to.

/** @param answer is called with true to restore the draft, with false to discard it */
export function offer(field, key, { at, isOld }, answer) {
  const place = placeBelow(field.closest("main, [data-frame]"));
  if (place.querySelector(`[data-offer="${CSS.escape(key)}"]`)) return;
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.offer = key;
  notice.setAttribute("role", "status");
  const when = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
  const words = document.createElement("div");
  words.textContent = `You were writing the ${field.name} on ${when.format(at)}. ${isOld ? "What is stored has changed since." : "It isn’t stored yet."}`;
  const close = (restored) => {
    const box = field.closest("details");
    notice.remove();
    answer(restored);
    if (restored) box.open = true;
    (restored ? field : box.querySelector("summary")).focus();
  };
  notice.append(words, button("Restore", () => close(true)), button("Discard", () => close(false)));
  place.append(notice);
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
