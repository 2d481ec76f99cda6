// A wall whose server was updated while it stood open: a script of its own that it asks for then ("missing") is gone, and with it what
// that does. The pill says so, once, and offers the page anew: when is for its reader to say, who may have something in hand.

/** offer puts what the pill says while it is live. */
export function startRenewal(offer) {
  let isOffered = false;
  addEventListener("missing", async () => {
    if (isOffered || !(await isUpdated()) || isOffered) return; // or the network was away, and what comes next tries again
    isOffered = true;
    offer("Cardwall was updated. ", Object.assign(document.createElement("a"), { href: "", textContent: "Reload" }));
  });
}

// What the page names itself has another name then.
async function isUpdated() {
  const { late, lateStyle } = document.querySelector("[data-late]").dataset;
  const own = [...document.querySelectorAll("script[src]")].map(({ src }) => src).concat(late, lateStyle);
  const ask = (address) => fetch(address, { method: "HEAD", cache: "no-store" }).then(({ status }) => status, () => 0);
  return (await Promise.all(own.map(ask))).includes(404);
}
