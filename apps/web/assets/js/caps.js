// The caps of keys as a Mac's keyboard has them: ⌘ is what Ctrl is elsewhere.
const isMac = /^(Mac|iP)/.test(navigator.platform);

/** Writes them so in what is drawn. */
export function asOnThisKeyboard(root) {
  if (isMac) for (const kbd of root.querySelectorAll("kbd")) kbd.textContent = kbd.textContent.replace("Ctrl+Shift+", "⇧⌘").replace("Ctrl+", "⌘").replace("Shift+", "⇧");
}
