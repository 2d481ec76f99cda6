// This tab's name, which what is half typed in it carries. A tab that is duplicated, or
// opened by a script, begins with a copy of what its opener keeps: what a page that is still open holds was copied, and a
// copy has a name of its own.
import { newID } from "./id.js";

const page = String(performance.timeOrigin);
const hold = () => sessionStorage.setItem("tab-of", page);

if (![null, page].includes(sessionStorage.getItem("tab-of"))) sessionStorage.removeItem("tab");
export const tab = sessionStorage.getItem("tab") ?? newID();
sessionStorage.setItem("tab", tab);
hold();
addEventListener("pagehide", () => sessionStorage.removeItem("tab-of"));
addEventListener("pageshow", ({ persisted }) => persisted && hold());
