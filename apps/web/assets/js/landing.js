// Who comes to the board from another page finds the focus where that page's work was: at the card or the column that
// the address names. What the address says was just done is said once, so it is taken out of it.
const passing = ["adding", "add", "made", "did", "cards"];

export function land(main) {
  const address = new URL(location);
  const isTold = passing.some((word) => address.searchParams.has(word));
  for (const word of passing) address.searchParams.delete(word);
  if (isTold) history.replaceState(history.state, "", address);
  const named = document.getElementById(address.hash.slice(1));
  if (!(isTold || address.hash) || document.activeElement !== document.body || document.querySelector("[autofocus]")) return;
  const stops = named?.querySelectorAll(":is(.card-title, h2) a, .strip button") ?? [];
  ([...stops].find((stop) => stop.checkVisibility()) ?? main).focus();
}
