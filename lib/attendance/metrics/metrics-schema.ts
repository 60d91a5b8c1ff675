import * as z from "zod";
import { count, sentDate } from "../../http/responses/fields.ts";

const rate = (description: string) =>
  z
    .number()
    .nullable()
    .meta({ description: `${description} In percent with two decimals; null if the denominator is 0.` });

const counts = {
  totalSlots: count.meta({ description: "All appointments that count." }),
  completed: count.meta({ description: "The customer came." }),
  sold: count
    .nullable()
    .meta({ description: "Of `completed`, those with a sale. Null where an import does not state it." }),
  noShows: count,
  ghosts: count,
  cancelled: count,
  rescheduled: count,
  overhang: count,
  pending: count.meta({ description: "Not over yet." }),
};

/** The fields of `Metrics` (counts-and-rates.ts), for responses. */
export const metricsFields = {
  ...counts,
  showRate: rate("`completed` of `totalSlots`."),
  netShowRate: rate("`completed` of those that were not cancelled or rescheduled and are not pending."),
  successRate: rate("`sold` of `completed`."),
  noShowRate: rate("`noShows` and `ghosts` of `totalSlots`."),
  ghostRate: rate("`ghosts` of `totalSlots`."),
  cancellationRate: rate("`cancelled` of `totalSlots`."),
  completionRate: rate("`completed` of `totalSlots`."),
};

const change = z
  .object({ from: count.nullable(), to: count.nullable() })
  .meta({ id: "CountChange", description: "A count before and after." })
  .optional();
const changedCounts = Object.fromEntries(Object.keys(counts).map((name) => [name, change])) as Record<
  keyof typeof counts,
  typeof change
>;

/** The days whose counts a run or a reclassification changed. */
export const changedDays = {
  changes: z.array(
    z
      .object({
        date: sentDate,
        changed: z
          .object(changedCounts)
          .meta({ description: "The counts that differ.", examples: [{ completed: { from: 12, to: 11 } }] }),
      })
      .meta({ id: "ChangedDay", description: "What differs on a day that had metrics before." }),
  ),
  changesTruncated: z.boolean().meta({ description: "Whether there are more changed days than listed." }),
};
