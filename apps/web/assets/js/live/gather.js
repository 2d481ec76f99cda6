// What was told of a wall, until it is drawn (draw.js).
import { most, startDrawing } from "./draw.js";

const pause = 100; // milliseconds

/** Has drawn what was told already, and what will be; page is as for draw.js, and its isRush is true while what was missed comes. */
export function gather(board, held, page) {
  let drawn = Number(board.dataset.seq); // with the whole page
  let timer;
  const drawAll = startDrawing(board, { ...page, skip: (to) => page.skip((drawn = to)) });

  // What was missed comes in a rush, which is waited for: drawn bit by bit it would throw about what one looks at.
  function wait() {
    if (page.isRush() && held.length <= most) timer = clearTimeout(timer);
    timer ??= setTimeout(draw, page.isRush() ? pause : 0);
  }

  function draw() {
    timer = undefined;
    const news = held.filter(({ seq, verb }) => seq > drawn || !verb); // a reset may be to an older seq
    held = [];
    if (news.length > 0) drawAll(news);
  }

  document.addEventListener("told", ({ detail }) => {
    held.push(detail);
    wait();
  });
  wait();
}
