import { addressOf } from "./address.js";
import { toast, toastThere } from "./toast.js";

/** Tells that the server refused a change, and how the page stands now. */
export function tellRefusal({ detail, requestID }, now = "") {
  toast(`${detail} ${now}`.trim(), requestID && `Request ${requestID}`);
}

/** Loads the board again, where the page can't know what became of a change, and says so there. */
export const tellDoubt = (board, { detail }) => toastThere(addressOf(board), detail ? `${detail} This is how the board stands now.` : "");
