import { fieldError } from "../errors.ts";

/** Which file under `api/` answers a path, and what its brackets stand for: the same rules on the platform and in `serve`. */

/**
 * Which of the files under `api/` answers a path, by Vercel's file rules: the one of that name, or the one whose bracketed
 * segments match one segment each, with any content: `api/bookings/[id].ts` for `/api/bookings/7`. Names come first; a
 * slash at the end does not count.
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
 * The segments of a request's path that the name of its function's file puts in brackets, decoded once: of
 * `/api/admin/sites/a%3Ab` in `/api/admin/sites/[id]`, `{id: "a:b"}`.
 * @throws AppError `invalid-parameter` (400) for what is not percent-encoded UTF-8.
 */
export function segmentsOf(request: Request, file: string): Record<string, string> {
  const segments = new URL(request.url).pathname.split("/");
  const named = file.split("/").flatMap((name, index) => {
    const [, segment] = /^\[(\w+)\]$/.exec(name) ?? [];
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
