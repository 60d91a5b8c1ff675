import { parseArgs } from "node:util";
import { siteProcessing } from "../lib/analytics/pipeline/sweep-job.ts";
import { calendarTracking } from "../lib/attendance/tracking-job.ts";
import { slotMaintenance } from "../lib/booking/slots/maintenance.ts";
import { config, configure, environment } from "../lib/config/config.ts";
import { closeDatabase, database } from "../lib/db/client.ts";
import type { Db } from "../lib/db/db.ts";
import { describeError } from "../lib/errors.ts";
import { backgroundWork } from "../lib/http/background.ts";
import { isCompleted } from "../lib/jobs/ledger.ts";
import { nextFiring, schedulesOf } from "../lib/jobs/schedule.ts";
import { cronWatches } from "../lib/jobs/schema.ts";
import { cronRequest } from "../lib/jobs/trigger.ts";
import { redirectLog } from "../lib/log.ts";
import { fireCrons } from "../lib/server/crons.ts";
import { weekly } from "../lib/sport/evaluation/weekly.ts";
import { newestEnded } from "../lib/time/periods.ts";
import { localCalendar } from "./calendar/local-calendar.ts";
import { seed } from "./demo-data/seed.ts";
import { seedBookings } from "./demo-data/seed-bookings.ts";
import { DEMO_SITE, seedSite } from "./demo-data/seed-site.ts";
import { keepMailsHere } from "./mailbox/local-mail.ts";
import { deliverDue, startPostman } from "./mailbox/send-due-mails.ts";
import { serve } from "./server.ts";
import { attendanceReport } from "./summaries/attendance.ts";
import { siteReport } from "./summaries/site.ts";
import { slotReport } from "./summaries/slots.ts";
import { weekReport } from "./summaries/week.ts";

/** Secrets of the local run, which listens on loopback only; the environment's come first. */
const LOCAL = {
  CRON_SECRET: "local-cron-secret",
  ADMIN_TOKEN: "local-admin-token",
  EMAIL_PREFERENCES_SECRET: "local-email-preferences",
  EMAIL_FROM: "Taktwerk <taktwerk@club.example>",
  ALERT_EMAIL: "operator@club.example",
};

/** `npm start`: the whole on one machine. Exit code with `--once`: 0 evaluated, 1 failed. */
async function main(): Promise<void> {
  const now = new Date();
  const { values } = parseArgs({ options: { once: { type: "boolean", default: false } } });
  const given = Object.fromEntries(Object.entries(environment()).filter(([, value]) => value));
  configure({ ...LOCAL, ...given });
  redirectLog((_level, line) => process.stderr.write(`${line}\n`)); // standard output is for people

  const calendar = await localCalendar();
  const server = await serve(config().port, { calendar: calendar.handle });
  const ownCalendar = given.GOOGLE_CREDS_BASE64 === undefined;
  const settings = {
    ...LOCAL,
    EVENTS_BASE_URL: server.url,
    ...(ownCalendar && calendar.settings(server.url, `${server.url}/dev/google/token`)),
    ...given,
  };
  configure(settings);
  const closeMailbox = await keepMailsHere(settings);
  const db = await database();
  const embedded = config().databaseUrl === undefined;
  if (embedded) await fill(db, now);
  await evaluate(db, server.url, now);
  if (embedded) await maintainSlots(db, server.url, now);
  if (embedded) await trackAttendance(db, server.url, now);
  if (embedded) await processSite(db, server.url, now);
  if (embedded) console.log(`${await deliverDue(db, server.url, new Date())} mails delivered.\n`);

  const shutDown = async () => {
    await server.close();
    await backgroundWork();
    await closeMailbox?.();
    await closeDatabase();
  };
  if (values.once) return shutDown();
  const stops = [fireCrons(server.url, config().cronSecret ?? ""), ...(embedded ? [startPostman(db, server.url)] : [])];
  console.log(whereToLook(server.url, now, closeMailbox !== undefined));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      for (const stop of stops) stop();
      shutDown().finally(() => process.exit(0));
    });
  }
}

/** Puts the demo club into an empty database. What was not fired while nobody had it open was not missed. */
async function fill(db: Db, now: Date): Promise<void> {
  await db.delete(cronWatches);
  const end = newestEnded(weekly.kind, now, config().timeZone).end;
  const club = await seed(db, end);
  if (club !== undefined) console.log(`Demo club: ${club.members} members, ${club.workouts} workouts in 12 weeks.`);
  const practices = await seedBookings(db, now);
  if (practices !== undefined) {
    console.log(
      `  ${practices.providers} providers in 4 zones, ${practices.services} services, ${practices.bookings} bookings.`,
    );
  }
  const site = await seedSite(db, now, config().timeZone);
  if (site !== undefined) {
    console.log(`  A site with ${site.visits} visits and ${site.events} events in two weeks.`);
  }
  console.log();
}

/** Fires a job over HTTP as its cron would. @throws Error where it failed. */
async function fireOnce(url: string, { name, path }: { name: string; path: string }): Promise<Record<string, unknown>> {
  const expression = schedulesOf(path)[0]?.expression ?? "";
  const response = await fetch(cronRequest(`${url}${path}`, config().cronSecret ?? "", expression));
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${name} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Evaluates the week and shows it. @throws Error where it failed. */
async function evaluate(db: Db, url: string, now: Date): Promise<void> {
  const answer = await fireOnce(url, weekly);
  const week = newestEnded(weekly.kind, now, config().timeZone);
  if (!(await isCompleted(db, weekly.name, week.end))) throw new Error(`the week is not evaluated: ${answer.detail}`);
  console.log(answer.skipped ? "The week was evaluated before; nothing to do." : "The week is evaluated.");
  console.log(`\n${await weekReport(db, week, config().timeZone)}\n`);
}

/** Brings the slots up to date and shows how they stand. @throws Error where it failed. */
async function maintainSlots(db: Db, url: string, now: Date): Promise<void> {
  await fireOnce(url, slotMaintenance);
  console.log(`${await slotReport(db, now)}\n`);
}

/** Reads the last days out of the calendars and shows who came. @throws Error where it failed. */
async function trackAttendance(db: Db, url: string, now: Date): Promise<void> {
  await fireOnce(url, calendarTracking);
  console.log(`${await attendanceReport(db, now)}\n`);
}

/** Runs the pipeline of site events and shows what it has counted. @throws Error where it failed. */
async function processSite(db: Db, url: string, now: Date): Promise<void> {
  await fireOnce(url, siteProcessing);
  console.log(`${await siteReport(db, now, config().timeZone)}\n`);
}

function whereToLook(url: string, now: Date, keepsMails: boolean): string {
  const auth = 'curl -H "Authorization: Bearer local-admin-token"';
  const next = nextFiring(schedulesOf(weekly.path), now)?.toISOString();
  return [
    `Serving ${url} (stop with Ctrl-C). The weekly job fires next at ${next}.`,
    `  the dashboard    ${url}/ with the token local-admin-token`,
    `  mails            ${keepsMails ? `are delivered to ${url}/dev/mailbox` : `go out through ${config().smtp?.host}`}`,
    `  close the month  curl -X POST -H "Authorization: Bearer local-cron-secret" "${url}/api/events/monthly"`,
    `  all that happens ${auth} "${url}/api/admin/monitoring"`,
    `  a member's week  ${auth} "${url}/api/sport/results?userId=member-001"`,
    `  among friends    ${auth} "${url}/api/sport/leaderboard?userId=member-001"`,
    `  free slots       curl "${url}/api/slots?serviceId=personal-60"`,
    `  how slots stand  ${auth} "${url}/api/admin/slots/metrics"`,
    `  who came         ${auth} "${url}/api/tracking/metrics?groupBy=weekday"`,
    `  the calendars    ${url}/dev/calendar`,
    `  the demo site    ${url}/dev/site: click about, close the tab, and look at`,
    `  what it counted  curl -H "Authorization: Bearer ${DEMO_SITE.readKey}" "${url}/api/v1/track/dashboard?limit=10"`,
    `  evaluate again   curl -X POST -H "Authorization: Bearer local-cron-secret" "${url}/api/events/weekly?force=true"`,
  ].join("\n");
}

main().catch((error: unknown) => {
  console.error(describeError(error).message);
  process.exitCode = 1;
  return closeDatabase().finally(() => process.exit());
});
