import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Endpoint } from "../http/respond.ts";

/** The function under `api/` that answers a path, by Vercel's file rules; undefined where there is none. */
export async function functionAt(path: string): Promise<Endpoint | undefined> {
  if (!/^\/api(\/[a-z0-9][a-z0-9-]*)+$/.test(path)) return undefined;
  const file = join(process.cwd(), `${path}.ts`);
  return existsSync(file) ? ((await import(pathToFileURL(file).href)) as Endpoint) : undefined;
}
