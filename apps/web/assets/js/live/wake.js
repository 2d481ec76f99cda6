// What a page asks that was asleep: whether its database was set back to an older one meanwhile. The tab that reads the stream for all
// may have been told then, and isn't told again.

/** Has a page told so, where its seq is one that the board hasn't come to. */
export async function wake(id, seq, tell) {
  const now = await fetch(`/api/v1/boards/${id}/activity?limit=1`).then((answer) => answer.json()).catch(() => null);
  if (now?.seq < seq) tell({ kind: "reset", data: { board_id: id, seq: now.seq } });
}
