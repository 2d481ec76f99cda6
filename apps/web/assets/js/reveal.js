// Opens the boxes around a field and puts the cursor at its end.
export function reveal(field) {
  for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  field.focus();
  if (field.selectionStart !== null) field.setSelectionRange(field.value.length, field.value.length); // a date has no cursor
}
