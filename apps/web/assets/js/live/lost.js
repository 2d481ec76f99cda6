// Why a page hears nothing more, for good: loaded when its board is gone, or its stream is refused.
const ask = (address) => fetch(address).then(({ status }) => status, () => 0);
const boards = { href: "/boards", textContent: "Your boards" };

export const gone = (reason) => [reason === "in_trash" ? "This board was deleted." : "You are no longer on this board.", boards];

/** Asks why the stream was refused; null when that isn't for good. */
export async function refused(board) {
  if ((await ask("/api/auth/session")) === 401) return ["You are signed out.", { href: location.href, textContent: "Sign in" }];
  return (await ask(`/api/v1/boards/${board}/columns`)) === 404 ? ["You are no longer on this board, or it was deleted.", boards] : null;
}

export function sayOn(pill, [sentence, link]) {
  pill.classList.add("is-over");
  pill.replaceChildren(`${sentence} `, Object.assign(document.createElement("a"), link));
}
