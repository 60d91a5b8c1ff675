import * as z from "zod";
import { config } from "../../config/config.ts";
import { type Db, transact } from "../../db/db.ts";
import { staff } from "../../http/access.ts";
import { calendarDate, flag } from "../../http/fields.ts";
import { operation, Reply } from "../../http/operation.ts";
import { sentDate } from "../../http/responses/fields.ts";
import { functionDeadline } from "../../jobs/invocation.ts";
import { currentMs } from "../../time/clock.ts";
import { wallClock } from "../../time/wall-clock.ts";
import { listChanges } from "../google/sync-report.ts";
import { type DayChange, mergeChange } from "../metrics/daily-metrics.ts";
import { changedDays } from "../metrics/metrics-schema.ts";
import { type ClassificationSettings, type ReclassifiedBatch, reclassifyBatch } from "./reclassify.ts";
import { RULES_VERSION } from "./rules.ts";

const reclassificationRequest = z
  .strictObject({
    dryRun: flag.meta({ description: "Returns what would change, without changing anything." }),
    after: calendarDate
      .nullable()
      .default(null)
      .meta({ description: "Starts after this local date; null starts with the first day." }),
  })
  .default({ dryRun: false, after: null })
  .meta({ id: "ReclassificationRequest", description: "Whether only to report, and after which day to continue." });

const reclassification = z
  .object({
    dryRun: z.boolean(),
    ruleVersion: z.int().meta({ description: "The version of the rules that decided." }),
    complete: z.boolean().meta({ description: "Whether all appointments were classified." }),
    judged: z.int().meta({ description: "The appointments that were classified." }),
    changed: z.int().meta({ description: "Those in which something differs: the outcome, the consultant, the day, …" }),
    transitions: z.record(z.string(), z.int()).meta({
      description: "How many appointments went from one outcome to another.",
      examples: [{ "completed -> no_show": 3 }],
    }),
    ...changedDays,
    after: sentDate
      .nullable()
      .meta({ description: "If the time was not enough: the last day that was done, or null if none was." }),
  })
  .meta({ id: "Reclassification", description: "What has changed, or in a dry run would change." });

export const reclassifyAppointments = operation({
  id: "reclassifyAppointments",
  method: "POST",
  path: "/api/tracking/reclassify",
  access: staff,
  summary:
    "Classifies all stored appointments again by today's rules, consultants and time zone, without reading a calendar.",
  description: "Imported appointments, and those without a title, stay as they are.",
  example: { dryRun: true },
  body: reclassificationRequest,
  responses: {
    200: { description: "All appointments were classified.", schema: reclassification },
    202: {
      description: "The time was not enough. Repeat the call with the `after` of this response.",
      schema: reclassification,
    },
  },
  handle: async ({ db, body: { dryRun, after }, now }) => {
    const { consultants, zone } = config().tracking;
    const deadline = functionDeadline(now);
    const settings = { consultants, clock: wallClock(zone) };
    const totals = await reclassifyAll(db, settings, after, dryRun, () => currentMs() < deadline);
    const { judged, changed, transitions, days, upTo = null } = totals;
    const complete = totals.upTo === undefined;
    const counts = { judged, changed, transitions, ...listChanges(days) };
    const answer = { dryRun, ruleVersion: RULES_VERSION, complete, ...counts, after: upTo };
    return complete ? answer : new Reply(202, answer);
  },
});

interface ReclassifyTotals extends Omit<ReclassifiedBatch, "days" | "upTo"> {
  /** The last day of the newest batch: `after` of the request before the first one, undefined after the last one. */
  upTo: string | null | undefined;
  days: Map<string, DayChange>;
}

class RollBack extends Error {}

/** Works in batches, each in its own transaction. A dry run uses one transaction for all batches and rolls it back. */
async function reclassifyAll(
  db: Db,
  settings: ClassificationSettings,
  after: string | null,
  dryRun: boolean,
  hasTime: () => boolean,
): Promise<ReclassifyTotals> {
  const totals: ReclassifyTotals = { judged: 0, changed: 0, transitions: {}, days: new Map(), upTo: after };
  const runBatches = async (runBatch: (upTo: string | null) => Promise<ReclassifiedBatch>) => {
    while (totals.upTo !== undefined && hasTime()) addBatch(totals, await runBatch(totals.upTo));
  };
  if (!dryRun) {
    await runBatches((upTo) => transact(db, (tx) => reclassifyBatch(tx, settings, upTo, false)));
    return totals;
  }
  const rolledBack = db.transaction(async (tx) => {
    await runBatches((upTo) => reclassifyBatch(tx, settings, upTo, false));
    throw new RollBack();
  });
  await rolledBack.catch((error: unknown) => {
    if (!(error instanceof RollBack)) throw error;
  });
  return totals;
}

function addBatch(totals: ReclassifyTotals, { judged, changed, transitions, days, upTo }: ReclassifiedBatch): void {
  totals.judged += judged;
  totals.changed += changed;
  totals.upTo = upTo;
  for (const [transition, count] of Object.entries(transitions)) {
    totals.transitions[transition] = (totals.transitions[transition] ?? 0) + count;
  }
  for (const day of days) mergeChange(totals.days, day);
}
