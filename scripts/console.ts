import { join } from "node:path";
import { build } from "esbuild";
import { BUNDLED } from "./assets.ts";
import { gzipped } from "./tracker.ts";

/** Largest size of the console's script and style together, in bytes, gzipped. */
export const MAX_GZIPPED = 60_000;

const ENTRY = join(import.meta.dirname, "../web/console/main.tsx");

/** Bundles the operators' console into one script and one style sheet, served as `/dashboard.js` and `/dashboard.css`. */
export async function buildConsole(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    ...BUNDLED,
    outdir: "public",
    write: false,
  });
  const textOf = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? "";
  return { script: textOf(".js"), style: textOf(".css") };
}

/** Prints the sizes, and fails if they are too large. */
async function main(): Promise<void> {
  const { script, style } = await buildConsole();
  const [js, css] = [gzipped(script), gzipped(style)];
  console.log(`dashboard.js ${js} and dashboard.css ${css} bytes gzipped (together at most ${MAX_GZIPPED})`);
  if (js + css > MAX_GZIPPED) process.exitCode = 1;
}

if (import.meta.main) await main();
