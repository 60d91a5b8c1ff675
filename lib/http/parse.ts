import type * as z from "zod";
import { type AppError, type ErrorDetail, fieldError } from "../errors.ts";

/**
 * Parses input from outside.
 * @throws AppError of `code` that names the first wrong field, what was expected and what came.
 */
export function parse<S extends z.ZodType>(
  schema: S,
  input: unknown,
  code: "invalid-parameter" | "invalid-body",
): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw firstIssue(parsed.error, input, code);
}

/** Parses the query string to an object. A parameter that is given twice is an error. */
export function queryOf(request: Request): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    if (Object.hasOwn(query, name)) {
      throw fieldError("invalid-parameter", { field: name, expected: "one value", got: "several" });
    }
    Object.defineProperty(query, name, { value, enumerable: true });
  }
  return query;
}

function firstIssue(error: z.ZodError, input: unknown, code: "invalid-parameter" | "invalid-body"): AppError {
  return fieldError(code, issueDetail(error, input));
}

/** The first issue of a failed parse as field, expected, got. */
export function issueDetail(error: z.ZodError, input: unknown): ErrorDetail {
  const [issue] = error.issues;
  if (issue === undefined) return { field: "body", expected: "valid input", got: "something else" };
  if (issue.code === "unrecognized_keys") {
    return { field: fieldName([...issue.path, issue.keys[0] ?? ""]), expected: "no such field", got: "one" };
  }
  const expected = issue.message.replace(/^Invalid (input|option): expected /, "").split(", received ")[0] ?? "";
  return { field: fieldName(issue.path), expected, got: show(valueAt(input, issue.path)) };
}

function fieldName(path: PropertyKey[]): string {
  const name = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return name.replace(/^\./, "") || "body";
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}

function picture(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return "an object nested too deeply"; // for the stack
  }
}

/** A short, printable picture of what came. */
function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  const text = Array.isArray(value) ? `a list of ${value.length}` : picture(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
