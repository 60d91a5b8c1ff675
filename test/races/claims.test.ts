import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import { type Db, rows } from "../../lib/db/db.ts";
import { backgroundWork } from "../../lib/http/background.ts";
import { cronRequest } from "../../lib/jobs/endpoint/trigger.ts";
import { emailQueue } from "../../lib/mail/schema.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { GET } from "../support/http/api.ts";
import { addUsers, addWorkouts } from "../worlds/club.ts";
import { SETTINGS } from "../worlds/club-settings.ts";

const SECRET = "a-cron-secret-of-tests";
const ROUNDS = 50;
const DELIVERIES = 100;

describe("simultaneous deliveries of one firing", () => {
  let db: Db;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const connection = await freshPostgres({ max: 20 });
    ({ db, close } = connection);
    useConnection(connection);
    configure({ ...SETTINGS, CRON_SECRET: SECRET });
    await addUsers(db, "ada", "bob");
    await addWorkouts(db, { userId: "ada", at: new Date(Date.now() - 7 * 86_400_000).toISOString() });
  });
  afterAll(() => close());

  it(`make one run out of ${DELIVERIES}, in each of ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await db.execute(sql`truncate job_executions, job_runs, email_queue`);
      const deliveries = Array.from({ length: DELIVERIES }, () =>
        GET(cronRequest("https://taktwerk.example/api/events/weekly", SECRET, "5 0,6,12 * * 1")),
      );
      const responses = await Promise.all(deliveries);
      const bodies = await Promise.all(responses.map((response) => response.json() as Promise<{ skipped: boolean }>));
      expect(responses.map(({ status }) => status)).toEqual(Array(DELIVERIES).fill(200));
      expect(bodies.filter(({ skipped }) => skipped)).toHaveLength(DELIVERIES - 1);
      expect(await db.$count(emailQueue)).toBe(2);
      const runs = await rows(db, sql`select distinct status, attempt from job_runs`);
      expect(runs).toEqual([{ status: "completed", attempt: 1 }]);
      await backgroundWork(); // the ticks
    }
  });
});
