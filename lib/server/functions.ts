import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Endpoint } from "../http/handler.ts";

/** Paths of functions have letters, digits and hyphens only, so none leads out of the folder. */
const FUNCTION_PATH = /^\/api(\/[\w-]+)+\/?$/;

/** Loads the function that the platform calls for a path: the file of that name under `api/`, otherwise the app. */
export async function functionAt(path: string): Promise<Endpoint> {
  const file = join(process.cwd(), `${path.replace(/\/$/, "")}.ts`);
  const named = FUNCTION_PATH.test(path) && existsSync(file) ? file : join(process.cwd(), "api/index.ts");
  return (await import(pathToFileURL(named).href)) as Endpoint;
}
