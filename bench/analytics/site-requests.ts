import { sql } from "drizzle-orm";
import { collectEvents } from "../../lib/analytics/ingest/collect.ts";
import { parseTrackRequest } from "../../lib/analytics/ingest/parse-request.ts";
import { api } from "../../lib/app/api.ts";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import { type Db, rows } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { backgroundWork } from "../../lib/http/background.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { addSite, SHOP } from "../../test/worlds/site.ts";
import { CONTEXT } from "../../test/worlds/site-request.ts";
import { percentile, time, verdict } from "../support.ts";

const BACKLOG = 100_000;
const REQUESTS = 400;
const AT_ONCE = 4;

/** Measures requests with single events while a hundred thousand other events of the site are pending. */
export async function siteRequestsBench(): Promise<void> {
  const server = await startPostgres();
  const { db, close } = openPostgres(await createDatabase(server.url), { max: 10 });
  try {
    useConnection({ db, driver: "postgres", close });
    configure({});
    const { writeKey } = await addSite(db);
    await addBacklog(db);
    const send = (path: string, nth: number) =>
      api.POST(
        new Request(`https://taktwerk.example${path}`, {
          method: "POST",
          headers: { Authorization: `Bearer ${writeKey}`, "Content-Type": "application/json", "User-Agent": "curl/8" },
          body: JSON.stringify({
            event_type: "page_view",
            page_url: `https://shop.example/p/${nth % 50}`,
            session_id: `s-${nth % 40}`,
            occurred_at: new Date().toISOString(),
          }),
        }),
      );
    const syncDurations = await measure((nth) => send("/api/v1/track", nth));
    const asyncDurations = await measure((nth) => send("/api/v1/track/async", nth));
    await backgroundWork();
    const at = (durations: number[], share: number) => `${percentile(durations, share).toFixed(1)} ms`;
    console.log(
      `sync: median ${at(syncDurations, 0.5)}, p99 ${at(syncDurations, 0.99)}; async: median ${at(asyncDurations, 0.5)}, p99 ${at(asyncDurations, 0.99)}`,
    );
    verdict(
      `POST /track beside ${BACKLOG} pending events, ${AT_ONCE} at once, p95`,
      percentile(syncDurations, 0.95),
      { atMost: 150 },
      " ms",
    );
    verdict("POST /track/async, p95", percentile(asyncDurations, 0.95), { atMost: 50 }, " ms");
    const [{ waiting, counted } = { waiting: 0, counted: 0 }] = await rows<{ waiting: number; counted: number }>(
      db,
      sql`select (select count(*)::int from raw.pending) as waiting, (select count(*)::int from business.events) as counted`,
    );
    if (waiting !== BACKLOG) throw new Error(`expected ${BACKLOG} events to stay pending, got ${waiting}`);
    if (counted !== 2 * (REQUESTS + AT_ONCE))
      throw new Error(`expected ${2 * (REQUESTS + AT_ONCE)} counted, got ${counted}`);
  } finally {
    await close();
    await server.stop();
  }
}

async function measure(request: (nth: number) => Promise<Response>): Promise<number[]> {
  await Promise.all(Array.from({ length: AT_ONCE }, (_, nth) => request(nth))); // warms up
  const durations: number[] = [];
  let next = 0;
  const sender = async () => {
    while (next < REQUESTS) {
      next += 1;
      let status = 0;
      durations.push(
        await time(async () => {
          ({ status } = await request(next));
        }),
      );
      if (status !== 200 && status !== 202) throw new Error(`expected 200 or 202, got ${status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  return durations;
}

async function addBacklog(db: Db): Promise<void> {
  for (let from = 0; from < BACKLOG; from += 500) {
    const events = Array.from({ length: 500 }, (_, n) => ({
      event_id: `waiting-${from + n}`,
      event_type: "page_view",
      page_url: `https://shop.example/p/${n % 50}`,
      session_id: `b-${Math.floor((from + n) / 5)}`,
    }));
    await collectEvents(db, SHOP.customerId, parseTrackRequest({ events }).events, CONTEXT, new Date());
  }
  await rows(db, sql`vacuum analyze raw.pending`);
}
