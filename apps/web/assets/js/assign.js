// Who is to do several cards, or one that isn't opened: the selection's form does it, and the cards are drawn anew out of its answer.
import { away } from "./api.js";
import { fetchPage } from "./pages.js";
import { focusCard } from "./place.js";
import { redraw } from "./redraw.js";
import { whenAnswered } from "./sending.js";
import { toast } from "./toast.js";
import { tellFlash } from "./undo.js";

/** Has somebody do the cards, or no longer if all are theirs; "me" is the reader. */
export async function assign(form, cards, who) {
  const said = new URLSearchParams({ assign: who });
  for (const card of cards) said.append("card", card.dataset.card);
  await whenAnswered();
  const answer = await fetchPage(form.action, said);
  if (!answer?.ok) return toast(answer?.page.querySelector("[role=alert]")?.textContent.trim() || away);
  const focused = cards.find((card) => card.contains(document.activeElement));
  if (!cards.every((card) => redraw(answer.page, card.id))) return location.assign(answer.url);
  if (focused) focusCard(focused);
  tellFlash(answer.page);
}

let offered = null;

/** Offers the board's members in the selection's bar, which has them from the server where no script runs. */
export const offer = (form, board) => (offered ??= draw(form, board).catch((error) => {
  offered = null;
  throw error;
}));

async function draw(form, board) {
  if (form.querySelector('[name="assign"]')) return;
  const answer = await fetch(`/api/v1/boards/${board.dataset.board}/members`);
  if (!answer.ok) throw new Error(away);
  const { items } = await answer.json();
  const box = document.createElement("details");
  box.className = "drop start up";
  box.dataset.menu = "";
  const summary = Object.assign(document.createElement("summary"), { className: "btn" });
  const icon = form.querySelector("summary svg").cloneNode(true);
  const use = icon.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#i-user"));
  summary.append(icon, "Assign");
  const menu = Object.assign(document.createElement("div"), { className: "menu" });
  menu.append(button("me", "Me"), ...items.map(({ id, name }) => button(id, name)));
  box.append(summary, menu);
  form.querySelector('[name="archive"]').before(box);
}

const button = (value, textContent) => Object.assign(document.createElement("button"), { className: "menu-item", name: "assign", value, textContent, dir: "auto" });
