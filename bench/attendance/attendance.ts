import { sql } from "drizzle-orm";
import { classifyAppointment } from "../../lib/attendance/classification/classify-appointment.ts";
import { type CalendarEvent, hasDetails, parseEvent } from "../../lib/attendance/google/calendar-event.ts";
import { computeDays } from "../../lib/attendance/metrics/daily-metrics.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { redirectLog } from "../../lib/log.ts";
import { datesBetween } from "../../lib/time/dates.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";
import { startGoogle } from "../../test/fakes/google-server.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { configureGoogle, fireTracking } from "../../test/support/attendance/tracking-run.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { event } from "../../test/worlds/google-events.ts";
import { median, time, verdict } from "../support.ts";

const NOW = new Date("2026-02-10T22:00:00Z");
const DAYS = 365;
const APPOINTMENTS = 20_000;
const BATCH = 500;
const ROUNDS = 5;
const ZONE = "Europe/Berlin";
const YEAR = { start: "2025-02-11", end: "2026-02-10" };

const TITLES = [
  "Max Mustermann - Erstgespräch",
  "Erika Musterfrau (ghost)",
  "Ada Lovelace (nicht erschienen)",
  "Zoë Überhang",
  "Peter Ghost | verkauft",
  "Klaus Verschieber verschoben",
];

/** A year of appointments, backfilled: requests, statements, and how quickly what came is dealt with. */
export async function attendanceBench(): Promise<void> {
  redirectLog(() => {});
  const events = yearOfEvents();
  const google = await startGoogle({ calendars: { "team@club.example": events } });
  configureGoogle(google);
  const server = await startPostgres();
  try {
    const backfills: number[] = [];
    const bare: number[] = [];
    const judging: number[] = [];
    const computing: number[] = [];
    let statements = { all: 0, own: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const { db, close } = openPostgres(await createDatabase(server.url));
      const count = countStatements(db);
      google.requests.length = 0;
      backfills.push(await time(() => backfill(db)));
      statements = count();
      for (let again = 0; again < ROUNDS; again++) {
        judging.push(await time(async () => judgeAll(events)));
        computing.push(await time(() => computeYear(db)));
      }
      bare.push(await time(() => copyRows(db)));
      await close();
    }
    const [judged, computed] = [median(judging), median(computing)];
    console.log(`classification ${judged.toFixed(0)} ms, metrics ${computed.toFixed(0)} ms`);
    console.log(`a backfill from the first request to the last commit: ${(median(backfills) / 1000).toFixed(2)} s`);
    const ratio = median(backfills.map((ms, round) => ms / (bare[round] ?? Number.NaN)));
    console.log(`against a bare insert of the same rows: ${ratio.toFixed(2)}`);
    verdict(`requests for ${DAYS} days, ${APPOINTMENTS} appointments`, google.lists().length, { atMost: 24 });
    const perBatch = (count: number) => (BATCH * count) / APPOINTMENTS;
    console.log(
      `statements for each ${BATCH}, with what each step costs anyway: ${perBatch(statements.all).toFixed(2)}`,
    );
    verdict(`statements for each ${BATCH}, without that`, perBatch(statements.own), { atMost: 3 });
    verdict("appointments a second, classification and metrics", (1000 * APPOINTMENTS) / (judged + computed), {
      atLeast: 50_000,
    });
  } finally {
    await google.close();
    await server.stop();
  }
}

function yearOfEvents(): ReturnType<typeof event>[] {
  return Array.from({ length: APPOINTMENTS }, (_, n) => {
    const minutes = (n % DAYS) * 1440 + 9 * 60 + (Math.floor(n / DAYS) % 11) * 60;
    const start = new Date(NOW.getTime() - minutes * 60_000).toISOString();
    return event({
      id: `year${n}`,
      summary: `${TITLES[n % TITLES.length]} ${n % 700}`,
      colorId: String((n % 11) + 1),
      organizer: { email: `consultant${n % 9}@club.example` },
      description: n % 4 === 0 ? `<p>[Booked by: Anna ${n % 9}]</p>` : "Telefonat",
      start,
    });
  });
}

async function backfill(db: Db): Promise<void> {
  const { outcome } = await fireTracking(db, YEAR, NOW, { clock: Date.now });
  if (outcome.status !== "completed") throw new Error(`expected a completed run, got ${JSON.stringify(outcome)}`);
}

/** Statements of every step: its idleness, its progress, its commit (execute.ts), and the begin. */
const BOOKKEEPING = 4;

/** Counts what transactions send, in all and without their bookkeeping. Permits to ask Google go beside them. */
function countStatements(db: Db): () => { all: number; own: number } {
  let transactions = 0;
  let all = 0;
  const begin = db.transaction.bind(db);
  db.transaction = ((work: (tx: Db) => Promise<unknown>) =>
    begin((tx) => {
      transactions += 1;
      all += 1;
      const execute = tx.execute.bind(tx);
      tx.execute = ((query: Parameters<typeof execute>[0]) => {
        all += 1;
        return execute(query);
      }) as typeof tx.execute;
      return work(tx);
    })) as typeof db.transaction;
  return () => ({ all, own: all - BOOKKEEPING * transactions });
}

/** What is pure: an event of Google's as an appointment, and what it came to. */
function judgeAll(events: readonly CalendarEvent[]): number {
  const clock = wallClock(ZONE);
  let sold = 0;
  for (const one of events) {
    const facts = parseEvent(one, "team@club.example", clock);
    if (facts !== undefined && hasDetails(facts) && classifyAppointment(facts, {}, NOW).sold) sold += 1;
  }
  return sold;
}

/** The figures of all days, in one statement. */
async function computeYear(db: Db): Promise<void> {
  const days = datesBetween(YEAR.start, YEAR.end).map((date) => ({ date, over: true }));
  await computeDays(db, days, "calendar", NOW);
}

async function copyRows(db: Db): Promise<void> {
  await db.execute(sql`create table copied (like calendar_appointments including all)`);
  await db.execute(sql`insert into copied overriding system value select * from calendar_appointments`);
}
