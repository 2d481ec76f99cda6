// What a card shows, drawn anew on the card that is there: it slides, and what is on its way to the server knows it.

/** Has a card look as its face does. What can have the focus on it stays what it was. */
export function wear(card, face) {
  if (Number(face.dataset.version) < Number(card.dataset.version)) return;
  card.dataset.version = face.dataset.version;
  const link = card.querySelector(".card-title a");
  const title = face.querySelector(".card-title a").textContent;
  if (link.textContent !== title) link.textContent = title;
  card.querySelector(".labels").replaceChildren(...face.querySelector(".labels").cloneNode(true).childNodes);
  card.querySelector(".card-facts")?.remove();
  const facts = face.querySelector(".card-facts");
  if (facts) card.querySelector(".labels").after(facts.cloneNode(true));
  const menu = face.querySelector("[name=menu]"); // which a card lacks that came while its reader might only look
  if (menu && !card.querySelector("[name=menu]") && document.querySelector("template[data-new-card]")) card.append(menu.cloneNode(true));
  card.dispatchEvent(new CustomEvent("arrive", { bubbles: true }));
}
