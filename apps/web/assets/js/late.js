// What comes when it is first asked for (late/): the address is on the person's menu ([data-late]). A press on a link to the
// keys shows them over the page; should they not come, it is a link.
import { isPlain } from "./click.js";

export function startLate() {
  const { late, lateStyle } = document.querySelector("[data-late]")?.dataset ?? {};
  if (!late) return;
  let coming = null;
  const load = () => (coming ??= Promise.all([import(late), style(lateStyle)]).then(([module]) => module).catch((error) => {
    coming = null;
    throw error;
  }));

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.('a[href="/keys"]');
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    try {
      await (await load()).openKeys(link);
    } catch {
      location.assign(link.href);
    }
  });
}

function style(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}
