import { api } from "../../lib/app/api.ts";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { addSite } from "../../test/worlds/site.ts";
import { percentile, time, verdict } from "../support.ts";
import { fillSite, SITE_DAYS } from "./site-data.ts";

const EVENTS = 10_000_000;
const REQUESTS = 60;

/** Measures the dashboard of a site with ten million events in 90 days: over all of them, and over the last 30 days. */
export async function siteDashboardBench(events = EVENTS): Promise<void> {
  const server = await startPostgres(["fsync=off", "max_wal_size=8GB"]);
  const { db, close } = openPostgres(await createDatabase(server.url), { max: 10 });
  try {
    useConnection({ db, driver: "postgres", close });
    configure({});
    const { readKey } = await addSite(db, { timezone: "UTC" });
    console.log(
      `filled with ${events} events in ${((await time(() => fillSite(db, events, START))) / 1000).toFixed(0)} s`,
    );
    const request = async (query: string) => {
      const httpRequest = new Request(`https://taktwerk.example/api/v1/track/dashboard?${query}`, {
        headers: { Authorization: `Bearer ${readKey}` },
      });
      const response = await api.GET(httpRequest);
      const body = (await response.json()) as { total_events: number; summary: { page_views: number } };
      if (body.total_events !== events) throw new Error(`expected ${events} events, got ${body.total_events}`);
      return body;
    };
    const [from, middle, to] = [dayOf(0), dayOf(SITE_DAYS - 30), dayOf(SITE_DAYS - 1)];
    for (const [name, query] of [
      ["30 days", `from=${middle}&to=${to}`],
      ["90 days", `from=${from}&to=${to}`],
      ["31 days by the hour", `from=${middle}&to=${to}&interval=hour`],
    ] as const) {
      await request(query); // warms up
      const durations: number[] = [];
      for (let nth = 0; nth < REQUESTS; nth++) durations.push(await time(() => request(query)));
      console.log(`${name}: median ${percentile(durations, 0.5).toFixed(0)} ms`);
      verdict(`dashboard of ${name} over ${events} events, p95`, percentile(durations, 0.95), { atMost: 300 }, " ms");
    }
  } finally {
    await close();
    await server.stop();
  }
}

const START = Date.parse("2026-01-01T00:00:00Z");
const dayOf = (nth: number): string => new Date(START + nth * 86_400_000).toISOString().slice(0, 10);
