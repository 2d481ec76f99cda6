// A field that holds a line of the filter (web's package line).

/** Selects the word by which a field's line makes no sense. The server counts characters, a field halves of them. */
export function point(field) {
  const letters = [...field.value];
  const units = (count) => letters.slice(0, count).join("").length;
  const { at, length } = field.dataset;
  if (at) field.setSelectionRange(units(Number(at)), units(Number(at) + Number(length)));
}
