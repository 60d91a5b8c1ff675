import * as z from "zod";
import { config } from "../../config/config.ts";
import { type Db, transact } from "../../db/db.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarDate, flag } from "../../http/fields.ts";
import { functionDeadline } from "../../jobs/invocation.ts";
import { currentMs } from "../../time/clock.ts";
import { wallClock } from "../../time/wall-clock.ts";
import { diffDay } from "../google/sync-report.ts";
import { type DayChange, mergeChange } from "../metrics/daily-metrics.ts";
import { type ClassificationSettings, type ReclassifiedBatch, reclassifyBatch } from "./reclassify.ts";
import { RULES_VERSION } from "./rules.ts";

const LISTED = 400;

/**
 * `POST /api/tracking/reclassify {dryRun?, after?}`: judges all stored appointments again by the rules, consultants and zone
 * of now, without fetching any. 202 with the day `after` which to go on where the time did not suffice.
 */
export const reclassifyRoute = defineRoute({
  POST: method({
    summary: "Judges all stored appointments again by the rules of now, without reading a calendar.",
    example: { dryRun: true },
    answers: { 202: "The time did not suffice: go on `after` the day that it names." },
    body: z
      .strictObject({ dryRun: flag, after: calendarDate.nullable().default(null) })
      .default({ dryRun: false, after: null }),
    handle: async ({ db, body: { dryRun, after }, now }) => {
      const { consultants, zone } = config().tracking;
      const deadline = functionDeadline(now);
      const done = await reclassifyAll(
        db,
        { consultants, clock: wallClock(zone) },
        after,
        dryRun,
        () => currentMs() < deadline,
      );
      const { judged, changed, transitions, upTo } = done;
      const days = [...done.days.values()].flatMap(diffDay).sort((a, b) => (a.date < b.date ? -1 : 1));
      return Response.json(
        {
          status: upTo === undefined ? "ok" : "partial",
          dryRun,
          ruleVersion: RULES_VERSION,
          judged,
          changed,
          transitions,
          changes: days.slice(0, LISTED),
          changesTruncated: days.length > LISTED,
          ...(upTo !== undefined && { after: upTo }),
        },
        { status: upTo === undefined ? 200 : 202, headers: { "Cache-Control": "no-store" } },
      );
    },
  }),
});

interface ReclassifyTotals extends Omit<ReclassifiedBatch, "days" | "upTo"> {
  /** As of one batch; null before the first. */
  upTo: string | null | undefined;
  days: Map<string, DayChange>;
}

class RollBack extends Error {}

/** Batch by batch, each in a transaction of its own; a dry run in one that is taken back. */
async function reclassifyAll(
  db: Db,
  bench: ClassificationSettings,
  after: string | null,
  dryRun: boolean,
  inTime: () => boolean,
): Promise<ReclassifyTotals> {
  const all: ReclassifyTotals = { judged: 0, changed: 0, transitions: {}, days: new Map(), upTo: after };
  const batches = async (batch: (upTo: string | null) => Promise<ReclassifiedBatch>) => {
    while (all.upTo !== undefined && inTime()) add(all, await batch(all.upTo));
  };
  if (!dryRun) {
    await batches((upTo) => transact(db, (tx) => reclassifyBatch(tx, bench, upTo, false)));
    return all;
  }
  const takenBack = db.transaction(async (tx) => {
    await batches((upTo) => reclassifyBatch(tx, bench, upTo, false));
    throw new RollBack();
  });
  await takenBack.catch((error: unknown) => {
    if (!(error instanceof RollBack)) throw error;
  });
  return all;
}

function add(all: ReclassifyTotals, { judged, changed, transitions, days, upTo }: ReclassifiedBatch): void {
  all.judged += judged;
  all.changed += changed;
  all.upTo = upTo;
  for (const [transition, count] of Object.entries(transitions)) {
    all.transitions[transition] = (all.transitions[transition] ?? 0) + count;
  }
  for (const day of days) mergeChange(all.days, day);
}
