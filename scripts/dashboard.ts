import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { gzipped } from "./tracker.ts";

/** What the dashboard's first page may have to load, script and style together, in bytes, gzipped. */
export const MAX_GZIPPED = 60_000;

const ENTRY = join(import.meta.dirname, "../web/dashboard/main.tsx");

/** The operator's dashboard as one script and one style sheet. */
export async function buildDashboard(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    outdir: "public",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  const textOf = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? "";
  return { script: textOf(".js"), style: textOf(".css") };
}

/** Writes `dashboard.js` and `dashboard.css` into a directory. */
export async function writeDashboard(directory: string): Promise<void> {
  const { script, style } = await buildDashboard();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "dashboard.js"), script);
  writeFileSync(join(directory, "dashboard.css"), style);
}

/** `--check`: prints what they weigh; fails where that is too much. */
async function main(): Promise<void> {
  const { script, style } = await buildDashboard();
  const [js, css] = [gzipped(script), gzipped(style)];
  console.log(`dashboard.js ${js} and dashboard.css ${css} bytes gzipped (together at most ${MAX_GZIPPED})`);
  if (js + css > MAX_GZIPPED) process.exitCode = 1;
}

if (import.meta.main) await main();
