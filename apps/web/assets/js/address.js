/** The board's address, filtered as it is. */
export const addressOf = ({ dataset: { board, line } }) => `/boards/${board}${line ? `?${new URLSearchParams({ q: line })}` : ""}`;
