import { isZone } from "../../lib/time/zone.ts";
import { invalidParameter, refusal } from "./api-errors.ts";

/** Parameters of a query; what is not given stays undefined. All throw GoogleError 400 for what means nothing. Pure. */

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/** A timestamp with its offset (RFC 3339) in milliseconds, without its milliseconds ("may be provided but are ignored"). */
export function secondOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const instant = TIMESTAMP.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw refusal("badRequest");
  return Math.floor(instant / 1000) * 1000;
}

/** A switch, off unless given. */
export function flag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  throw invalidParameter(name, `Invalid boolean value: '${text}'.`);
}

/** One of some words. */
export function choice<T extends string>(name: string, allowed: readonly T[], text: string | undefined): T | undefined {
  const chosen = allowed.find((one) => one === text);
  if (chosen !== undefined || text === undefined) return chosen;
  throw invalidParameter(name, `Invalid string value: '${text}'. Allowed values: [${allowed.join(", ")}]`);
}

/** An IANA time zone. */
export function zoneOf(text: string | undefined): string | undefined {
  if (text === undefined || isZone(text)) return text;
  throw invalidParameter("timeZone", `Invalid time zone: '${text}'.`);
}

/** A whole number from 1 on. */
export function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,10}$/.test(text)) throw invalidParameter(name, `Invalid integer value: '${text}'.`);
  if (Number(text) >= 1) return Number(text);
  throw invalidParameter(name, `Invalid value '${text}'. Values must be within the range: [1, 2147483647]`);
}
