/** Whether a click follows its link here, and nobody has answered it yet: with a key or another button it may open a tab. */
export const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;

/** Letting go of what was dragged is no click on what lies there. */
export function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  const stop = () => setTimeout(() => removeEventListener("click", swallow, true));
  addEventListener("click", swallow, { capture: true, once: true });
  // After Esc the button is still down.
  addEventListener("pointerup", stop, { once: true });
  addEventListener("pointerdown", stop, { once: true });
}
