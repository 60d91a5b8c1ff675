import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { FORBIDDEN, OPTIONS } from "./layers.ts";

/**
 * `npm run layout`, part of `npm run check`: holds the code base to its layers (layers.ts) and to the sizes
 * below, and prints the figures. Exit code 1 names every breach.
 */
const MOST_FILES = 16;
const MOST_LINES = 300;
/** Where the limits of size hold. */
const MEASURED = /^(api|lib|dev|web|scripts|bench)\//;
const GENERATED = /\/generated\//;
const CODE = new Set([".ts", ".tsx", ".js", ".mjs", ".cjs", ".css"]);

async function breachesOfLayers(): Promise<string[]> {
  const { output } = await cruise(
    ["api", "lib", "dev", "scripts", "bench", "test", "web"],
    { ...OPTIONS, ruleSet: { forbidden: FORBIDDEN }, validate: true },
    {},
    { tsConfig: extractTSConfig("tsconfig.json") },
  );
  if (typeof output === "string") throw new Error("expected a result, got a text");
  const { violations, totalCruised } = output.summary;
  const cycles = violations.filter(({ rule }) => rule.name === "no-cycle").length;
  console.log(`${totalCruised} modules: ${violations.length - cycles} imports against the layers, ${cycles} cycles`);
  return violations.map(({ rule, from, to, cycle }) => {
    const way = cycle === undefined ? to : cycle.map(({ name }) => name).join(" -> ");
    return `${rule.name}: ${from} -> ${way}`;
  });
}

function breachesOfSize(): string[] {
  const files = execFileSync("git", ["ls-files"], { encoding: "utf8" })
    .split("\n")
    .filter((file) => MEASURED.test(file) && !GENERATED.test(file) && CODE.has(extname(file)));
  const folders = [...Map.groupBy(files, dirname)].map(([folder, { length }]) => ({ name: folder, size: length }));
  const lengths = files.map((file) => ({ name: file, size: readFileSync(file, "utf8").split("\n").length - 1 }));
  const [folder, file] = [largest(folders), largest(lengths)];
  const median = lengths.map(({ size }) => size).sort((a, b) => a - b)[Math.floor(lengths.length / 2)];
  console.log(`largest folder ${folder.name} with ${folder.size} files`);
  console.log(`longest file ${file.name} with ${file.size} lines, median ${median}`);
  return [
    ...folders
      .filter(({ size }) => size > MOST_FILES)
      .map(({ name, size }) => `${name}: expected at most ${MOST_FILES} files, got ${size}`),
    ...lengths
      .filter(({ size }) => size > MOST_LINES)
      .map(({ name, size }) => `${name}: expected at most ${MOST_LINES} lines, got ${size}`),
  ];
}

interface Sized {
  name: string;
  size: number;
}

const largest = (all: readonly Sized[]): Sized => all.reduce((most, next) => (next.size > most.size ? next : most));

const breaches = [...(await breachesOfLayers()), ...breachesOfSize()];
for (const breach of breaches) console.error(breach);
process.exitCode = breaches.length === 0 ? 0 : 1;
