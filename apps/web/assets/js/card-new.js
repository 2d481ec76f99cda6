// A card that is being added, as the server draws one: its template ([data-new-card]) has 0 for the number, which only
// the server knows.

/** Puts a card at a column's foot, where it waits for its number. */
export function drawCard(board, column, { id, title }) {
  const card = board.querySelector("template[data-new-card]").content.firstElementChild.cloneNode(true);
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
  if (more) {
    more.textContent = more.textContent.replace(/\d+/, (waiting) => Number(waiting) + 1);
    return card.remove();
  }
  for (const part of [card, ...card.querySelectorAll("*")]) {
    for (const { name, value } of part.attributes) {
      const named = value.replace(/(\/cards\/|card-|#|select=)0\b/, `$1${number}`);
      if (named !== value) part.setAttribute(name, named);
    }
  }
  card.dataset.version = version;
  card.querySelector(".card-no").textContent = `#${number}`;
  card.inert = false;
  card.classList.remove("is-new");
}
