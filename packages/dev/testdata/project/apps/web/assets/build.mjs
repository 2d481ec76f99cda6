import { copyFileSync } from "node:fs";
copyFileSync("css/app.css", "dist/app.css");
