// What a page's address says was just done is said once: it is taken out of it, so that a reload or a kept address doesn't
// say it again.
const passing = ["did", "cards", "done", "restored", "archived", "deleted", "purged"];

/** Takes it out, with what else a page says has passed; returns whether there was any. */
export function forgetPassing(more = []) {
  const address = new URL(location);
  const words = [...passing, ...more].filter((word) => address.searchParams.has(word));
  for (const word of words) address.searchParams.delete(word);
  if (words.length > 0) history.replaceState(history.state, "", address);
  return words.length > 0;
}

/** Takes it out of the address of a page that is no wall, and says it: a screen reader doesn't tell of a message that comes with its page. */
export function tellPassing() {
  forgetPassing();
  for (const { textContent } of document.querySelectorAll("[data-flash] p")) document.querySelector("[data-said]").textContent = textContent;
}
