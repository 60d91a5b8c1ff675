import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a page may have to load for being counted, in bytes, gzipped. */
export const MAX_GZIPPED = 2300;

const WEB = join(import.meta.dirname, "../web/tracker");

/** The tracker as a page loads it: a classic script, which starts by itself, and an ES module, which does not. */
export async function buildTracker(): Promise<{ script: string; module: string }> {
  return { script: await bundled("script.ts", "iife"), module: await bundled("tracker.ts", "esm") };
}

/** Writes `tracker.js`, `tracker.mjs` and the module's types into a directory. */
export async function writeTracker(directory: string): Promise<void> {
  const { script, module } = await buildTracker();
  const types = await declarations();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "tracker.js"), script);
  writeFileSync(join(directory, "tracker.mjs"), module);
  writeFileSync(join(directory, "tracker.d.ts"), types);
  // By this name TypeScript finds them beside the .mjs.
  writeFileSync(join(directory, "tracker.d.mts"), types);
}

/** As it travels, in bytes. */
export const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length;

async function bundled(entry: string, format: "iife" | "esm"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(WEB, entry)],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: "es2021",
    // Not the project's: that one asks for "use strict", which is 13 bytes.
    tsconfigRaw: "{}",
  });
  return outputFiles[0]?.text ?? "";
}

/** The types that the module exports all stand in its own file. */
async function declarations(): Promise<string> {
  // Only here: the dev server, which builds the tracker too, starts without the compiler.
  const { default: ts } = await import("typescript");
  const source = readFileSync(join(WEB, "tracker.ts"), "utf8");
  return ts.transpileDeclaration(source, {}).outputText;
}

/** `--check`: prints what they weigh; fails where the script is too heavy. */
async function main(): Promise<void> {
  const { script, module } = await buildTracker();
  console.log(`tracker.js ${gzipped(script)} bytes gzipped (at most ${MAX_GZIPPED}), tracker.mjs ${gzipped(module)}`);
  if (gzipped(script) > MAX_GZIPPED) process.exitCode = 1;
}

if (import.meta.main) await main();
