// A form of a card that its reader writes in, while others change the card: it stays as it is, made from what it was made from, so that
// saving it over another text shows both (card/conflict.go), and says beneath it what was done meanwhile.

const texts = { title: "title", description: "description", due_on: "due date" };

// Sending it would send it, and it isn't what the server drew.
function isBegun(field) {
  if (!field.name || !field.matches("input:not([type=hidden]), textarea")) return false;
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue || field === document.activeElement || field.ariaInvalid === "true";
}

/** Whether somebody writes in a form; what was sent of it is written. */
export const isHeld = (form) => !("sent" in form.dataset) && (Boolean(form.closest("details.edit")?.open) || [...form.elements].some(isBegun));

/** Whether there is such a form in an element. */
export const hasHeld = (element) => [...(element.matches("form") ? [element] : element.querySelectorAll("form"))].some(isHeld);

/** Whoever did something, as a sentence begins with them. */
export const nameOf = ({ actor }) => (actor.id === document.body.dataset.person ? "You" : actor.name);

/** Says beneath each such form what the activities did to it; now is the card as it is, null when it can't be changed any more. */
export function tellHeld(card, now, activities) {
  for (const [name, what] of Object.entries(texts)) {
    const form = formOf(card, name);
    if (!form || !isHeld(form)) continue;
    const offered = now && formOf(now, name);
    form.toggleAttribute("data-off", !offered);
    for (const button of form.querySelectorAll("button")) button.disabled = !offered;
    const who = [...new Set(activities.filter(({ after }) => after && name in after).map(nameOf))].join(" and ");
    const isBehind = offered && form.elements.was.value !== offered.elements.was.value;
    if (offered && !isBehind) form.querySelector("[data-meanwhile]")?.remove();
    else note(form, who, (names) => (isBehind ? `${names || "Somebody"} changed the ${what} ${names === "You" ? "elsewhere" : "meanwhile"}. What you write stays, and saving it shows you both.` : "This can’t be saved now. What you wrote stays here."));
  }
}

const formOf = (page, name) => page.querySelector(`[name="${name}"]`)?.form;

// It remembers who changed it last.
function note(form, who, sentence) {
  const note = form.querySelector("[data-meanwhile]") ?? form.appendChild(document.createElement("p"));
  note.className = "small muted";
  note.dataset.meanwhile = who || (note.dataset.meanwhile ?? "");
  note.textContent = sentence(note.dataset.meanwhile);
}
