// One call to the api through the proxy. It never throws: the answer says whether it went well.
import { newID } from "./id.js";

/** This page's name, which the activities of its changes carry: any other page, of the same tab too, draws them like anybody's. */
export const origin = newID();

/** What is said when no answer came, or none in time. */
export const away = "Cardwall can't be reached. Check the connection and try again.";

/** How long an answer may take, in milliseconds. */
export const patience = 10_000;

/** Whether a body may be sent on after its page has gone: browsers take 64 KB of them at once, and refuse more (Fetch §4.6). */
export const outlives = (body = "") => new Blob([body]).size < 60_000;

/**
 * Sends a change. It outlives the page that made it, if it isn't large. When no answer came, or one that will pass, it may have been
 * done, or be done yet: then inDoubt is true. A change that has a name, an id, is made once, however often it arrives.
 * It is made for the person whose page this is, or not at all; tab is another name than this page's, if that did it.
 * @returns {Promise<{ok: true, body: any} | {ok: false, status?: number, detail: string, requestID?: string, current?: any, inDoubt?: boolean}>}
 */
export async function send(method, path, { body, ifMatch, change, tab = origin } = {}) {
  const headers = { "X-CSRF": "1", "X-Tab": tab, "X-Reader": document.body.dataset.person };
  if (change) headers["X-Change"] = change;
  if (body) headers["Content-Type"] = "application/json";
  if (ifMatch) headers["If-Match"] = `"${ifMatch}"`;
  const text = body && JSON.stringify(body);
  try {
    const answer = await fetch(`/api${path}`, { method, headers, body: text, keepalive: outlives(text), signal: AbortSignal.timeout(patience) });
    const { ok, status } = answer;
    const isOurs = /json/.test(answer.headers.get("Content-Type"));
    const read = await answer.json().catch((error) => (status !== 204 && (ok || isOurs) ? Promise.reject(error) : {})); // cut short, as by a page that is left, it tells nothing
    if (ok) return { ok, body: read };
    const detail = status === 401 ? "You are signed out. Reload the page to sign in again." : read.detail;
    return { ok, status, code: read.code, detail: detail ?? "Cardwall gave no answer that makes sense. Reload the page.", requestID: read.request_id, current: read.current, inDoubt: status === 429 || status > 501 };
  } catch {
    return { ok: false, detail: away, inDoubt: true };
  }
}
