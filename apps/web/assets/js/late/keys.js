// The page of keys over the page that one is on.
import { fetchPage } from "../pages.js";

/** Opens it from the link that leads there, or from the key that presses that. */
export async function openKeys(link) {
  const answer = await fetchPage(link.href);
  if (!answer?.ok || answer.path !== link.pathname) throw new Error("no page of keys");
  const { className, childNodes } = answer.page.querySelector("main");
  const frame = document.createElement("div");
  frame.className = className;
  frame.append(...childNodes);
  const head = frame.querySelector("h1");
  head.tabIndex = -1;
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", head.textContent);
  dialog.append(frame);
  dialog.addEventListener("click", ({ target }) => (target === dialog || target.closest("[data-leave]")) && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  shutMenu(link);
  document.body.append(dialog);
  dialog.showModal();
  head.focus();
}

// Whoever pressed the link finds the focus on what opened its menu afterwards.
function shutMenu(link) {
  const menu = link.closest("details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}
