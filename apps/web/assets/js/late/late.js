export { openKeys } from "./keys.js";
