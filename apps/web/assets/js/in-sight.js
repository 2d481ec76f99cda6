// The keyboard of a phone takes room from the window (interactive-widget, ui/layout.templ): what somebody writes in comes back into
// sight, with the buttons of its form where there is room for those.
import { isTyping } from "./key.js";

export function startInSight() {
  addEventListener("resize", () => {
    const field = document.activeElement;
    if (!isTyping(field)) return;
    field.form?.scrollIntoView({ block: "nearest" });
    field.scrollIntoView({ block: "nearest" });
  });
}
