import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { type Db, rows } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { redirectLog } from "../../lib/log.ts";
import { type Relay, tcpRelay, through } from "../fakes/tcp-relay.ts";
import { createDatabase } from "../support/database/databases.ts";
import { alertSettings, incidentsOf, operator } from "../support/jobs/supervise-operator.ts";
import { HOUR, later, MINUTE, tick } from "../support/jobs/ticks-timeline.ts";

/** Ticks while the database is away, and when it is back: what is said of it, and how often. */

const NOON = new Date("2026-03-02T12:00:30Z");
const ALERT = "[Sportify Alert] The database cannot be reached";
const RECOVERY = "[Sportify Alert] Resolved: The database cannot be reached";

describe("a database that is away", () => {
  let url: string;
  let relay: Relay;
  let db: Db;
  beforeEach(async () => {
    redirectLog(() => {});
    url = await createDatabase();
    relay = await tcpRelay(url);
    db = instance();
  });
  afterEach(() => relay.close());

  /** What one process knows of it. */
  function instance(): Db {
    const { db: own, close } = openPostgres(through(relay, url));
    onTestFinished(close);
    return own;
  }
  const goes = async () => {
    relay.cut();
    await relay.shut();
  };

  it("is alerted once, from memory, and its end once, by the tick that continues the work", async () => {
    const { subjects } = await operator();
    expect(await tick(db, NOON)).toMatchObject({ outage: "unreachable" });
    await tick(db, later(NOON, 15 * MINUTE));
    await tick(db, later(NOON, 2 * HOUR));
    expect(await subjects()).toEqual([ALERT]);
    await relay.open();
    expect(await tick(db, later(NOON, 3 * HOUR))).toMatchObject({ told: 1 });
    await tick(db, later(NOON, 4 * HOUR));
    expect(await subjects("The database")).toEqual([ALERT, RECOVERY]);
    expect(await incidentsOf(db)).toContainEqual(
      expect.objectContaining({ key: "database:unavailable", closed: true }),
    );
  });

  it("is alerted by each process that meets it, and its end by one of them", async () => {
    const { subjects } = await operator();
    const other = instance();
    await tick(db, NOON);
    await tick(other, later(NOON, MINUTE));
    expect(await subjects()).toEqual([ALERT, ALERT]);
    await relay.open();
    await tick(db, later(NOON, 15 * MINUTE));
    await tick(other, later(NOON, 16 * MINUTE));
    expect(await subjects()).toEqual([ALERT, ALERT, RECOVERY]);
  });

  it("that comes and goes is alerted once an hour", async () => {
    const { subjects } = await operator();
    await tick(db, NOON);
    await relay.open();
    await tick(db, later(NOON, 5 * MINUTE));
    await goes();
    await tick(db, later(NOON, 10 * MINUTE));
    await relay.open();
    await tick(db, later(NOON, 15 * MINUTE));
    expect(await subjects()).toEqual([ALERT, RECOVERY]);
    await goes();
    await tick(db, later(NOON, 70 * MINUTE));
    expect(await subjects()).toEqual([ALERT, RECOVERY, ALERT]);
  });

  it("is alerted when the mail server is back, or together with its end if it never came back", async () => {
    configure(alertSettings(1));
    await tick(db, NOON);
    const { subjects } = await operator();
    await tick(db, later(NOON, 15 * MINUTE));
    expect(await subjects()).toEqual([ALERT]);
    const other = instance();
    configure(alertSettings(1));
    await tick(other, later(NOON, 30 * MINUTE));
    const again = await operator();
    await relay.open();
    await tick(other, later(NOON, 45 * MINUTE));
    expect(await again.subjects()).toEqual([RECOVERY]);
  });

  it("that is read-only is alerted too, and ends when it accepts writes", async () => {
    const { subjects } = await operator();
    await relay.open();
    const admin = openPostgres(`${inject("postgresUrl")}/postgres`);
    onTestFinished(() => admin.close());
    const name = sql.identifier(new URL(url).pathname.slice(1));
    await rows(admin.db, sql`alter database ${name} set default_transaction_read_only = on`);
    expect(await tick(db, NOON)).toMatchObject({ outage: "read-only" });
    await rows(admin.db, sql`alter database ${name} reset default_transaction_read_only`);
    relay.cut(); // connections keep the setting that they began with
    await expect.poll(() => tick(db, later(NOON, MINUTE)).then(({ outage }) => outage)).toBeUndefined();
    expect(await subjects()).toEqual([
      "[Sportify Alert] The database is read-only",
      "[Sportify Alert] Resolved: The database is read-only",
    ]);
  });
});
