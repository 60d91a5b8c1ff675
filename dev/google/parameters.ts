import { isZone } from "../../lib/time/zone.ts";
import { apiError, invalidParameter } from "./api-errors.ts";

/** Parses query parameters. A missing parameter stays undefined. All throw ApiError 400 for an invalid value. Pure. */

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/** A timestamp with offset (RFC 3339) in milliseconds, rounded down to the second: Google ignores milliseconds. */
export function parseTimestamp(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const instant = TIMESTAMP.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw apiError("badRequest");
  return Math.floor(instant / 1000) * 1000;
}

/** A boolean; false by default. */
export function parseFlag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  throw invalidParameter(name, `Invalid boolean value: '${text}'.`);
}

/** One of some allowed texts. */
export function parseChoice<T extends string>(
  name: string,
  allowed: readonly T[],
  text: string | undefined,
): T | undefined {
  const chosen = allowed.find((value) => value === text);
  if (chosen !== undefined || text === undefined) return chosen;
  throw invalidParameter(name, `Invalid string value: '${text}'. Allowed values: [${allowed.join(", ")}]`);
}

/** An IANA time zone. */
export function parseZone(text: string | undefined): string | undefined {
  if (text === undefined || isZone(text)) return text;
  throw invalidParameter("timeZone", `Invalid time zone: '${text}'.`);
}

/** A whole number, at least 1. */
export function parseWholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,10}$/.test(text)) throw invalidParameter(name, `Invalid integer value: '${text}'.`);
  if (Number(text) >= 1) return Number(text);
  throw invalidParameter(name, `Invalid value '${text}'. Values must be within the range: [1, 2147483647]`);
}
