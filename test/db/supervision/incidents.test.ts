import { describe, expect } from "vitest";
import { ensurePartitions, partitionDays } from "../../../lib/analytics/pipeline/partitions.ts";
import { type Db, transact } from "../../../lib/db/db.ts";
import {
  claimUnreportedIncident,
  type Incident,
  lockIncidents,
  reconcile,
  recordReport,
} from "../../../lib/supervision/incidents.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { HOUR, later, MINUTE } from "../../support/jobs/ticks-timeline.ts";

/** How incidents open and close, and who mails about them: boundaries, and several processes at once. */

const it = databaseTest();
const NOON = new Date("2026-03-02T12:00:00Z");
const LEASE_MS = 2 * MINUTE;

const wrong = (key: string, title = key) => ({ key, title, details: {} });
const look = (db: Db, at: Date, ...keys: string[]) =>
  reconcile(
    db,
    keys.map((key) => wrong(key)),
    at,
  );

async function taken(db: Db, at: Date): Promise<Incident> {
  const incident = await claimUnreportedIncident(db, at);
  if (incident === undefined) throw new Error("expected an incident to mail about, got none");
  return incident;
}

/** Takes the next incident and mails about it. @returns its key, and whether the mail says that it is over. */
async function mailNext(db: Db, at: Date): Promise<string | undefined> {
  const incident = await claimUnreportedIncident(db, at);
  if (incident === undefined) return undefined;
  await recordReport(db, incident, at, undefined);
  return `${incident.closedAt === undefined ? "alert" : "recovery"} ${incident.key}`;
}

describe("an incident", () => {
  it("opens once, is seen as long as its condition holds, and closes alone", async ({ db }) => {
    expect(await look(db, NOON, "a", "b")).toEqual({ opened: ["a", "b"], closed: [] });
    expect(await look(db, later(NOON, 1), "a", "b")).toEqual({ opened: [], closed: [] });
    expect(await look(db, later(NOON, 2), "b")).toEqual({ opened: [], closed: ["a"] });
    expect(await look(db, later(NOON, 3), "a", "b")).toEqual({ opened: ["a"], closed: [] });
    expect(await look(db, later(NOON, 4))).toEqual({
      opened: [],
      closed: expect.toSatisfy((keys) => keys.length === 2),
    });
  });

  it("opens once if two processes check at the same time", async ({ db }) => {
    const looks = await Promise.all(
      Array.from({ length: 5 }, () =>
        transact(db, async (tx) => {
          await lockIncidents(tx);
          return look(tx, NOON, "a");
        }),
      ),
    );
    expect(looks.flatMap(({ opened }) => opened)).toEqual(["a"]);
  });

  it("is looked at without keeping the first event of a day from getting its partition", async ({ db }) => {
    const now = new Date("2031-05-04T12:00Z");
    await db.transaction(async (tx) => {
      await lockIncidents(tx);
      await ensurePartitions(db, now); // on a connection of its own, while the lock is held
      expect(await partitionDays(db)).toContain("2031-05-04");
    });
  });
});

describe("the mails about incidents", () => {
  it("are sent by one process, until its lease is over to the millisecond", async ({ db }) => {
    await look(db, NOON, "a");
    const { id } = await taken(db, NOON);
    expect(await claimUnreportedIncident(db, NOON)).toBeUndefined();
    expect(await claimUnreportedIncident(db, later(NOON, LEASE_MS))).toBeUndefined();
    expect(await taken(db, later(NOON, LEASE_MS + 1))).toMatchObject({ id, key: "a" });
  });

  it("are shared by processes that take them at the same time, of which none waits", async ({ db }) => {
    await look(db, NOON, "a", "b");
    await db.transaction(async (tx) => {
      expect(await taken(tx as unknown as Db, NOON)).toMatchObject({ key: "a" });
      expect(await taken(db, NOON)).toMatchObject({ key: "b" }); // while the first has not committed
      expect(await claimUnreportedIncident(db, NOON)).toBeUndefined();
    });
  });

  it("tell of a problem and of its end, each once", async ({ db }) => {
    await look(db, NOON, "a");
    expect(await mailNext(db, NOON)).toBe("alert a");
    expect(await mailNext(db, NOON)).toBeUndefined();
    await look(db, later(NOON, 1));
    expect(await mailNext(db, later(NOON, 1))).toBe("recovery a");
    expect(await mailNext(db, later(NOON, 1))).toBeUndefined();
  });

  it("tell of no end of a problem that they did not tell of", async ({ db }) => {
    await look(db, NOON, "a");
    await look(db, later(NOON, 1));
    expect(await mailNext(db, later(NOON, 1))).toBeUndefined();
  });

  it("tell again of a problem that comes back from one hour on, and of others at once", async ({ db }) => {
    await look(db, NOON, "a");
    await mailNext(db, NOON);
    await look(db, later(NOON, 1));
    await mailNext(db, later(NOON, 1));
    await look(db, later(NOON, 2), "a", "b");
    expect(await mailNext(db, later(NOON, 2))).toBe("alert b");
    expect(await mailNext(db, later(NOON, HOUR - 1))).toBeUndefined();
    expect(await mailNext(db, later(NOON, HOUR))).toBe("alert a");
  });

  it("that failed come after those that were not tried, and at once in the next tick", async ({ db }) => {
    await look(db, NOON, "a", "b");
    await recordReport(db, await taken(db, NOON), NOON, "connection refused");
    expect(await taken(db, NOON)).toMatchObject({ key: "b" });
    expect(await taken(db, NOON)).toMatchObject({ key: "a" });
  });

  it("about one incident leave the others as they are", async ({ db }) => {
    await look(db, NOON, "a", "b");
    const a = await taken(db, NOON);
    await taken(db, NOON);
    await recordReport(db, a, NOON, undefined);
    expect(await claimUnreportedIncident(db, later(NOON, LEASE_MS))).toBeUndefined();
    expect(await taken(db, later(NOON, LEASE_MS + 1))).toMatchObject({ key: "b" });
  });
});
