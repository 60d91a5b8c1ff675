import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** The largest size of the tracker script, in bytes, gzipped. */
export const MAX_GZIPPED = 2300;

const WEB = join(import.meta.dirname, "../web/tracker");

/** Builds the tracker: a classic script that starts by itself, and an ES module that a page starts. */
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
  // TypeScript looks for the types of a .mjs file under this name.
  writeFileSync(join(directory, "tracker.d.mts"), types);
}

/** The size of a text as it is sent, in bytes. */
export const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length;

async function bundled(entry: string, format: "iife" | "esm"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(WEB, entry)],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: "es2021",
    // The project's tsconfig would add "use strict", which takes 13 bytes.
    tsconfigRaw: "{}",
  });
  return outputFiles[0]?.text ?? "";
}

/** The types of the module. All of them are declared in its own file. */
async function declarations(): Promise<string> {
  // Loaded only here, so that npm start, which builds the tracker too, does not load the compiler.
  const { default: ts } = await import("typescript");
  const source = readFileSync(join(WEB, "tracker.ts"), "utf8");
  return ts.transpileDeclaration(source, {}).outputText;
}

/** Prints the sizes of both. Exit code 1: the script is too large. */
async function main(): Promise<void> {
  const { script, module } = await buildTracker();
  console.log(`tracker.js ${gzipped(script)} bytes gzipped (at most ${MAX_GZIPPED}), tracker.mjs ${gzipped(module)}`);
  if (gzipped(script) > MAX_GZIPPED) process.exitCode = 1;
}

if (import.meta.main) await main();
