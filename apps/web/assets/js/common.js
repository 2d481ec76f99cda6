// What every page uses at once, a wall too. Each behaviour is a module, finds its elements by a data attribute, and is an
// addition: the page works without it.
import "./tab.js"; // before what asks for it
import { startBoxes } from "./boxes.js";
import { asOnThisKeyboard } from "./caps.js";
import { startDrafts } from "./drafts.js";
import { startKeys } from "./keys.js";
import { startLate } from "./late.js";
import { startLeave } from "./leave.js";
import { startMenus } from "./menus.js";
import { startOutboxes } from "./outboxes.js";
import { startRecent } from "./recent.js";
import { startTimes } from "./times.js";
import { startFlashes } from "./toast.js";
import { tellZone } from "./zone.js";

tellZone();
startTimes(document);
startMenus(document);
startLeave(document);
startDrafts(document);
startOutboxes();
startBoxes(document);
asOnThisKeyboard(document);
startKeys();
startLate();
startRecent();
startFlashes(document);
