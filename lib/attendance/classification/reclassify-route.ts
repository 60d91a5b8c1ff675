import * as z from "zod";
import { config } from "../../config/config.ts";
import { type Db, transact } from "../../db/db.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarDate, flag } from "../../http/fields.ts";
import { functionDeadline } from "../../jobs/invocation.ts";
import { currentMs } from "../../time/clock.ts";
import { wallClock } from "../../time/wall-clock.ts";
import { listChanges } from "../google/sync-report.ts";
import { type DayChange, mergeChange } from "../metrics/daily-metrics.ts";
import { type ClassificationSettings, type ReclassifiedBatch, reclassifyBatch } from "./reclassify.ts";
import { RULES_VERSION } from "./rules.ts";

/**
 * `POST /api/tracking/reclassify {dryRun?, after?}`: classifies all stored appointments again by today's rules, consultants
 * and time zone, without reading a calendar. If the time is not enough, answers 202 with the last finished day as `after`.
 */
export const reclassifyRoute = defineRoute({
  POST: method({
    summary: "Classifies all stored appointments again by today's rules, without reading a calendar.",
    example: { dryRun: true },
    responses: { 202: "The time was not enough. Repeat the call with the `after` of this response." },
    body: z
      .strictObject({ dryRun: flag, after: calendarDate.nullable().default(null) })
      .default({ dryRun: false, after: null }),
    handle: async ({ db, body: { dryRun, after }, now }) => {
      const { consultants, zone } = config().tracking;
      const deadline = functionDeadline(now);
      const totals = await reclassifyAll(
        db,
        { consultants, clock: wallClock(zone) },
        after,
        dryRun,
        () => currentMs() < deadline,
      );
      const { judged, changed, transitions, upTo } = totals;
      return Response.json(
        {
          status: upTo === undefined ? "ok" : "partial",
          dryRun,
          ruleVersion: RULES_VERSION,
          judged,
          changed,
          transitions,
          ...listChanges(totals.days),
          ...(upTo !== undefined && { after: upTo }),
        },
        { status: upTo === undefined ? 200 : 202, headers: { "Cache-Control": "no-store" } },
      );
    },
  }),
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
