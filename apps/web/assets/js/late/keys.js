// The page of keys over the page that one is on.
import { asOnThisKeyboard } from "../caps.js";
import { fetchPage } from "../pages.js";

/** Opens it, and returns whether there was one. */
export async function openKeys(href) {
  const answer = await fetchPage(href);
  if (!answer?.ok || answer.url !== href) return false;
  const { className, childNodes } = answer.page.querySelector("main");
  const frame = document.createElement("div");
  frame.className = className;
  frame.append(...childNodes);
  asOnThisKeyboard(frame);
  const head = frame.querySelector("h1");
  head.tabIndex = -1;
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", head.textContent);
  dialog.append(frame);
  dialog.addEventListener("click", ({ target }) => {
    if (target !== dialog && !target.closest("[data-leave]")) return;
    dialog.close();
    dialog.remove();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  head.focus();
  return true;
}
