// A card that is being added, as the server draws one: its template has 0 for the number, which only the server knows.
import { tellOdd } from "./filter.js";
import { copyOf, forCard } from "./template.js";

/** Puts a card at a column's foot, where it waits for its number. */
export function drawCard(column, { id, title }) {
  const card = copyOf("data-new-card");
  card.querySelector(".card-title a").textContent = title;
  card.querySelector(".card-no").textContent = "#…";
  card.dataset.card = id;
  card.inert = true;
  card.classList.add("is-new");
  column.querySelector("[data-cards]").append(card);
  column.scrollTop = column.scrollHeight; // over the box, however high that is
  return card;
}

/** Makes it the card that the server has. Where more cards wait there, it comes after those. */
export function numberCard(card, column, { number, version }) {
  const more = column.querySelector(".more-cards");
  const isOdd = tellOdd(card);
  if (more && !isOdd) {
    const text = more.querySelector("[data-more]").firstChild; // the name of the column behind it stays
    text.textContent = text.textContent.replace(/\d+/, (waiting) => Number(waiting) + 1);
    return card.remove();
  }
  if (more) card.dataset.far = "";
  forCard(card, number);
  card.dataset.version = version;
  card.querySelector(".card-no").textContent = `#${number}`;
  card.inert = false;
  card.classList.remove("is-new");
}
