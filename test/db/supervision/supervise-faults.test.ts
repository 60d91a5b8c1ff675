import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { redirectLog } from "../../../lib/log.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { alertSettings } from "../../support/jobs/supervise-operator.ts";
import { fireCron, firings, later, MINUTE, tick } from "../../support/jobs/ticks-timeline.ts";

const NOON = new Date("2026-03-02T12:00:30Z");
const NOTHING = { expired: [], opened: [], closed: [], told: 0, resumed: [] };

describe("a tick", () => {
  let connection: Connection;
  let db: Db;
  let faults: string[];
  let closed: boolean;
  beforeEach(async () => {
    connection = await freshPostgres();
    db = connection.db;
    configure({ ...alertSettings(9), ALERT_EMAIL: "" });
    faults = [];
    closed = false;
    redirectLog((level, line) => {
      const { event, step } = JSON.parse(line);
      if (level === "error") faults.push(`${event} ${step}`);
    });
  });
  afterEach(async () => {
    redirectLog(() => {});
    if (!closed) await connection.close();
  });

  it("on a database where nothing has ever run finds nothing wrong", async () => {
    expect(await tick(db, NOON)).toEqual(NOTHING);
    expect(await tick(db, later(NOON, MINUTE))).toEqual(NOTHING);
    expect(faults).toEqual([]);
    expect(await rows(db, sql`select from job_runs`)).toEqual([]);
  });

  it("that cannot store incidents logs it, and continues unfinished runs", async () => {
    await fireWeekly(db, "2026-03-02T00:05:00Z", { date: "2026-02-23" }, { deadline: 0 });
    await db.execute(sql`drop table incidents`);
    expect((await tick(db, NOON)).resumed).toEqual(["weekly-events 2026-03-02T00:00:00.000Z"]);
    expect(faults).toEqual(["incidents", "alerts", "incidents", "alerts"].map((step) => `supervision_failed ${step}`));
  });

  it.each(["cron_watches", "email_queue", "period_changes"])("without the table %s throws nothing", async (table) => {
    await db.execute(sql`drop table ${sql.identifier(table)}`);
    await tick(db, NOON);
    expect(faults.length).toBeGreaterThan(0);
  });

  it("without the ledger throws nothing", async () => {
    await db.execute(sql`drop table job_executions, job_runs`);
    expect(await tick(db, NOON)).toEqual(NOTHING);
    expect(faults).toContain("supervision_failed expire");
  });

  it("without a database throws nothing", async () => {
    await connection.close();
    closed = true;
    expect(await tick(db, NOON)).toEqual(NOTHING);
  });

  it("that goes wrong fails no run", async () => {
    await db.execute(sql`drop table incidents, cron_watches`);
    const [cleanup] = firings(NOON, later(NOON, 3 * MINUTE), "job-cleanup");
    expect(await fireCron(db, cleanup!)).toMatchObject({ answer: { status: 200, body: { skipped: false } } });
  });
});
