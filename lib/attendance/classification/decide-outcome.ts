import { negatedPhrases, type Outcome, RULES, type Rule, type RuleCondition } from "./rules.ts";
import { containsPhrase, hasMarker, normaliseTitle, removePhrases } from "./title.ts";

/** What of an appointment its outcome is judged by. */
export interface OutcomeInput {
  title: string;
  colorId: string | null;
  /** Google's event status and type. */
  status: string;
  eventType: string;
  allDay: boolean;
  endsAt: Date;
}

export interface OutcomeDecision {
  outcome: Outcome;
  sold: boolean;
  confidence: "high" | "low";
  /** For a person: what decided. */
  reason: string;
}

/**
 * Judges an appointment by the rules (domain, section 7). What it will have been is known only when it is over: until
 * then it is pending, unless it has been cancelled or moved away. Pure.
 */
export function decideOutcome(evidence: OutcomeInput, now: Date): OutcomeDecision {
  const title = normaliseTitle(evidence.title);
  for (const rule of RULES) {
    const reason = reasonFor(rule.when, evidence, title);
    if (reason !== undefined) return inTime(verdict(rule, reason), evidence.endsAt, now);
  }
  throw new RangeError("expected a last rule that always holds");
}

const verdict = ({ outcome, sold, confidence }: Rule, reason: string): OutcomeDecision => ({
  outcome,
  sold: sold ?? false,
  confidence: confidence ?? "high",
  reason,
});

const SETTLED_BEFORE: ReadonlySet<Outcome> = new Set(["placeholder", "cancelled", "rescheduled"]);

function inTime(judged: OutcomeDecision, endsAt: Date, now: Date): OutcomeDecision {
  if (endsAt <= now || SETTLED_BEFORE.has(judged.outcome)) return judged;
  return {
    ...judged,
    outcome: "pending",
    sold: false,
    reason: `not over yet; so far ${judged.outcome}: ${judged.reason}`,
  };
}

const withoutDenials = (title: string, when: Extract<RuleCondition, { words: unknown }>): string =>
  when.not === undefined ? title : removePhrases(title, negatedPhrases(when));

/** Why a condition holds, in words; undefined where it does not. */
function reasonFor(when: RuleCondition, evidence: OutcomeInput, title: string): string | undefined {
  const { status, allDay, eventType, colorId } = evidence;
  if ("allDay" in when) return allDay ? "an all-day event" : undefined;
  if ("eventTypes" in when) return when.eventTypes.includes(eventType) ? `an event of type ${eventType}` : undefined;
  if ("digitsOnly" in when) return /^\d+$/.test(title) ? "a title of digits only" : undefined;
  if ("status" in when) return status === when.status ? `the event's status is ${status}` : undefined;
  if ("marker" in when) return hasMarker(title, when.marker) ? `"${when.marker}" marks the title` : undefined;
  if ("words" in when) {
    const found = when.words.find(
      (words) => containsPhrase(title, words) && containsPhrase(withoutDenials(title, when), words),
    );
    return found && `"${found}" in the title`;
  }
  if ("colours" in when) return when.colours.includes(colorId ?? "") ? `colour ${colorId}` : undefined;
  return colorId === null
    ? "no colour, and nothing in the title"
    : `colour ${colorId} means nothing, nor does the title`;
}
