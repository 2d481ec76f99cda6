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
  if (why?.[1] === boards) document.dispatchEvent(new Event("lost"));
  return Boolean(why);
}

const gone = (reason) => [reason === "in_trash" ? "This board was deleted." : "You are no longer on this board.", boards];

// A board in the trash is listed for those who are on it, and for nobody else.
async function refused(board) {
  if ((await ask("/api/auth/session")) === 401) return ["You are signed out.", { href: location.href, textContent: "Sign in" }];
  if ((await ask(`/api/v1/boards/${board}/columns`)) !== 404) return null;
  const trash = await fetch("/api/v1/boards?state=deleted&limit=400").then((answer) => answer.ok && answer.json()).catch(() => null);
  return trash && gone(trash.items.some(({ id }) => id === board) ? "in_trash" : "not_a_member");
}

function sayOn(pill, [sentence, link]) {
  pill.classList.add("is-over");
  pill.replaceChildren(`${sentence} `, Object.assign(document.createElement("a"), link));
}
