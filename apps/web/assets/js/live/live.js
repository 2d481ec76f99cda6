// The wall of several people: what others do on it is drawn as it happens. Loaded when the page is done and there is time (board.js);
// what draws comes with the first thing there is to draw.
import { hear } from "./hear.js";

/** origin is the page's name; outbox what its reader does on its way to the server; moves what moves cards, if they may. */
export function startLive(board, origin, outbox, moves) {
  const isOwn = (data) => data.origin === origin;
  hear(board.dataset.board, Number(board.dataset.seq), {
    isOwn,
    begin: (page) => import("./draw.js").then(({ startDrawing }) => startDrawing(board, { outbox, isBusy: moves?.isBusy, isOwn, ...page })),
    kept: ". What you do is kept, and sent later.",
  });
}
