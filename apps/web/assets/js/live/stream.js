// One event stream (HTML Living Standard §9.2), read by fetch: an EventSource tells neither why it was refused nor that
// nothing has come for long.
const silence = 45_000; // milliseconds; the server says something every 15 s, so that a line on which nothing comes is dead

/**
 * Reads a stream until it ends: opened is called once it has begun, told with each event. Returns how it ended: the status that it
 * was answered with, or none when there was no answer or the line went dead; and how long to wait, in milliseconds.
 * @returns {Promise<{status?: number, wait?: number}>}
 */
export async function follow(address, signal, { opened, told }) {
  const watch = new AbortController();
  let last = Date.now(); // the clock goes on while a laptop sleeps
  const timer = setInterval(() => Date.now() - last > silence && watch.abort(), 5_000);
  const heard = () => (last = Date.now());
  try {
    const answer = await fetch(address, { headers: { Accept: "text/event-stream" }, cache: "no-store", signal: AbortSignal.any([signal, watch.signal]) });
    const { ok, status, headers } = answer;
    if (!ok) return { status, wait: Number(headers.get("Retry-After")) * 1000 };
    opened();
    return { status, wait: await read(answer.body, heard, told) };
  } catch {
    return {};
  } finally {
    clearInterval(timer);
  }
}

// Returns how long the server wants one to wait before one comes again.
async function read(body, heard, told) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let wait = 0;
  for (let rest = "", part = await reader.read(); !part.done; part = await reader.read()) {
    heard();
    const blocks = (rest + part.value).split("\n\n");
    rest = blocks.pop(); // not whole yet
    for (const block of blocks) {
      const { retry, event, data } = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
      if (retry) wait = Number(retry);
      if (event) told(event, JSON.parse(data));
    }
  }
  return wait;
}
