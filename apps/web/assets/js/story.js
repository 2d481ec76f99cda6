// What the page of a story adds; over a board, dialog.js shows the same page.
import { startStory } from "./story-lines.js";

startStory(document);
