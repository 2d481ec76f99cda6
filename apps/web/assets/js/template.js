// What the server draws for many it draws once more in a template, for the card 0 and for a column without an id.
const noColumn = /0{8}(-0{4}){3}-0{12}/;

/** Copies the template that has an attribute. */
export const copyOf = (attribute) => document.querySelector(`template[${attribute}]`).content.firstElementChild.cloneNode(true);

/** Makes what was drawn for the card 0 a card's. */
export const forCard = (drawn, number) => rewrite(drawn, /(\/cards\/|card-|#|select=)0\b|^0$/, `$1${number}`);

/** Makes what was drawn for no column a column's. */
export function forColumn(drawn, { dataset }) {
  for (const place of drawn.querySelectorAll("[data-name]")) place.textContent = place.dataset.name + dataset.title;
  for (const field of drawn.querySelectorAll("[name=version]")) field.value = dataset.version;
  return rewrite(drawn, noColumn, dataset.column);
}

function rewrite(drawn, what, by) {
  for (const part of [drawn, ...drawn.querySelectorAll("*")]) {
    for (const { name, value } of part.attributes) if (what.test(value)) part.setAttribute(name, value.replace(what, by));
  }
  return drawn;
}
