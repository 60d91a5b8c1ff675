import * as z from "zod";

const count = z.int().min(0);
const rate = z.number().nullable().meta({ description: "In percent with two decimals; null if the denominator is 0." });

/** The fields of `Metrics` (counts-and-rates.ts), for responses. */
export const metricsFields = {
  totalSlots: count,
  completed: count,
  sold: count.nullable().meta({ description: "Null where an import does not state it." }),
  noShows: count,
  ghosts: count,
  cancelled: count,
  rescheduled: count,
  overhang: count,
  pending: count,
  showRate: rate,
  netShowRate: rate,
  successRate: rate,
  noShowRate: rate,
  ghostRate: rate,
  cancellationRate: rate,
  completionRate: rate,
};

/** The days whose counts a run or a reclassification changed. */
export const changedDays = {
  changes: z.array(
    z
      .object({
        date: z.iso.date(),
        changed: z.record(z.string(), z.object({ from: count.nullable(), to: count.nullable() })).meta({
          description: "The counts that differ, such as `completed`.",
        }),
      })
      .meta({ id: "ChangedDay", description: "What differs on a day that had metrics before." }),
  ),
  changesTruncated: z.boolean().meta({ description: "Whether there are more changed days than listed." }),
};
