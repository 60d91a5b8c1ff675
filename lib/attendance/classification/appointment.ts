import type { Facts } from "../google/calendar-event.ts";
import { classify } from "./classify.ts";
import { consultantOf } from "./consultant.ts";
import { customerIn } from "./customer.ts";
import { type Outcome, potentialOf, RULES_VERSION } from "./rules.ts";

/** What is judged of an appointment; a function of what the calendar has, the settings and the time. */
export interface Judgement {
  outcome: Outcome;
  sold: boolean;
  confidence: "high" | "low";
  reason: string;
  ruleVersion: number;
  potential: string;
  consultant: string;
  customerKey: string | null;
  customerName: string | null;
}

export type Appointment = Facts & Judgement;

/** Judges an appointment as of an instant. Pure. @param consultants Names by address in lower case. */
export function judge(facts: Facts, consultants: Readonly<Record<string, string>>, now: Date): Judgement {
  const verdict = classify(facts, now);
  const customer = verdict.outcome === "placeholder" ? undefined : customerIn(facts.title);
  return {
    ...verdict,
    ruleVersion: RULES_VERSION,
    potential: potentialOf(facts.colorId),
    consultant: consultantOf(facts.organizer, facts.bookedBy, consultants),
    customerKey: customer?.key ?? null,
    customerName: customer?.name ?? null,
  };
}
