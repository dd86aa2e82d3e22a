// Bundles the pages: `node build.mjs FOLDER` (default: dist).
// Out: index.html, app-HASH.js, app-HASH.css; nothing in them points anywhere else. A file whose
// name tells its content never changes, so browsers keep it: pages.cc says so to them.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";

const folder = process.argv[2] ?? "dist";
await mkdir(folder, { recursive: true });
for (const old of await readdir(folder)) {
  if (/^app[-.].*(js|css)$/.test(old)) await rm(join(folder, old));
}
const { metafile } = await build({
  entryPoints: ["src/app.tsx", "src/app.css"],
  entryNames: "[name]-[hash]",
  outdir: folder,
  metafile: true,
  bundle: true,
  minify: true,
  target: "es2022",
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
});
let page = await readFile("src/index.html", "utf8");
for (const path of Object.keys(metafile.outputs)) {
  const name = basename(path);
  const link = `"/app${extname(name)}"`;
  if (!page.includes(link)) throw new Error(`src/index.html does not name ${link}`);
  page = page.replace(link, `"/${name}"`);
}
await writeFile(join(folder, "index.html"), page);
