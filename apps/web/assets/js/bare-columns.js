// [data-bare] on a column that is drawn without its buttons, since it is far off on a wide wall: it gets them when it comes
// near, out of the page's templates. Its cards come the same way (more-cards.js).
import { tellDraft } from "./quick-add-draft.js";
import { copyOf, forColumn } from "./template.js";

export function startBareColumns(board) {
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      furnish(target);
    }
  }, { root: board, rootMargin: "0px 800px" });
  for (const column of board.querySelectorAll("[data-bare]")) watch.observe(column);
}

function furnish(column) {
  delete column.dataset.bare;
  column.querySelector("h2").title = column.dataset.title;
  column.querySelector(".count").after(forColumn(copyOf("data-column-tools"), column));
  if (!column.closest("[data-editable=true]")) return;
  column.append(forColumn(copyOf("data-column-foot"), column));
  tellDraft(column);
}
