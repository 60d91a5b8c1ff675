import type { AppointmentData, Classification } from "../appointment.ts";
import { resolveConsultant } from "./consultant.ts";
import { parseCustomer } from "./customer.ts";
import { decideOutcome } from "./decide-outcome.ts";
import { potentialByColour, RULES_VERSION } from "./rules.ts";

/**
 * Decides an appointment's outcome, potential type, consultant and customer as of an instant. Pure. See docs/domain.md,
 * section 7.
 * @param consultants Names by address in lower case.
 */
export function classifyAppointment(
  data: AppointmentData,
  consultants: Readonly<Record<string, string>>,
  now: Date,
): Classification {
  const decision = decideOutcome(data, now);
  const customer = decision.outcome === "placeholder" ? undefined : parseCustomer(data.title);
  return {
    ...decision,
    ruleVersion: RULES_VERSION,
    potential: potentialByColour(data.colorId),
    consultant: resolveConsultant(data.organizer, data.bookedBy, consultants),
    customerKey: customer?.key ?? null,
    customerName: customer?.name ?? null,
  };
}
