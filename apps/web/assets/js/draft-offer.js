// What somebody wrote some time ago over a text that has changed since is offered, not put into the field.

/** @param answer is called with true to restore the draft, with false to discard it */
export function offer(field, draft, answer) {
  const box = field.closest("details");
  const place = box.closest(".detail-title") ?? box.parentElement;
  if (place.nextElementSibling?.matches("[data-offer]")) return;
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.offer = "";
  notice.setAttribute("role", "status");
  const when = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  const words = document.createElement("div");
  words.textContent = `You were writing this on ${when.format(draft.at)}. What is stored has changed since.`;
  const close = (restored) => {
    notice.remove();
    answer(restored);
    if (restored) box.open = true;
    (restored ? field : box.querySelector("summary")).focus();
  };
  notice.append(words, button("Restore", () => close(true)), button("Discard", () => close(false)));
  place.after(notice);
}

function button(text, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn mini";
  button.textContent = text;
  button.addEventListener("click", act);
  return button;
}
