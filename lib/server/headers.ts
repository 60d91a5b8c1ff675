import vercel from "../../vercel.json" with { type: "json" };

/**
 * A `source` of `vercel.json` as the regular expression that the platform makes of it (path-to-regexp): groups in parentheses
 * are expressions, all else is taken literally.
 * @throws Error for parameters and modifiers, which nothing here needs.
 */
export function patternOf(source: string): RegExp {
  const parts = source.split(/(\((?:[^()]|\([^()]*\))*\))/);
  const expressions = parts.map((part, index) => {
    if (index % 2 === 1) return part;
    if (/[:*+?{}()]/.test(part)) throw new Error(`vercel.json: expected a source of paths and groups, got ${source}`);
    return part.replace(/[.$^|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${expressions.join("")}$`);
}

const RULES = vercel.headers.map(({ source, headers }) => ({ pattern: patternOf(source), headers }));

/** The headers that `vercel.json` sets for a path. If two rules set the same header, the later one counts. */
export function headersFor(path: string): Record<string, string> {
  const fitting = RULES.filter(({ pattern }) => pattern.test(path));
  return Object.fromEntries(fitting.flatMap(({ headers }) => headers.map(({ key, value }) => [key, value])));
}
