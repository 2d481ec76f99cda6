// What comes when it is first asked for (late/): the addresses are on the person's menu ([data-late]). A press on a link to
// the keys shows them over the page; Ctrl or Cmd with K, and [data-palette], open the palette, which gets what is typed
// meanwhile; Ctrl or Cmd alone has it come. Should it not come, the link is a link.
import { away } from "./api.js";
import { isPlain } from "./click.js";
import { toast } from "./toast.js";

export function startLate() {
  const { late, lateStyle } = document.querySelector("[data-late]")?.dataset ?? {};
  if (!late) return;
  let loaded = null;
  let typed = null; // since the palette was asked for

  const load = () => (loaded ??= Promise.all([import(late), style(lateStyle)]).then(([module]) => module).catch((error) => {
    loaded = null;
    dispatchEvent(new Event("missing")); // live/renew.js
    throw error;
  }));

  async function openPalette() {
    typed ??= "";
    const module = await load().catch(() => toast(away));
    module?.openPalette(typed);
    typed = null;
  }

  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const isCommand = ctrlKey || metaKey;
    const isAsked = isCommand && !altKey && !shiftKey && key.toLowerCase() === "k";
    if (isCommand && key.length > 1) load().catch(() => null); // a K may follow, which says so should it not come
    const isMeant = typed !== null && !isCommand && key.length === 1;
    if (!isAsked && !isMeant) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isMeant) typed += key;
    else if (!event.repeat) openPalette();
  }, true);
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.('a[href="/keys"]');
    if (event.target.closest?.("[data-palette]")) {
      shutMenu(event.target);
      return openPalette();
    }
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    shutMenu(link);
    const module = await load().catch(() => null);
    if (!(await module?.openKeys(link.href))) location.assign(link.href);
  });
}

// Afterwards the focus is on what opened the menu.
function shutMenu(item) {
  const menu = item.closest("details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

function style(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}
