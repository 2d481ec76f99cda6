// What every page uses. Each behaviour is a module, finds its elements by a data attribute, and is an
// addition: the page works without it.
import "./tab.js"; // before what asks for it
import { asOnThisKeyboard } from "./caps.js";
import { startDrafts } from "./drafts.js";
import { startKeys } from "./keys.js";
import { startLate } from "./late.js";
import { startLeave } from "./leave.js";
import { startMenus } from "./menus.js";
import { startOutboxes } from "./outbox.js";
import { startRecent } from "./recent.js";
import { startSubmitKeys } from "./submit-keys.js";
import { startTimes } from "./times.js";
import { startFlashes } from "./toast.js";
import { tellZone } from "./zone.js";

tellZone();
startTimes(document);
startMenus(document);
startLeave(document);
startDrafts(document);
startOutboxes();
startSubmitKeys(document);
asOnThisKeyboard(document);
startKeys();
startLate();
startRecent();
startFlashes(document);
if (!document.querySelector("[data-board]")) import("./passing.js").then(({ tellPassing }) => tellPassing()); // a board does so by landing.js and undo.js
