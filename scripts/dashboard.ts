import { join } from "node:path";
import { build } from "esbuild";
import { BUNDLED } from "./assets.ts";
import { gzipped } from "./tracker.ts";

/** What the dashboard's first page may have to load, script and style together, in bytes, gzipped. */
export const MAX_GZIPPED = 60_000;

const ENTRY = join(import.meta.dirname, "../web/console/main.tsx");

/** The operator's dashboard as one script and one style sheet. */
export async function buildDashboard(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    ...BUNDLED,
    outdir: "public",
    write: false,
  });
  const textOf = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? "";
  return { script: textOf(".js"), style: textOf(".css") };
}

/** `--check`: prints what they weigh; fails where that is too much. */
async function main(): Promise<void> {
  const { script, style } = await buildDashboard();
  const [js, css] = [gzipped(script), gzipped(style)];
  console.log(`dashboard.js ${js} and dashboard.css ${css} bytes gzipped (together at most ${MAX_GZIPPED})`);
  if (js + css > MAX_GZIPPED) process.exitCode = 1;
}

if (import.meta.main) await main();
