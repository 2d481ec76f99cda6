// Builds what the browser gets into dist/: bundled and minified by esbuild, named after its content,
// with a ready-compressed copy beside each file and manifest.json (plain name → hashed name, and what that imports).
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const bundles = ["css/app.css", "css/apart.css", "js/app.js", "js/boards.js", "js/card.js", "js/story.js", "js/search.js", "js/settings.js", "css/late.css", "js/late/late.js"];
const plain = ["img/icons.svg", "img/favicon.svg"];

const options = {
  absWorkingDir: here,
  outdir: "out",
  bundle: true,
  minify: true,
  write: false,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  supported: { nesting: true },
  logLevel: "warning",
};
const failed = () => process.exit(1); // esbuild has said why
const bundled = await build({ ...options, entryPoints: bundles }).catch(failed);
// The wall's script comes in parts, which name each other: those have their hash from esbuild.
const inParts = await build({ ...options, entryPoints: ["js/board.js"], splitting: true, metafile: true, entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]" }).catch(failed);
if (bundled.warnings.length + inParts.warnings.length > 0) process.exit(1);
const outputs = bundled.outputFiles.map((f) => ({ name: basename(f.path), bytes: Buffer.from(f.contents) }));
for (const path of plain) outputs.push({ name: basename(path), bytes: await readFile(join(here, path)) });

const hashed = outputs.map(({ name, bytes }) => {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  return { name, bytes, file: `${basename(name, extname(name))}-${hash}${extname(name)}` };
});

const imports = {}; // of a part, what it needs at once
for (const { path, contents } of inParts.outputFiles) {
  const file = basename(path);
  const name = file.startsWith("chunk-") ? file : file.replace(/-[^-]+(?=\.js$)/, "");
  hashed.push({ name, bytes: Buffer.from(contents), file });
  imports[name] = inParts.metafile.outputs[`out/${file}`].imports.filter(({ kind }) => kind === "import-statement").map((needed) => basename(needed.path));
}

// A file is there whole or not at all, however a build ends.
async function put(name, bytes) {
  await writeFile(join(dist, `${name}.new`), bytes);
  await rename(join(dist, `${name}.new`), join(dist, name));
}

// What hasn't changed stays: compressing takes longer than all the rest.
await mkdir(dist, { recursive: true });
const there = new Set(await readdir(dist));
await Promise.all(hashed.map(async ({ bytes, file }) => {
  if (there.has(file) && there.has(`${file}.br`) && there.has(`${file}.gz`)) return;
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  await Promise.all([
    put(file, bytes),
    promisify(brotliCompress)(bytes, best).then((b) => put(`${file}.br`, b)),
    promisify(gzip)(bytes, { level: 9 }).then((b) => put(`${file}.gz`, b)),
  ]);
}));

const manifest = hashed.map(({ name, file }) => [name, { file, imports: imports[name] }]).sort(([a], [b]) => a.localeCompare(b));
await writeFile(join(dist, "manifest.json"), JSON.stringify(Object.fromEntries(manifest), null, 2) + "\n");

const kept = new Set(["placeholder.txt", "manifest.json", ...hashed.flatMap(({ file }) => [file, `${file}.br`, `${file}.gz`])]);
for (const old of there) if (!kept.has(old)) await rm(join(dist, old));
