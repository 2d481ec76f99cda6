// [data-star="board"] on a form that stars a board, or takes the star off: the buttons of that board change at once,
// and go back when the server refuses. Presses are sent one after another.
import { send } from "./api.js";
import { tellRefusal } from "./refusal.js";

export function startStars(root) {
  let queue = Promise.resolve();
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-star]");
    if (!form) return;
    event.preventDefault();
    const board = form.dataset.star;
    const starred = form.querySelector("button").getAttribute("aria-pressed") !== "true";
    show(root, board, starred);
    queue = queue.then(async () => {
      const answer = await send(starred ? "PUT" : "DELETE", `/v1/boards/${board}/star`);
      if (answer.ok) return;
      show(root, board, !starred);
      tellRefusal(answer, "The star is as it was.");
    });
  });
}

function show(root, board, starred) {
  for (const button of root.querySelectorAll(`[data-star="${CSS.escape(board)}"] button`)) {
    button.setAttribute("aria-pressed", String(starred));
    button.classList.toggle("is-on", starred);
  }
}
