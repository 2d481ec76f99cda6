/** Offers the labels that a card's page lists in the bar of the selection too ([data-labels]): one may have been made there. */
export function offerLabels(frame) {
  const menu = document.querySelector("[data-labels]");
  const boxes = [...frame.querySelectorAll('[data-filtered] [name="label"]')];
  if (!menu || boxes.length === 0) return;
  menu.replaceChildren(...boxes.map(offer));
  menu.parentElement.hidden = false;
}

function offer(box) {
  const button = document.createElement("button");
  Object.assign(button, { className: "menu-item", name: "label", value: box.value });
  button.append(box.parentElement.querySelector(".label").cloneNode(true));
  return button;
}
