import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Document } from "../../../lib/http/openapi/types.ts";

/** What the platform's build left in `.vercel/output`. */
export const OUTPUT = resolve(".vercel/output");

export interface BuiltFunction {
  /** URL path, as the folder says; `/api` for the app. */
  path: string;
  folder: string;
  /** The file the platform loads. */
  handler: string;
  config: { handler: string; runtime: string; maxDuration: number; launcherType: string };
}

/** The document that the build serves. */
export const builtDocument = (): Document =>
  JSON.parse(readFileSync(join(OUTPUT, "static/api/openapi.json"), "utf8")) as Document;

/** @throws Error where there is no build yet. */
export function builtFunctions(): BuiltFunction[] {
  if (!existsSync(join(OUTPUT, "functions")))
    throw new Error("expected a platform build in .vercel/output: npm run build:platform");
  return globSync("functions/**/*.func", { cwd: OUTPUT }).map((name) => {
    const folder = join(OUTPUT, name);
    const config = JSON.parse(readFileSync(join(folder, ".vc-config.json"), "utf8")) as BuiltFunction["config"];
    const path = name.replace(/^functions/, "").replace(/(\/index)?\.func$/, "");
    return { path, folder, handler: join(folder, config.handler), config };
  });
}
