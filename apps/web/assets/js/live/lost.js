// Why a page hears nothing more, for good: loaded when its board is gone, or its stream is refused.
const ask = (address) => fetch(address).then(({ status }) => status, () => 0);
const boards = { href: "/boards", textContent: "Your boards" };

/**
 * Tells it on the pill: with the stream's reason, or by asking why it was refused. end ends the listening, and is false where that was over
 * already, for what was said then. Returns whether it is for good.
 */
export async function tell(pill, board, reason, end) {
  const why = reason ? gone(reason) : await refused(board);
  if (why && (reason || end())) sayOn(pill, why);
  return Boolean(why);
}

const gone = (reason) => [reason === "in_trash" ? "This board was deleted." : "You are no longer on this board.", boards];

async function refused(board) {
  if ((await ask("/api/auth/session")) === 401) return ["You are signed out.", { href: location.href, textContent: "Sign in" }];
  return (await ask(`/api/v1/boards/${board}/columns`)) === 404 ? ["You are no longer on this board, or it was deleted.", boards] : null;
}

function sayOn(pill, [sentence, link]) {
  pill.classList.add("is-over");
  pill.replaceChildren(`${sentence} `, Object.assign(document.createElement("a"), link));
}
