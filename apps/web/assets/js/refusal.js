import { toast } from "./toast.js";

/** Tells that the server refused a change, and how the page stands now. */
export function tellRefusal({ detail, requestID }, now = "") {
  toast(`${detail} ${now}`.trim(), requestID && `Request ${requestID}`);
}
