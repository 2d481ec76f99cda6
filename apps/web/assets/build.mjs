// Builds what the browser gets into dist/: bundled and minified by esbuild, named after its content,
// with a ready-compressed copy beside each file and manifest.json (plain name → hashed name).
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const bundles = ["css/app.css", "js/app.js", "js/board.js"];
const plain = ["img/icons.svg", "img/favicon.svg"];

const bundled = await build({
  absWorkingDir: here,
  entryPoints: bundles,
  outdir: "out",
  bundle: true,
  minify: true,
  write: false,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  supported: { nesting: true },
  logLevel: "warning",
});
const outputs = bundled.outputFiles.map((f) => ({ name: basename(f.path), bytes: Buffer.from(f.contents) }));
for (const path of plain) outputs.push({ name: basename(path), bytes: await readFile(join(here, path)) });

// Everything is ready before the old is removed, so that an error leaves the last good build.
await mkdir(dist, { recursive: true });
for (const old of await readdir(dist)) if (old !== "placeholder.txt") await rm(join(dist, old));

const manifest = {};
await Promise.all(outputs.map(async ({ name, bytes }) => {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const file = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  manifest[name] = file;
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  await Promise.all([
    writeFile(join(dist, file), bytes),
    promisify(brotliCompress)(bytes, best).then((b) => writeFile(join(dist, `${file}.br`), b)),
    promisify(gzip)(bytes, { level: 9 }).then((b) => writeFile(join(dist, `${file}.gz`), b)),
  ]);
}));
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => a.localeCompare(b)));
await writeFile(join(dist, "manifest.json"), JSON.stringify(sorted, null, 2) + "\n");
