// Bundles the pages: `node build.mjs FOLDER` (default: dist).
// Out: index.html, app.js, app.css; nothing in them points anywhere else.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";

const folder = process.argv[2] ?? "dist";
await mkdir(folder, { recursive: true });
await build({
  entryPoints: ["src/app.tsx", "src/app.css"],
  outdir: folder,
  bundle: true,
  minify: true,
  target: "es2022",
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
});
await copyFile("src/index.html", `${folder}/index.html`);
