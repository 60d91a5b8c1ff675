import { basename, join } from "node:path";
import { type BuildOptions, build, type Metafile, type OutputFile } from "esbuild";
import { exampleSources } from "./console/example-sources.ts";
import { iconShapes } from "./console/icons.ts";
import { lazyStyles } from "./console/lazy-styles.ts";
import { sharedParts } from "./console/shared-parts.ts";
import { gzipped } from "./tracker.ts";

/** Largest size of what the console needs before its overview shows: script and style together, in bytes, gzipped. */
export const MAX_GZIPPED = 90_000;

const ROOT = join(import.meta.dirname, "..");
const ENTRY = join(ROOT, "web/console/main.tsx");
/** Pages that belong to the first load. */
const FIRST = /^web\/console\/pages\/overview\//;

/** Where the files of the console are served; their names change with their content. */
export const ASSETS = "/assets";

const OPTIONS = {
  absWorkingDir: ROOT,
  entryPoints: [{ in: ENTRY, out: "console" }],
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: ASSETS,
  loader: { ".woff2": "file" },
  plugins: [iconShapes, exampleSources, lazyStyles(ENTRY), sharedParts(ENTRY)],
  metafile: true,
  write: false,
  outdir: "assets",
} as const satisfies BuildOptions;

export interface ConsoleFiles {
  /** All files, by their names below `/assets`. */
  files: ReadonlyMap<string, OutputFile>;
  /** The names of the entry's script and style. */
  script: string;
  style: string;
  /** The chunks that the entry needs at once. A page names them, so that browsers load them together with the entry. */
  preload: readonly string[];
  metafile: Metafile;
}

/** Bundles the operators' console: one script and one style for the start, and a chunk per area that loads when it is opened. */
export async function buildConsole(): Promise<ConsoleFiles> {
  const { outputFiles, metafile } = await build(OPTIONS);
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === "web/console/main.tsx");
  if (entry === undefined) throw new Error("expected an output of web/console/main.tsx");
  const [script, { cssBundle = "" }] = entry;
  return {
    files: new Map(outputFiles.map((file) => [basename(file.path), file])),
    script: basename(script),
    style: basename(cssBundle),
    preload: staticImports(metafile, script).map((path) => basename(path)),
    metafile,
  };
}

/** All outputs that an output imports, not counting what it imports only when needed. */
function staticImports({ outputs }: Metafile, output: string): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind !== "import-statement" || found.has(next) || outputs[next] === undefined) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(output);
  return [...found];
}

/** The outputs of each page that is loaded when it is opened, by the page's folder or file. */
function lazyOutputs({ outputs }: Metafile): { source: string; output: string }[] {
  return Object.entries(outputs).flatMap(([output, { entryPoint }]) =>
    entryPoint === undefined || entryPoint === "web/console/main.tsx" || !output.endsWith(".js")
      ? []
      : [{ source: entryPoint, output }],
  );
}

/** Prints the sizes, and fails if the first load is too large. */
async function main(): Promise<void> {
  const { files, script, style, metafile } = await buildConsole();
  const size = (output: string) => gzipped(files.get(basename(output))?.text ?? "");
  const lazy = lazyOutputs(metafile);
  const first = new Set([script, style, ...staticImports(metafile, `assets/${script}`)].map((path) => basename(path)));
  for (const { source, output } of lazy) {
    if (!FIRST.test(source)) continue;
    for (const path of [output, ...staticImports(metafile, output)]) first.add(basename(path));
  }
  const total = [...first].reduce((sum, name) => sum + size(name), 0);
  console.log(
    `first load ${total} bytes gzipped in ${first.size} files (at most ${MAX_GZIPPED}), style ${size(style)}`,
  );
  for (const { source, output } of lazy) {
    if (FIRST.test(source)) continue;
    const added = [output, ...staticImports(metafile, output)].filter((path) => !first.has(basename(path)));
    console.log(`${source} ${added.reduce((sum, path) => sum + size(path), 0)} more`);
  }
  if (total > MAX_GZIPPED) process.exitCode = 1;
}

if (import.meta.main) await main();
