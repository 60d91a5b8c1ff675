import * as z from "zod";
import { describeError } from "../../errors.ts";

/** Why an event cannot be processed. */
export interface Rejection {
  reason: RejectReason;
  field: string;
  expected: string;
  got: string;
}

export const REJECT_REASONS = [
  "event-type-missing",
  "event-type-invalid",
  "page-url-invalid",
  "event-id-invalid",
  "session-id-invalid",
  "visitor-id-invalid",
  "event-data-invalid",
  "processing-error",
] as const;

type RejectReason = (typeof REJECT_REASONS)[number];

export const rejectReason = z
  .enum(REJECT_REASONS, { error: `one of ${REJECT_REASONS.join(", ")}` })
  .meta({ id: "RejectReason", description: "Why an event cannot be processed." });

/** Rejects an event for the value of a field. */
export function reject(reason: RejectReason, field: string, expected: string, value: unknown): Rejection {
  return { reason, field, expected, got: value === undefined ? "nothing" : describeValue(value) };
}

const MAX_SHOWN_LENGTH = 80;

/** Describes a value without repeating long texts or objects: the description is stored. */
function describeValue(value: unknown): string {
  if (typeof value === "string" && value.length > MAX_SHOWN_LENGTH) return `a text of ${value.length} characters`;
  return Array.isArray(value) ? `a list of ${value.length}` : typeof value === "object" ? "an object" : String(value);
}

/** Rejects an event for a fault of this system. It can be replayed when the fault is corrected. */
export function processingError(error: unknown): Rejection {
  const { code, message } = describeError(error);
  const got = `${code}: ${message.slice(0, 200)}`;
  return { reason: "processing-error", field: "event", expected: "an event that can be processed", got };
}
