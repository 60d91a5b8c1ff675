import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fileFor } from "../http/paths.ts";
import type { Endpoint } from "../http/respond.ts";

let files: readonly string[] | undefined;

/** Loads the function under `api/` for a path; undefined if there is none. */
export async function functionAt(path: string): Promise<Endpoint | undefined> {
  files ??= globSync("api/**/*.ts");
  const file = fileFor(path, files);
  return file === undefined ? undefined : ((await import(pathToFileURL(join(process.cwd(), file)).href)) as Endpoint);
}
