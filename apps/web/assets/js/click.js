/** Whether a click follows its link here, and nobody has answered it yet: with a key or another button it may open a tab. */
export const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
