// What the api knows of: the boards that one is on, and cards on all of them. What nobody waits for any more is dropped.
const patience = 10_000; // milliseconds
const pause = 150; // milliseconds, while somebody types

async function get(path, signal) {
  const signals = [AbortSignal.timeout(patience), ...(signal ? [signal] : [])];
  const answer = await fetch(`/api/v1/${path}`, { headers: { Accept: "application/json" }, signal: AbortSignal.any(signals) });
  if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status });
  return answer.json();
}

/** The boards, as items for the list. */
export async function boards() {
  const { items } = await get("boards?limit=100");
  const byUse = items.sort((a, b) => b.starred - a.starred || (b.opened_at ?? "").localeCompare(a.opened_at ?? ""));
  return byUse.map(({ id, title }) => ({ label: title, href: `/boards/${id}`, icon: "i-columns" }));
}

/** The cards of the wall that is open, as far as they are drawn. */
export function cardsHere() {
  return [...document.querySelectorAll("[data-board] .card")].map((card) => {
    const link = card.querySelector(".card-title a");
    const number = card.id.slice("card-".length);
    return { label: `#${number} ${link.textContent}`, number, hint: card.closest("[data-column]").dataset.title, href: link.pathname, icon: "i-cards", act: () => link.click() };
  });
}

/** The wall's columns: who chooses one goes to its head. */
export function columnsHere() {
  if (document.querySelector("[data-dialog][open]")) return [];
  return [...document.querySelectorAll("[data-board] > [data-column]")].map((column) => ({
    label: column.dataset.title,
    hint: column.querySelector("[data-count-text]").textContent,
    icon: "i-columns",
    act: () => goTo(column),
  }));
}

// Who may not rename a column has no link in its head, and goes to its menu. One that a filter left out appears.
function goTo(column) {
  column.hidden = false;
  column.scrollIntoView({ block: "nearest", inline: "nearest" }); // a far one has its buttons then
  const stops = [...column.querySelectorAll("h2 a, .strip button, .column-tools .more")];
  stops.find((stop) => stop.checkVisibility())?.focus();
}

/** Finds cards once nobody has typed for a moment; only the last to ask is told. */
export function finder() {
  let last = null;
  return async function find(typed, told) {
    last?.abort();
    if (!typed) return;
    const { signal } = (last = new AbortController());
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) return;
    try {
      const found = await Promise.all([byWords(typed, signal), byNumber(typed, signal)]);
      if (!signal.aborted) told(found.flat());
    } catch {
      if (!signal.aborted) told(null);
    }
  };
}

const pages = 3; // that are looked at, as one may be empty before another

// A line that the filter's grammar doesn't take finds nothing, which is no failure: it may be half typed.
async function byWords(typed, signal) {
  let items = [];
  for (let next = "", page = 0; page < pages && !items.length && next != null; page++) {
    ({ items, next_cursor: next } = await get(`search?limit=20&cursor=${next}&q=${encodeURIComponent(typed)}`, signal).catch(none(400)));
  }
  return items.map(({ board, number, title }) => item(board, number, title));
}

async function byNumber(typed, signal) {
  const number = numberIn(typed);
  if (!number) return [];
  const { items } = await get(`cards?limit=20&number=${number}`, signal).catch(none(400));
  const here = document.querySelector("[data-board]")?.dataset.board;
  const cards = items.sort((a, b) => (b.board.id === here) - (a.board.id === here));
  return cards.map(({ board, title }) => item(board, number, title));
}

const none = (status) => (error) => {
  if (error.status !== status) throw error;
  return { items: [] };
};

const item = (board, number, title) => ({ label: `#${number} ${title}`, number: String(number), hint: board.title, href: `/boards/${board.id}/cards/${number}`, icon: "i-cards", isFound: true });

/** The number that is typed, "#12" or "12", or "". */
export const numberIn = (typed) => /^#?(\d{1,9})$/.exec(typed)?.[1] ?? "";
