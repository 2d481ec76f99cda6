// What the page of boards adds.
import { startStars } from "./star.js";

startStars(document);
