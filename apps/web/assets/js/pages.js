// Pages of our own, fetched to be shown in a part of this one. The server makes one kind of HTML: whole pages.
import { outlives, patience } from "./api.js";

export { away } from "./api.js";

/**
 * A page that never comes is given up like one that doesn't.
 * @returns {Promise<{ok: boolean, status: number, path: string, url: string, page: Document} | null>} null when no answer came
 */
export async function fetchPage(address, form) {
  try {
    const answer = await fetch(address, { ...(form && { method: "POST", body: form, keepalive: outlives(`${form}`) }), signal: AbortSignal.timeout(patience) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { ok: answer.ok, status: answer.status, path: new URL(answer.url).pathname, url: answer.url, page };
  } catch {
    return null;
  }
}

/** What a path is about, by its id on the wall: "card-12", "column-…", or "activity"; null for what is about none of them. */
export function aboutOf(path) {
  const found = /^\/boards\/[0-9a-f-]{36}\/(?:(card|column)s\/([0-9a-f-]+)(?:\/(?:move|delete|trash|history|edit|empty|activity))?|activity)$/.exec(path);
  return found && (found[1] ? `${found[1]}-${found[2]}` : "activity");
}

/** Puts the main part of a page into a frame; what was open stays open, and the focus where it was. */
export function show(frame, page) {
  const marks = marksOf(frame);
  frame.replaceChildren(...page.querySelector("main").childNodes);
  frame.dispatchEvent(new CustomEvent("arrive", { bubbles: true }));
  for (const id of marks.open) {
    const box = frame.querySelector(`details#${CSS.escape(id)}:not([open])`);
    if (!box) continue;
    box.dataset.kept = "";
    box.open = true;
  }
  refocus(frame, marks);
}

function marksOf(frame) {
  const focused = frame.contains(document.activeElement) ? document.activeElement : null;
  const open = [...frame.querySelectorAll("details[id][open]")].filter((box) => !box.matches(".edit:has([data-sent])"));
  const ticks = [...frame.querySelectorAll("button.tick")];
  return { open: open.map((box) => box.id), focused, box: focused?.closest("details[id]")?.id, tick: ticks.indexOf(focused), filter: frame.querySelector("[data-filter]")?.value };
}

function refocus(frame, { focused, box, tick, filter }) {
  const field = frame.querySelector("[data-filter]");
  if (field && filter) {
    field.value = filter;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (!focused) return;
  const same = tick >= 0 ? frame.querySelectorAll("button.tick")[tick] : focused.id && frame.querySelector(`#${CSS.escape(focused.id)}`);
  const shut = same && same.closest("details:not([open])");
  const around = box && frame.querySelector(`details#${CSS.escape(box)}[open] > summary`);
  const head = frame.querySelector("h1");
  if (head) head.tabIndex = -1; // or it takes no focus
  const target = shut ? shut.querySelector("summary") : same || around || head;
  target?.focus({ preventScroll: tick >= 0 });
}
