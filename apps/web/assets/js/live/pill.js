// How the connection is: nothing while it is live, or for a moment; else what is the matter, and since when. It is here from the
// start, since without a network nothing comes.
const grace = 2_000; // milliseconds that nobody needs to know of

/**
 * Returns the pill, what shows on it whether the stream is live, and what puts there what it says while it is.
 * kept is what it says of changes while it isn't.
 */
export function startPill(kept) {
  const pill = Object.assign(document.createElement("p"), { className: "live-pill", role: "status" });
  document.body.append(pill);
  let since = null;
  let offered = []; // while it is live
  let timer;

  // As the outbox finds (outbox.js).
  addEventListener("unkept", () => {
    if (kept) kept = ". This browser has no room to keep what you do: leave the page open, and it is sent later.";
    if (since && pill.textContent) tell();
  });

  function tell() {
    const { onLine } = navigator;
    pill.textContent = `${onLine ? "Reconnecting" : "Offline"} since ${since.toLocaleTimeString([], { timeStyle: "short" })}${kept}`;
  }

  return [pill, (isLive) => {
    clearTimeout(timer);
    since = isLive ? null : (since ?? new Date());
    if (isLive) pill.replaceChildren(...offered);
    else timer = setTimeout(tell, grace);
  }, (...parts) => {
    offered = parts;
    pill.classList.add("is-over");
    if (!pill.textContent) pill.append(...parts);
  }];
}
