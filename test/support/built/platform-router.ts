import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtFunctions, OUTPUT } from "./built-functions.ts";

/** Routes of the platform's build, as the Build Output API describes them. */
export interface PlatformRoute {
  src?: string;
  dest?: string;
  headers?: Record<string, string>;
  continue?: boolean;
  check?: boolean;
  handle?: string;
  status?: number;
}

export const { routes: PLATFORM_ROUTES } = JSON.parse(readFileSync(join(OUTPUT, "config.json"), "utf8")) as {
  routes: PlatformRoute[];
};

const functions = new Set(builtFunctions().map(({ path }) => path));

/**
 * Which function the platform leads a path to, and what it adds to the query: what is there under its own name comes first,
 * then what routes lead to that are checked once more.
 */
export function platformFunctionFor(path: string): { function: string; query: string } | undefined {
  if (functions.has(path)) return { function: path, query: "" };
  const from = PLATFORM_ROUTES.findIndex(({ handle }) => handle === "filesystem") + 1;
  const rest = PLATFORM_ROUTES.slice(from);
  const until = rest.findIndex(({ handle }) => handle !== undefined);
  let current = path;
  for (const { src = "^$", dest, status } of rest.slice(0, until)) {
    const found = new RegExp(src).exec(current);
    if (found === null) continue;
    if (dest === undefined) return status === undefined ? undefined : { function: "", query: String(status) };
    const [to = "", query = ""] = dest.replace(/\$(\d)/g, (_, index) => found[Number(index)] ?? "").split("?");
    if (functions.has(to)) return { function: to, query };
    current = to;
  }
  return undefined;
}
