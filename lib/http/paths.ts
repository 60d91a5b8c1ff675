import { fieldError } from "../errors.ts";

/** Finds the file under `api/` that answers a path, and the values of its brackets. `npm run serve` does as Vercel does. */

/**
 * Finds the file under `api/` that answers a path, by Vercel's rules: the file with that name, or else the one with the fewest
 * brackets that fits. A segment in brackets fits any one segment (`api/bookings/[id].ts` for `/api/bookings/7`). A slash at the
 * end is ignored.
 * @param path As it is in the URL, percent-encoded.
 */
export function fileFor(path: string, files: readonly string[]): string | undefined {
  const name = path.replace(/\/$/, "");
  const exact = `${name.slice(1)}.ts`;
  if (files.includes(exact)) return exact;
  const fitting = files.filter((file) => file.includes("[") && patternOf(file).test(name));
  return fitting.sort((a, b) => bracketsIn(a) - bracketsIn(b))[0];
}

const BRACKETS = /\[\w+\]/g;

const bracketsIn = (file: string): number => file.match(BRACKETS)?.length ?? 0;

const patternOf = (file: string): RegExp => new RegExp(`^/${file.replace(/\.ts$/, "").replace(BRACKETS, "[^/]+")}$`);

/**
 * Returns the values of a file's brackets from a request's path, decoded once. For example, `/api/admin/sites/a%3Ab` and
 * `/api/admin/sites/[id]` give `{id: "a:b"}`.
 * @throws AppError `invalid-parameter` (400) if a value is not percent-encoded UTF-8.
 */
export function segmentsOf(request: Request, file: string): Record<string, string> {
  const segments = new URL(request.url).pathname.split("/");
  const named = file.split("/").flatMap((name, index) => {
    const [, segment] = /^[[{](\w+)[\]}]$/.exec(name) ?? [];
    return segment === undefined ? [] : [[segment, decoded(segment, segments[index] ?? "")]];
  });
  return Object.fromEntries(named);
}

function decoded(field: string, segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    const got = segment.slice(0, 80);
    throw fieldError("invalid-parameter", { field, expected: "percent-encoded UTF-8", got });
  }
}
