import { sql } from "drizzle-orm";
import { collectEvents } from "../../lib/analytics/ingest/collect.ts";
import { parseTrackRequest } from "../../lib/analytics/ingest/parse-request.ts";
import { processEvents } from "../../lib/analytics/pipeline/pipeline.ts";
import { configure } from "../../lib/config/config.ts";
import { type Db, rows } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startDebianPostgres } from "../../test/servers/debian-server.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { fireWeekly } from "../../test/support/jobs/invoke-weekly.ts";
import { addSite, SHOP } from "../../test/worlds/site.ts";
import { CONTEXT, NOW } from "../../test/worlds/site-request.ts";
import { median, time, verdict } from "../support.ts";
import { fill, SCENARIOS } from "./evaluation-data.ts";

const USERS = 1_000;
const RUNS = 5;
const EVENTS = 40;

/** On Debian's Postgres as installed, with JIT on: one site event, and a weekly run, beside the same without JIT. */
export async function jitBench(): Promise<void> {
  configure({ EVENTS_BASE_URL: "https://club.example", EMAIL_PREFERENCES_SECRET: "a-secret-of-the-bench" });
  const server = await startDebianPostgres();
  try {
    const filled = await createDatabase(server.url);
    const { db, close } = openPostgres(filled);
    await fill(db, USERS, SCENARIOS.weekly);
    await addSite(db);
    await close();
    const template = new URL(filled).pathname.slice(1);
    const [event, week] = [{ on: [], off: [] } as Measured, { on: [], off: [] } as Measured];
    // Side by side, so that what else the machine does is in both.
    for (let run = 0; run < RUNS; run += 1) {
      for (const jit of ["on", "off"] as const) {
        const measured = await measure(await createDatabase(server.url, template), jit);
        event[jit].push(measured.event);
        week[jit].push(measured.week);
      }
    }
    report("one site event", event);
    report(`weekly, ${USERS} users`, week);
  } finally {
    await server.stop();
  }
}

type Measured = Record<"on" | "off", number[]>;

async function measure(url: string, jit: "on" | "off"): Promise<{ event: number; week: number }> {
  const { db, close } = openPostgres(url, { options: `-c jit=${jit}` });
  try {
    const events: number[] = [];
    for (let nth = 0; nth < EVENTS; nth += 1) events.push(await time(() => track(db, nth)));
    const week = await time(async () => {
      const { main } = await fireWeekly(db, SCENARIOS.weekly.end, { date: SCENARIOS.weekly.start.slice(0, 10) });
      if (main.outcome.status !== "completed") throw new Error(JSON.stringify(main.outcome));
    });
    const { found } = (await rows<{ found: string }>(db, sql`select current_setting('jit') as found`))[0] ?? {};
    if (found !== jit) throw new Error(`expected jit = ${jit}, got ${found}`);
    return { event: median(events), week };
  } finally {
    await close();
  }
}

/** One event, from the door to the sums. */
async function track(db: Db, nth: number): Promise<void> {
  const event = { event_type: "page_view", page_url: `https://shop.example/${nth}`, event_id: `event-${nth}` };
  const { rawIds } = await collectEvents(db, SHOP.customerId, parseTrackRequest(event).events, CONTEXT, NOW);
  const dead = await processEvents(db, SHOP, rawIds, NOW);
  if (rawIds.length !== 1 || dead.length > 0) throw new Error(JSON.stringify({ rawIds, dead }));
}

function report(name: string, { on, off }: Measured): void {
  console.log(`${name}: ${median(on).toFixed(0)} ms with JIT on, ${median(off).toFixed(0)} ms with jit = off`);
  verdict(`${name}, JIT on to off`, median(on) / median(off), { atMost: 1.2 });
}
