import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Endpoint } from "../http/respond.ts";

/** The function under `api/` that answers a path; undefined where there is none. */
export async function functionAt(path: string): Promise<Endpoint | undefined> {
  const file = fileFor(path, globSync("api/**/*.ts"));
  return file === undefined ? undefined : ((await import(pathToFileURL(join(process.cwd(), file)).href)) as Endpoint);
}

/**
 * Which of the files under `api/` answers a path, by Vercel's file rules: the one of that name, or the one whose bracketed
 * segments stand for those of the path: `api/bookings/[id].ts` for `/api/bookings/7`.
 */
export function fileFor(path: string, files: readonly string[]): string | undefined {
  if (!/^\/api(\/[A-Za-z0-9][\w-]*)+$/.test(path)) return undefined;
  const exact = `${path.slice(1)}.ts`;
  return files.includes(exact) ? exact : files.find((file) => file.includes("[") && patternOf(file).test(path));
}

const patternOf = (file: string): RegExp => new RegExp(`^/${file.replace(/\.ts$/, "").replace(/\[\w+\]/g, "[^/]+")}$`);
