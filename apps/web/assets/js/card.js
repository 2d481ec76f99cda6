// What a card's own page adds. Over a board, dialog.js shows the same pages.
import { startCardEdit } from "./card-edit.js";
import { startCardForms } from "./card-forms.js";
import { startInSight } from "./in-sight.js";
import { lookOn } from "./live/alone.js";

const here = location.pathname;
const page = document.querySelector("main");
startCardEdit(document);
startCardForms(page);
startInSight();
addEventListener("load", () => setTimeout(() => lookOn(page)));

// Opened over a board and then reloaded, this page stands in for the board's history too.
addEventListener("popstate", () => {
  if (location.pathname !== here) location.reload();
});
