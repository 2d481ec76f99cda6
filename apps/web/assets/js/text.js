/** Makes one line of what was typed or pasted into a title's field, as ui.Line does. */
export const line = (typed) => typed.replace(/\s+/g, " ").trim();

/** Counts cards in words: "1 card", "3 cards". */
export const counted = (cards) => (cards === 1 ? "1 card" : `${cards} cards`);
