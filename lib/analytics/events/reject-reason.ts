import { describeError } from "../../errors.ts";

/** Why an event cannot be taken further. */
export interface Problem {
  reason: Reason;
  field: string;
  expected: string;
  got: string;
}

export const REASONS = [
  "event-type-missing",
  "event-type-invalid",
  "page-url-invalid",
  "event-id-invalid",
  "session-id-invalid",
  "visitor-id-invalid",
  "event-data-invalid",
  "processing-error",
] as const;

type Reason = (typeof REASONS)[number];

export function problem(reason: Reason, field: string, expected: string, value: unknown): Problem {
  return { reason, field, expected, got: value === undefined ? "nothing" : picture(value) };
}

/** What came, as far as it tells what is wrong; no more, since it stays on record. */
function picture(value: unknown): string {
  if (typeof value === "string" && value.length > SHOWN) return `a text of ${value.length} characters`;
  return Array.isArray(value) ? `a list of ${value.length}` : typeof value === "object" ? "an object" : String(value);
}

const SHOWN = 80;

/** A fault of ours, not of the event: it can be replayed once that is mended. */
export function processingError(error: unknown): Problem {
  const { code, message } = describeError(error);
  const got = `${code}: ${message.slice(0, 200)}`;
  return { reason: "processing-error", field: "event", expected: "an event that can be processed", got };
}
