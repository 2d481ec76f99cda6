// How the connection is: nothing while it is live; else what is the matter, and since when.

const grace = 2_000; // milliseconds that nobody needs to know of

const ask = (address) => fetch(address).then(({ status }) => status, () => 0);

export function startPill(board) {
  const pill = Object.assign(document.createElement("p"), { className: "live-pill", role: "status" });
  pill.dataset.live = "";
  document.body.append(pill);
  let since = null;
  let timer = null;
  let isOver = false;

  function show(isLive) {
    if (isOver) return;
    clearTimeout(timer);
    if (isLive) since = null;
    else since ??= new Date();
    if (isLive) say("");
    else timer = setTimeout(() => say(words()), grace);
  }

  function words() {
    const time = since.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    return navigator.onLine ? `Reconnecting since ${time}` : `Offline since ${time}. What you do is kept, and sent later.`;
  }

  function say(text, link = null) {
    pill.textContent = text;
    pill.classList.toggle("is-over", Boolean(link));
    if (link) pill.append(" ", Object.assign(document.createElement("a"), link));
  }

  function end(sentence, link) {
    if (isOver) return; // what was said first is why
    isOver = true;
    clearTimeout(timer);
    say(sentence, link);
  }

  const boards = { href: "/boards", textContent: "Your boards" };
  return {
    show,
    gone: (reason) => end(reason === "in_trash" ? "This board was deleted." : "You are no longer on this board.", boards),
    /** The stream was refused: asks why. Returns whether it is for good. */
    async refused() {
      if ((await ask("/api/auth/session")) === 401) end("You are signed out.", { href: location.href, textContent: "Sign in" });
      else if ((await ask(`/api/v1/boards/${board}/columns`)) === 404) end("You are no longer on this board, or it was deleted.", boards);
      else show(false);
      return isOver;
    },
  };
}
