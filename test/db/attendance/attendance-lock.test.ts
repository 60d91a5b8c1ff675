import { beforeEach, describe, expect } from "vitest";
import type { AppointmentData } from "../../../lib/attendance/appointment.ts";
import { lockAttendance, writeAppointments } from "../../../lib/attendance/appointment-store.ts";
import { reclassifyBatch } from "../../../lib/attendance/classification/reclassify.ts";
import { RULES_VERSION } from "../../../lib/attendance/classification/rules.ts";
import { syncRange, type TrackingRun } from "../../../lib/attendance/google/sync-range.ts";
import { NO_COUNTS } from "../../../lib/attendance/google/sync-state.ts";
import { importFile } from "../../../lib/attendance/import/import-file.ts";
import { parseImportFile } from "../../../lib/attendance/import/parse-file.ts";
import { computeDays, recomputeDays } from "../../../lib/attendance/metrics/daily-metrics.ts";
import { eraseFromAttendance } from "../../../lib/attendance/personal-data.ts";
import { dailyMetrics } from "../../../lib/attendance/schema.ts";
import { type Db, transact } from "../../../lib/db/db.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { meet } from "../../support/database/lock-waits.ts";
import {
  AFTERWARDS,
  appointment,
  BERLIN,
  CONSULTANTS,
  closeDays,
  inLockedTransaction,
  writePage,
} from "../../worlds/attendance.ts";
import { event } from "../../worlds/google-events.ts";
import { importedOutcome } from "../../worlds/import-files.ts";

/** Two transactions write the same day: the second waits, and its metrics count what the first has written. */

const it = databaseTest();

const DAY = "2026-02-09";
const LATER = new Date(AFTERWARDS.getTime() + 3_600_000);
const SETTINGS = { consultants: CONSULTANTS, clock: BERLIN };
const anna = { userId: undefined, addresses: ["anna@club.example"], names: ["Anna Vogel"] };

/** A run that syncs one calendar with one event. @param beforeStep Is awaited before each step, counted from 0. */
function syncingRun(db: Db, beforeStep: (step: number) => Promise<void> = async () => {}): TrackingRun {
  let step = 0;
  const context = {
    db,
    lasting: db,
    concurrent: true,
    now: LATER,
    time: () => LATER,
    timeLeft: () => 600_000,
    wait: async () => {},
    zone: "Europe/Berlin",
    signal: new AbortController().signal,
    log: () => {},
    step: () => {},
    state: undefined,
    checkpoint: async <T>(work: (tx: Db) => Promise<T>) => {
      await beforeStep(step++);
      return transact(db, work);
    },
    beside: <T>(work: (tx: Db) => Promise<T>) => transact(db, work),
  };
  const page = { accessRole: "reader", events: [event({ id: "synced", colorId: "11" })], nextPageToken: undefined };
  const google = { signIn: async () => {}, signOut: () => {}, list: async () => page };
  const pauseRun = () => Promise.reject(new Error("expected no pause"));
  const days = { first: DAY, last: DAY, next: DAY, done: 0, total: 1 };
  return {
    context,
    reader: { context, google, email: "robot@project.example", pauseRun, requests: 0 },
    calendarIds: ["second@club.example"],
    ...SETTINGS,
    zone: "Europe/Berlin",
    state: { ...days, all: true, judgedUpTo: null, counts: NO_COUNTS },
    changes: new Map(),
  };
}

/** Writes another appointment of the day, as a page of a sync does. */
async function writeAnother(tx: Db, over: Partial<AppointmentData> = {}): Promise<void> {
  await lockAttendance(tx);
  await writeAppointments(tx, [appointment({ eventId: "another", ...over })], AFTERWARDS);
  await recomputeDays(tx, [DAY]);
}

/** The stored counts of the day, after checking that they follow from the stored appointments. */
async function readDay(db: Db) {
  expect(await inLockedTransaction(db, (tx) => recomputeDays(tx, [DAY]))).toEqual([]);
  const [day] = await db.select().from(dailyMetrics);
  return day;
}

describe("while another transaction writes the same day", () => {
  beforeEach<{ db: Db }>(async ({ db }) => {
    await writePage(db, [appointment({ eventId: "stored", ruleVersion: RULES_VERSION + 1, outcome: "ghost" })]);
    await closeDays(db, [DAY]);
  });

  it("a page of a sync waits, and counts what the other wrote", async ({ db }) => {
    const { waitedFor } = await meet(
      db,
      (tx) => writeAnother(tx),
      () => syncRange(syncingRun(db), { first: DAY, last: DAY }),
    );
    expect(waitedFor).toBe("advisory");
    expect(await readDay(db)).toMatchObject({ totalSlots: 3, noShows: 1, completed: 1, ghosts: 1 });
  });

  it("the end of a sync waits, and counts what the other wrote", async ({ db }) => {
    let atLastStep = () => {};
    const lastStep = new Promise<void>((resolve) => {
      atLastStep = resolve;
    });
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const run = syncingRun(db, async (step) => {
      if (step === 0) return;
      atLastStep();
      await gate;
    });
    const syncing = syncRange(run, { first: DAY, last: DAY });
    await lastStep;
    const { waitedFor } = await meet(
      db,
      (tx) => writeAnother(tx),
      () => {
        goOn();
        return syncing;
      },
    );
    expect(waitedFor).toBe("advisory");
    expect(await readDay(db)).toMatchObject({ totalSlots: 3, noShows: 1, completed: 1, ghosts: 1 });
  });

  it("reclassifying waits, and counts what the other wrote", async ({ db }) => {
    const { waitedFor, result } = await meet(
      db,
      (tx) => writeAnother(tx),
      () => transact(db, (tx) => reclassifyBatch(tx, SETTINGS, null, true)),
    );
    expect([waitedFor, result.changed]).toEqual(["advisory", 1]);
    expect(await readDay(db)).toMatchObject({ totalSlots: 2, completed: 2, ghosts: 0 });
  });

  it("an erasure waits, and moves the other's appointment too", async ({ db }) => {
    const { waitedFor } = await meet(
      db,
      (tx) => writeAnother(tx),
      () => transact(db, (tx) => eraseFromAttendance(tx, anna)),
    );
    expect(waitedFor).toBe("advisory");
    const day = await readDay(db);
    expect(day?.byUser).toEqual({ Unknown: expect.objectContaining({ total_slots: 2 }) });
  });

  it("an import waits, and keeps the day that the other has read from a calendar", async ({ db }) => {
    const date = "2025-09-16";
    const file = parseImportFile({ [date]: [importedOutcome()] }, DAY);
    if (file === undefined) throw new Error("expected a file of outcomes");
    const startsAt = new Date(`${date}T09:00:00Z`);
    const { waitedFor, result } = await meet(
      db,
      async (tx) => {
        await writeAnother(tx, { startsAt, localDate: date });
        await computeDays(tx, [{ date, over: true }], "calendar", AFTERWARDS);
      },
      () => importFile(db, file, BERLIN, LATER),
    );
    expect([waitedFor, result]).toEqual(["advisory", { imported: 0, kept: [date] }]);
  });
});
