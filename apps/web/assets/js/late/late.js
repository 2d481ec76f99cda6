export { openKeys } from "./keys.js";
export { openPalette } from "./palette.js";
