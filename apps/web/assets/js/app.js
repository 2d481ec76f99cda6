// What every page uses that is no wall: that has the rest later (board-rest.js).
import "./common.js";
import { startLeavingForGood } from "./leave.js";
import { tellPassing } from "./passing.js";
import { startSubmitKeys } from "./submit-keys.js";

startLeavingForGood(document);
startSubmitKeys(document);
tellPassing();
