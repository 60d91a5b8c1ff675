import vercel from "../../vercel.json" with { type: "json" };
import { patternOf } from "./headers.ts";
import type { Middleware } from "./listen.ts";

const RULES = vercel.rewrites
  .filter(({ destination }) => destination.endsWith(".html"))
  .map(({ source, destination }) => ({ pattern: patternOf(source), destination }));

/** The file that a path of the console shows, as the rewrites of `vercel.json` say. */
export const pageAt = (path: string): string | undefined =>
  RULES.find(({ pattern }) => pattern.test(path))?.destination;

/** Leads the paths of the console to its page. A path that names a file of its own is not among them. */
export const pagePaths: Middleware = (incoming, _outgoing, next) => {
  const { pathname } = new URL(incoming.url ?? "/", "http://any");
  const page = incoming.method === "GET" || incoming.method === "HEAD" ? pageAt(pathname) : undefined;
  if (page !== undefined) incoming.url = page;
  next();
};
