// One thing done with several cards: all of them or, when the server refuses, none.
import { columnsOf } from "./column-order.js";
import { leadAlong } from "./led.js";
import { columnOf, isFar, moreOf, placeOf, putAt, recount, settleFar } from "./place.js";
import { slide } from "./slide.js";
import { counted } from "./text.js";
import { tell } from "./undo.js";

/** Columns: of more, one is found by its name, and a filter leaves out those in which nothing matches, as ui/columns.go has it. */
export const many = 12;

const ids = (cards) => cards.map((card) => card.dataset.card);

/** Moves cards to the end of a list, in their order. */
export function moveAll(moves, cards, list) {
  const homes = cards.map((card) => ({ card, place: placeOf(card), column: columnOf(card) }));
  const lists = [list, ...homes.map(({ place }) => place.list)];
  const to = columnOf(list);
  const lead = leadAlong(cards, list);
  const body = { card_ids: ids(cards), move: { column_id: to.dataset.column, ...endOf(list, cards) } };
  slide(lists, () => {
    for (const { card, column } of homes) {
      list.append(card);
      settleFar(card, true);
      recount(column, to);
    }
  });
  lead();
  const comeBack = ({ card, place, column }) => {
    recount(columnOf(card), column);
    putAt(card, place);
  };
  const change = moves.send({ cards, path: "batch", body, putBack: () => slide(lists, () => homes.toReversed().forEach(comeBack)) });
  tell(`Moved ${counted(cards.length)} to ${to.dataset.title}`, change);
}

// The last card that is drawn and stays is the surest neighbour (place.js).
function endOf(list, cards) {
  const last = [...list.children].findLast((card) => !cards.includes(card));
  return last && (isFar(last) || !moreOf(list)) ? { after: last.dataset.card } : { at: "end" };
}

/** Puts the label of a button on cards; if all of them carry it, takes it off. The page waits for the server's word. */
export function labelAll(moves, cards, button) {
  const { value: id, form } = button;
  const on = cards.some((card) => !card.querySelector(`[data-label="${id}"]`));
  const labels = [...form.querySelectorAll("[name='label']")];
  const byID = new Map(cards.map((card) => [card.dataset.card, card]));
  const asAsked = (card) => ({ id: card.dataset.card, label_ids: [...worn(card).filter((other) => other !== id), ...(on ? [id] : [])] });
  const change = moves.send({
    cards,
    path: "batch",
    body: { card_ids: ids(cards), label: { id, on } },
    putBack() {},
    done({ cards: now = cards.map(asAsked) }) { // an answer that was lost told them
      for (const { id: changed, label_ids: wears } of now) draw(byID.get(changed), labels.filter((label) => wears.includes(label.value)));
      tell(`${on ? "Put" : "Took"} ${button.textContent.trim()} ${on ? "on" : "off"} ${counted(cards.length)}`, change);
    },
  });
}

const worn = (card) => [...card.querySelectorAll("[data-label]")].map(({ dataset }) => dataset.label);

// The chips are the menu's own, which the server drew.
function draw(card, labels) {
  for (const old of card.querySelectorAll(".labels .label")) old.remove();
  card.querySelector(".labels").append(...labels.map((label) => label.querySelector(".label").cloneNode(true)));
}

/** Offers the columns as they stand now in the bar's menu, of which the page has one button; many with a field that finds one. */
export function offerColumns(board, menu) {
  const drawn = menu.querySelector("button");
  const buttons = columnsOf(board).map(({ dataset }) => {
    const button = drawn.cloneNode();
    button.value = dataset.column;
    button.textContent = dataset.title;
    return button;
  });
  const list = document.createElement("div");
  list.dataset.filtered = "";
  list.append(...buttons);
  menu.replaceChildren(...(buttons.length > many ? [filterField()] : []), list);
}

function filterField() {
  const field = document.createElement("input");
  Object.assign(field, { className: "input", type: "search", autocomplete: "off", placeholder: "Filter columns", ariaLabel: "Filter columns" });
  field.dataset.filter = "";
  return field;
}
