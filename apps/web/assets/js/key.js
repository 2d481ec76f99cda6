// What a key that is pressed may be for.

/** Whether one writes there: keys are the field's own. */
export const isTyping = (target) => Boolean(target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"));

/** Whether it is a character, and this person wants none to do anything (WCAG 2.1.4). */
export const isOff = ({ key }) => document.body.dataset.keys === "off" && key.length === 1 && key !== " ";

/** Whether it may be for the page as such: nobody types or carries anything, or has answered it. */
export const isFree = (event) =>
  !event.defaultPrevented && !event.isComposing && !event.repeat && !event.altKey && !isTyping(event.target) && !isOff(event) && !document.querySelector(".is-carried, .is-slot");
