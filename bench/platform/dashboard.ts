import { api } from "../../lib/app/api.ts";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { addSite } from "../../test/worlds/site.ts";
import { fillSite, SITE_DAYS } from "../analytics/site-data.ts";
import { percentile, time, verdict } from "../support.ts";
import { fillOperations } from "./dashboard-data.ts";

const TOKEN = "a-secret-of-the-bench";
const TIMES = 30;
const EVENTS = 1_000_000;
const AMOUNTS = { users: 100_000, weeks: 26, runs: 100_000, mails: 500_000, slots: 1_000_000, days: 3_660 };
/** More than a person waits for is more than a page that asks for all of it at once may take. */
const AT_MOST_MS = 200;

/** As the dashboard asks, and as much as may be asked for. */
const ASKED = [
  "/api/health",
  "/api/admin/monitoring",
  "/api/admin/runs",
  "/api/admin/runs?limit=200",
  "/api/admin/runs?job=dispatch&limit=200",
  "/api/admin/emails",
  "/api/admin/emails?days=90&limit=200",
  "/api/admin/slots/metrics",
  "/api/admin/slots/calendar",
  "/api/admin/slots/calendar?days=92",
  "/api/tracking/metrics",
  "/api/tracking/metrics?groupBy=week&from=<365 days ago>",
  "/api/tracking/metrics?groupBy=consultant&from=<365 days ago>",
  "/api/tracking/heatmap",
  "/api/tracking/heatmap?from=<365 days ago>",
  "/api/tracking/heatmap?from=<3650 days ago>",
  "/api/admin/sites",
  "/api/admin/sites/shop/dashboard",
  "/api/admin/sites/shop/dashboard?from=<89 days ago>&limit=100",
  "/api/admin/sport/overview",
  "/api/admin/sport/overview?weeks=52&limit=100",
  "/api/sport/rankings?limit=20",
];

/** Everything the operator's dashboard reads, from the request to the JSON, on tables of a large club after a year. */
export async function dashboardBench(): Promise<void> {
  const server = await startPostgres(["fsync=off", "max_wal_size=8GB"]);
  const connection = openPostgres(await createDatabase(server.url), { max: 10 });
  try {
    useConnection(connection);
    configure({ ADMIN_TOKEN: TOKEN, TRACKING_TIMEZONE: "UTC" });
    await addSite(connection.db, { timezone: "UTC" });
    const today = Date.parse(new Date().toISOString().slice(0, 10));
    const filled = await time(async () => {
      await fillOperations(connection.db, AMOUNTS);
      await fillSite(connection.db, EVENTS, today - (SITE_DAYS - 1) * 86_400_000);
    });
    console.log(`filled in ${(filled / 1000).toFixed(0)} s: ${JSON.stringify({ ...AMOUNTS, events: EVENTS })}`);
    for (const asked of ASKED) await measure(asked, today);
  } finally {
    await connection.close();
    await server.stop();
  }
}

async function measure(asked: string, today: number): Promise<void> {
  const path = asked.replace(/<(\d+) days ago>/, (_, days: string) =>
    new Date(today - Number(days) * 86_400_000).toISOString().slice(0, 10),
  );
  const request = new Request(new URL(path, "https://taktwerk.example"), {
    headers: { Authorization: `Bearer ${TOKEN}` },
  });
  let bytes = 0;
  const ask = async () => {
    const answer = await api.GET(request);
    const text = await answer.text();
    // Without a mail server health is bad, which takes no less time to find out.
    if (answer.status !== 200 && path !== "/api/health") throw new Error(`${path}: ${answer.status} ${text}`);
    bytes = text.length;
  };
  const times: number[] = [];
  for (let n = 0; n <= TIMES; n++) {
    const ms = await time(ask);
    if (n > 0) times.push(ms); // the first fills caches
  }
  const p50 = percentile(times, 0.5).toFixed(0);
  verdict(
    `${asked}, ${(bytes / 1024).toFixed(0)} KB, median ${p50} ms, p95`,
    percentile(times, 0.95),
    { atMost: AT_MOST_MS },
    " ms",
  );
}
