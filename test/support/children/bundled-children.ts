import { globSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bundle } from "../../../scripts/bundle.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The directory of what runs in processes of its own, bundled. */
    bundledChildren: string;
  }
}

/**
 * Vitest's global setup: bundles what tests start in processes of their own as the build bundles functions. From their
 * sources each of them would spend most of a second of processor time on loading what it needs.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const cache = join(project.config.root, "node_modules/.cache"); // from where packages are found that are not bundled
  mkdirSync(cache, { recursive: true });
  const directory = mkdtempSync(join(cache, "taktwerk-children-"));
  await bundle(["dev/cli.ts", ...globSync("test/support/children/*-child.ts")], ".", directory, "es");
  project.provide("bundledChildren", directory);
  return () => rmSync(directory, { recursive: true });
}
