import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Endpoint } from "../http/respond.ts";

/** The function under `api/` that answers a path, by Vercel's file rules; undefined where there is none. */
export async function functionAt(path: string): Promise<Endpoint | undefined> {
  if (!/^\/api(\/[A-Za-z0-9][\w-]*)+$/.test(path)) return undefined;
  const exact = `${path.slice(1)}.ts`;
  const file = existsSync(exact) ? exact : dynamicFile(path);
  return file === undefined ? undefined : ((await import(pathToFileURL(join(process.cwd(), file)).href)) as Endpoint);
}

/** The file whose bracketed segments stand for those of a path: `api/bookings/[id].ts` for `/api/bookings/7`. */
function dynamicFile(path: string): string | undefined {
  return globSync("api/**/*.ts").find(
    (file) =>
      file.includes("[") && new RegExp(`^/${file.replace(/\.ts$/, "").replace(/\[\w+\]/g, "[^/]+")}$`).test(path),
  );
}
