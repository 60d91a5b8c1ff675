import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fileFor } from "../http/paths.ts";
import type { Endpoint } from "../http/respond.ts";

let files: readonly string[] | undefined;

/** Loads the function that the platform calls for a path: the file of that name under `api/`, otherwise the app. */
export async function functionAt(path: string): Promise<Endpoint> {
  files ??= globSync("api/**/*.ts");
  const file = fileFor(path, files) ?? "api/index.ts";
  return (await import(pathToFileURL(join(process.cwd(), file)).href)) as Endpoint;
}
