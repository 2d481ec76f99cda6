// A wall whose server was updated while it stood open: a script of its own that it asks for then ("missing") is gone, and with it what
// that does. The page is loaded anew once nobody has anything in hand there; until then the pill offers it.
import { patience } from "../api.js";
import { isTyping } from "../key.js";

const inHand = "[open], .card > .menu, .is-carried, .is-slot, .is-sorting, .is-carrying, .is-selecting, .card form, .retitle";

/** offer puts what the pill says while it is live. */
export function startRenewal(outbox, offer) {
  addEventListener("missing", async () => {
    if (!(await isUpdated())) return; // the network was away, and what comes next tries again
    const focused = document.activeElement;
    if (!outbox.isEmpty() || isTyping(focused) || document.querySelector(inHand)) {
      return offer("Cardwall was updated. ", Object.assign(document.createElement("a"), { href: "", textContent: "Reload" }));
    }
    const card = focused.closest(".card");
    if (card) history.replaceState(history.state, "", `#${card.id}`); // where the focus is to be again (landing.js)
    location.reload();
  });
}

// A page's own scripts have other names then.
async function isUpdated() {
  const own = [...document.querySelectorAll("script[src]")].map(({ src }) => src).concat(document.querySelector("[data-late]").dataset.late);
  const ask = (script) => fetch(script, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(patience) }).then(({ status }) => status, () => 0);
  return (await Promise.all(own.map(ask))).includes(404);
}
