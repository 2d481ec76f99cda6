// This tab's name ("tab" in its storage), which the activities of its changes carry and what is half typed in it. A tab that
// is duplicated, or opened by a script, begins with a copy of what its opener keeps: what a page that is still open holds was
// copied, and a copy has a name of its own.
import { newID } from "./id.js";

if (sessionStorage.held || !sessionStorage.tab) sessionStorage.tab = newID();
addEventListener("pageshow", () => sessionStorage.tab && (sessionStorage.held = 1)); // once it is loaded, and when one comes back to it; not when all was forgotten (leave.js)
addEventListener("pagehide", () => delete sessionStorage.held);

// As long as a page of it is open, nobody takes over what the tab has begun (left.js). A page that is being left when its turn
// comes is refused the lock, which it needs no more.
addEventListener("pageshow", () => navigator.locks?.request(`tab:${sessionStorage.tab}`, () => new Promise((leave) => addEventListener("pagehide", leave))).catch(() => {}));
