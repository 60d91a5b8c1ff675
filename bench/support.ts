import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { basename, dirname, join } from "node:path";
import { bundle } from "../scripts/bundle.ts";

/** What the figures were measured on. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} cores (${cpu?.model.trim() ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

/** Milliseconds that `work` takes. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The value that a share of the others does not exceed. */
export function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN;
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Runs a script of ours in a process of its own, bundled as it would be deployed.
 * @returns what it printed on its last line, parsed.
 */
export async function runAlone<T>(script: string, args: string[], flags: string[] = []): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), "taktwerk-bench-"));
  await bundle([script], dirname(script), home, "es");
  writeFileSync(join(home, "package.json"), '{"type":"module"}');
  try {
    const child = spawn(process.execPath, [...flags, join(home, `${basename(script, ".ts")}.js`), ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    const [code] = (await once(child, "close")) as [number];
    if (code !== 0) throw new Error(`${script} ended with ${code}: ${output}`);
    return JSON.parse(output.trim().split("\n").at(-1) ?? "") as T;
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** One figure against its bound; a bench whose figure misses its bound fails. */
export function verdict(name: string, value: number, bound: { atMost?: number; atLeast?: number }, unit = ""): void {
  const kept = value <= (bound.atMost ?? Number.POSITIVE_INFINITY) && value >= (bound.atLeast ?? 0);
  const limit = bound.atMost === undefined ? `at least ${bound.atLeast}` : `at most ${bound.atMost}`;
  console.log(`${kept ? "ok  " : "MISS"}  ${name}: ${value.toFixed(2)}${unit} (${limit}${unit})`);
  if (!kept) process.exitCode = 1;
}
