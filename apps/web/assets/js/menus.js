// [data-menu] on a <details>: Escape, and a press or the focus elsewhere close it; only one is open at a time.
export function startMenus(root) {
  const open = () => root.querySelectorAll("details[data-menu][open]");

  // A press on a menu's words gives the focus to what is around it.
  for (const leaving of ["pointerdown", "focusin"]) {
    root.addEventListener(leaving, ({ target }) => {
      for (const menu of open()) if (!menu.contains(target) && !(leaving === "focusin" && target.contains(menu))) menu.open = false;
    });
  }
  root.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("details[data-menu]") || !event.target.open) return;
    for (const menu of open()) if (menu !== event.target && !menu.contains(event.target)) menu.open = false;
  }, true);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  });
}
