/** Gives a card the box that ticks it, as selection.templ draws it. It is a stop of the Tab key where its card is (rove.js). */
export function addPick(card) {
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", className: "pick", name: "card", value: card.dataset.card, tabIndex: card.querySelector("a").tabIndex });
  box.setAttribute("form", "selection");
  box.setAttribute("aria-label", `Select ${card.querySelector(".card-no").textContent}`);
  card.append(box);
}
