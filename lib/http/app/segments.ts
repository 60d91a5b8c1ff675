import { fieldError } from "../../errors.ts";

/** The number of parameters in a path. Of two paths that fit a request, the one with fewer parameters is meant. */
export const parametersIn = (path: string): number => path.split("{").length - 1;

/**
 * Returns the parameters in a request's path, decoded once. For example, `/api/admin/sites/a%3Ab` and `/api/admin/sites/{id}`
 * give `{id: "a:b"}`.
 * @param path The path of the operation.
 * @throws AppError `invalid-parameter` (400) if a value is not percent-encoded UTF-8.
 */
export function segmentsOf(request: Request, path: string): Record<string, string> {
  const segments = new URL(request.url).pathname.split("/");
  const named = path.split("/").flatMap((name, index) => {
    const [, segment] = /^\{(\w+)\}$/.exec(name) ?? [];
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
