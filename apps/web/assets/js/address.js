/** The board's address, filtered as it is. */
export const addressOf = ({ dataset: { board, query = "" } }) => `/boards/${board}${query}`;
