import { randomUUID } from "node:crypto";
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "./finding.ts";

const LEAST_MB = 50;

/** How much room there is in a folder, in MB, and whether it can be written to. */
export async function roomIn(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / 1024 ** 2);
  const observed = { observedValue: free, observedUnit: "MB" };
  if (free < LEAST_MB) return { status: "warn", ...observed, output: `${folder} has ${free} MB left` };
  const probe = join(folder, `health-${randomUUID()}`);
  await writeFile(probe, "");
  await rm(probe, { force: true });
  return { status: "pass", ...observed };
}
