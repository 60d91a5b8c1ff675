import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { exportData } from "../../../lib/app/privacy.ts";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, row } from "../../../lib/db/db.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { addDays } from "../../../lib/time/dates.ts";
import { setClock } from "../../support/clock.ts";
import { createDatabase } from "../../support/database/databases.ts";
import { GET } from "../../support/http/api.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { ADA, addClub, NOW, PERSON } from "../../worlds/person-world.ts";

/** Results do not depend on the time zone of the database's sessions. */

async function openInZone(zone: string): Promise<Connection> {
  const url = await createDatabase();
  const admin = openPostgres(url);
  const { name } = await row<{ name: string }>(admin.db, sql`select current_database() as name`);
  await admin.db.execute(sql.raw(`alter database ${name} set timezone = '${zone}'`));
  await admin.close();
  return openPostgres(url);
}

describe.each(["Europe/Berlin", "Africa/Cairo", "Asia/Kathmandu"])("in a database whose sessions are in %s", (zone) => {
  let db: Db;
  beforeAll(async () => {
    const connection = await openInZone(zone);
    db = connection.db;
    useConnection(connection);
    await addClub(db);
  });
  afterAll(closeDatabase);
  beforeEach(() => void configure({ ...SETTINGS, TRACKING_TIMEZONE: "UTC" }));

  it("the sessions have that zone", async () => {
    expect(await row(db, sql`select current_setting('TimeZone') as zone`)).toEqual({ zone });
  });

  it("exports are in UTC", async () => {
    const pieces: string[] = [];
    for await (const piece of exportData(db, PERSON, NOW)) pieces.push(piece);
    const { profile, workouts } = JSON.parse(pieces.join(""));
    expect(profile).toMatchObject([{ id: ADA.id }]);
    expect(workouts).toMatchObject([
      { start_time: "2026-02-03T10:00:00+00:00" },
      { start_time: "2026-02-25T10:00:00+00:00" },
    ]);
    expect(await row(db, sql`select current_setting('TimeZone') as zone`)).toEqual({ zone });
  });

  // In Cairo the clocks skip midnight on 2026-04-24, so that its days, counted from midnight, would end an hour later.
  it("the days of the slots are complete in zones whose clocks change at midnight", async () => {
    setClock("2026-04-20T12:00:00Z");
    const { body } = await call<{ items: { date: string }[] }>(GET, "/api/admin/slots/calendar?days=10");
    expect(body.items.map(({ date }) => date)).toEqual(Array.from({ length: 10 }, (_, n) => addDays("2026-04-20", n)));
  });

  it("the unread days of the attendance are complete in zones whose clocks change at midnight", async () => {
    setClock("2026-05-20T12:00:00Z");
    const path = "/api/tracking/metrics?from=2026-04-20&to=2026-04-29";
    const { body } = await call<{ days: { unread: string[] } }>(GET, path);
    expect(body.days.unread).toEqual(Array.from({ length: 10 }, (_, n) => addDays("2026-04-20", n)));
  });
});
