import type { AppointmentData } from "../google/calendar-event.ts";
import { resolveConsultant } from "./consultant.ts";
import { parseCustomer } from "./customer.ts";
import { decideOutcome } from "./decide-outcome.ts";
import { type Outcome, potentialByColour, RULES_VERSION } from "./rules.ts";

/** What is judged of an appointment; a function of what the calendar has, the settings and the time. */
export interface Classification {
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

export type Appointment = AppointmentData & Classification;

/** Judges an appointment as of an instant. Pure. @param consultants Names by address in lower case. */
export function classifyAppointment(
  facts: AppointmentData,
  consultants: Readonly<Record<string, string>>,
  now: Date,
): Classification {
  const verdict = decideOutcome(facts, now);
  const customer = verdict.outcome === "placeholder" ? undefined : parseCustomer(facts.title);
  return {
    ...verdict,
    ruleVersion: RULES_VERSION,
    potential: potentialByColour(facts.colorId),
    consultant: resolveConsultant(facts.organizer, facts.bookedBy, consultants),
    customerKey: customer?.key ?? null,
    customerName: customer?.name ?? null,
  };
}
