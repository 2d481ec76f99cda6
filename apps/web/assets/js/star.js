// [data-star="board"] on the form that stars a board, or takes the star off: the button changes at once.
import { send } from "./api.js";
import { tellRefusal } from "./refusal.js";

export function startStars(root) {
  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-star]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button");
    const starred = button.getAttribute("aria-pressed") !== "true";
    show(button, starred);
    const answer = await send(starred ? "PUT" : "DELETE", `/v1/boards/${form.dataset.star}/star`);
    if (answer.ok) return;
    show(button, !starred);
    tellRefusal(answer, "The star is as it was.");
  });
}

function show(button, starred) {
  button.setAttribute("aria-pressed", starred);
  button.classList.toggle("is-on", starred);
}
