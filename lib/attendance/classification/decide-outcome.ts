import type { AppointmentData, Classification } from "../appointment.ts";
import { negatedPhrases, type Outcome, RULES, type Rule, type RuleCondition } from "./rules.ts";
import { containsPhrase, hasMarker, normaliseTitle, removePhrases } from "./title.ts";

/** What the rules look at. */
export type OutcomeInput = Pick<AppointmentData, "title" | "colorId" | "status" | "eventType" | "allDay" | "endsAt">;

export type OutcomeDecision = Pick<Classification, "outcome" | "sold" | "confidence" | "reason">;

/**
 * Decides an appointment's outcome by the first rule that matches (docs/domain.md, section 7). Before its end an appointment
 * is pending, unless it was cancelled or moved. Pure.
 */
export function decideOutcome(appointment: OutcomeInput, now: Date): OutcomeDecision {
  const title = normaliseTitle(appointment.title);
  for (const rule of RULES) {
    const reason = matchReason(rule.when, appointment, title);
    if (reason !== undefined) return pendingBeforeEnd(decisionOf(rule, reason), appointment.endsAt, now);
  }
  throw new RangeError("expected a last rule that always matches");
}

const decisionOf = ({ outcome, sold, confidence }: Rule, reason: string): OutcomeDecision => ({
  outcome,
  sold: sold ?? false,
  confidence: confidence ?? "high",
  reason,
});

/** Outcomes that count before the appointment's end. */
const KNOWN_EARLY: ReadonlySet<Outcome> = new Set(["placeholder", "cancelled", "rescheduled"]);

function pendingBeforeEnd(decision: OutcomeDecision, endsAt: Date, now: Date): OutcomeDecision {
  if (endsAt <= now || KNOWN_EARLY.has(decision.outcome)) return decision;
  return {
    ...decision,
    outcome: "pending",
    sold: false,
    reason: `not over yet; so far ${decision.outcome}: ${decision.reason}`,
  };
}

/** Why a condition matches, in words; undefined if it does not. */
function matchReason(when: RuleCondition, appointment: OutcomeInput, title: string): string | undefined {
  const { status, allDay, eventType, colorId } = appointment;
  if ("allDay" in when) return allDay ? "an all-day event" : undefined;
  if ("eventTypes" in when) return when.eventTypes.includes(eventType) ? `an event of type ${eventType}` : undefined;
  if ("digitsOnly" in when) return /^\d+$/.test(title) ? "a title of digits only" : undefined;
  if ("status" in when) return status === when.status ? `the event's status is ${status}` : undefined;
  if ("marker" in when) return hasMarker(title, when.marker) ? `"${when.marker}" marks the title` : undefined;
  if ("words" in when) {
    const phrase = when.words.find(
      (words) => containsPhrase(title, words) && containsPhrase(withoutNegations(title, when), words),
    );
    return phrase && `"${phrase}" in the title`;
  }
  if ("colours" in when) return when.colours.includes(colorId ?? "") ? `colour ${colorId}` : undefined;
  return colorId === null
    ? "no colour, and nothing in the title"
    : `colour ${colorId} means nothing, nor does the title`;
}

const withoutNegations = (title: string, when: Extract<RuleCondition, { words: unknown }>): string =>
  when.not === undefined ? title : removePhrases(title, negatedPhrases(when));
