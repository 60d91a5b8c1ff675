import * as z from "zod";
import { line } from "../../http/fields.ts";
import { issueDetail } from "../../http/parse.ts";
import { OUTCOMES, type Outcome } from "../classification/rules.ts";

/** An appointment of `daily_outcomes.json`. */
export interface ImportedOutcome {
  date: string;
  /** Minutes since local midnight. */
  minute: number;
  customer: string;
  outcome: Outcome;
  colorId: string | null;
  potential: string | null;
  consultant: string | null;
  description: string;
}

const outcomes = z.array(
  z.object({
    customer: line(1_000),
    time: z.string({ error: "a time HH:MM" }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "a time HH:MM" }),
    outcome: z.enum(OUTCOMES, { error: `one of ${OUTCOMES.join(", ")}` }),
    color_id: line(20).nullish(),
    potential_type: line(100).nullish(),
    consultant: line(100).nullish(),
    user: line(100).nullish(),
    description: z.string().nullish(),
  }),
  { error: "a list of outcomes" },
);

/** Parses the appointments of a date. Pure. @returns a sentence about the first error if there is one. */
export function parseOutcomesDay(date: string, value: unknown): ImportedOutcome[] | string {
  const parsed = outcomes.safeParse(value);
  if (!parsed.success) {
    const { field, expected, got } = issueDetail(parsed.error, value);
    return `${field}: expected ${expected}, got ${got}`;
  }
  return parsed.data.map((appointment) => {
    const [hours = 0, minutes = 0] = appointment.time.split(":").map(Number);
    return {
      date,
      minute: 60 * hours + minutes,
      customer: appointment.customer,
      outcome: appointment.outcome,
      colorId: appointment.color_id ?? null,
      potential: appointment.potential_type ?? null,
      consultant: appointment.consultant ?? appointment.user ?? null,
      description: appointment.description ?? "",
    };
  });
}
