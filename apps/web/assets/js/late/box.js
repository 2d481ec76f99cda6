// The palette's dialog: a field, and places for what is said of what it finds.
import { element, icon } from "./element.js";

export function drawBox() {
  const dialog = element("dialog", "palette");
  dialog.ariaLabel = "All actions";
  const head = dialog.appendChild(element("div", "palette-head"));
  const field = head.appendChild(element("input", "input"));
  Object.assign(field, { type: "text", role: "combobox", autocomplete: "off", spellcheck: false, enterKeyHint: "go", maxLength: 200, placeholder: "Find an action, a column, a board or a card", dir: "auto" });
  for (const [name, value] of Object.entries({ label: field.placeholder, expanded: "true", controls: "palette-list", autocomplete: "list" })) field.setAttribute(`aria-${name}`, value);
  const shut = head.appendChild(element("button", "btn ghost square"));
  shut.type = "button";
  shut.ariaLabel = "Close";
  shut.append(icon("i-close"));
  const note = dialog.appendChild(element("p", "palette-note"));
  const said = dialog.appendChild(element("p", "vh"));
  said.role = "status";
  return { dialog, field, note, said, shut };
}
