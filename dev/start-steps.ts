import { siteProcessing } from "../lib/analytics/pipeline/sweep-job.ts";
import { dailyMetrics } from "../lib/attendance/schema.ts";
import { calendarTracking } from "../lib/attendance/tracking-job.ts";
import { slotMaintenance } from "../lib/booking/slots/maintenance.ts";
import { counted } from "../lib/cli/output/count.ts";
import { config } from "../lib/config/config.ts";
import type { Db } from "../lib/db/db.ts";
import { isCompleted } from "../lib/jobs/ledger.ts";
import { hasOperators } from "../lib/operators/accounts.ts";
import { weekly } from "../lib/sport/evaluation/weekly.ts";
import { currentTime } from "../lib/time/clock.ts";
import { addDays } from "../lib/time/dates.ts";
import { localDate, newestEnded } from "../lib/time/periods.ts";
import { seedHistory } from "./demo-data/history/seed-history.ts";
import { seedBookings } from "./demo-data/seed-bookings.ts";
import { seedClub } from "./demo-data/seed-club.ts";
import { seedSite } from "./demo-data/seed-site.ts";
import { fireJob, poll } from "./fire-job.ts";
import { countDueMails, deliverDueMails } from "./mailbox/send-due-mails.ts";
import { runStep, type ShowProgress } from "./steps.ts";
import { attendanceSummary } from "./summaries/attendance.ts";
import { siteSummary } from "./summaries/site.ts";
import { slotSummary } from "./summaries/slots.ts";
import type { Summary } from "./summaries/summary.ts";
import { weekSummary } from "./summaries/week.ts";

/** The days of visits and attendance, so that a month can be compared with the days before it. */
const SITE_DAYS = 35;
const ATTENDANCE_DAYS = 35;

/** Puts the demo club into an empty database. */
export function fillDatabase(db: Db, now: Date): Promise<void> {
  return runStep("Demo data", async (show) => {
    const { end } = newestEnded(weekly.kind, now, config().timeZone);
    const third =
      (index: number): ShowProgress =>
      (done, total) =>
        show(index + Math.min(1, done / total), 3);
    const club = await seedClub(db, end, third(0));
    const catalog = await seedBookings(db, now, third(1));
    const site = await seedSite(db, now, config().timeZone, third(2), SITE_DAYS);
    const accounts = (await hasOperators(db)) ? undefined : await (await accountSeed()).seedAccounts(db, now);
    const executions = await seedHistory(db, now, config().timeZone);
    const parts = [
      club && `${counted(club.members, "member")}, ${counted(club.workouts, "workout")}`,
      catalog && `${counted(catalog.providers, "provider")}, ${counted(catalog.bookings, "booking")}`,
      site && counted(site.visits, "visit"),
      accounts && counted(accounts, "account"),
      executions && counted(executions, "past run"),
    ].filter(Boolean);
    return [undefined, parts.length === 0 ? "kept from the last start" : parts.join(", ")];
  });
}

/** Hashing passwords needs a library that later starts do without. */
const accountSeed = () => import("./accounts/demo-accounts.ts");

/** Evaluates the last week. @throws Error if it failed. */
export function evaluateWeek(db: Db, url: string, now: Date): Promise<Summary> {
  return runStep("Evaluation", async (show) => {
    const answer = await fireJob(db, url, weekly, show);
    const week = newestEnded(weekly.kind, now, config().timeZone);
    if (!(await isCompleted(db, weekly.name, week.end))) {
      throw new Error(`The week is not evaluated: ${answer.detail}`);
    }
    const summary = await weekSummary(db, week, config().timeZone);
    return [summary, answer.skipped ? `the week was evaluated before; ${summary.sentence}` : summary.sentence];
  });
}

/** Brings the slots up to date. @throws Error if it failed. */
export function maintainSlots(db: Db, url: string, now: Date): Promise<Summary> {
  return summaryStep("Slots", async (show) => {
    await fireJob(db, url, slotMaintenance, show);
    return slotSummary(db, now);
  });
}

/** Reads the last days from the calendars. @throws Error if it failed. */
export function trackAttendance(db: Db, url: string, now: Date): Promise<Summary> {
  return summaryStep("Attendance", async (show) => {
    const { name, path } = calendarTracking;
    const start = addDays(localDate(now, config().tracking.zone), 1 - ATTENDANCE_DAYS);
    const isFirst = (await db.$count(dailyMetrics)) === 0;
    await fireJob(db, url, { name, path: isFirst ? `${path}?start=${start}` : path }, show);
    return attendanceSummary(db, now);
  });
}

/** Runs the pipeline of site events. @throws Error if it failed. */
export function processSite(db: Db, url: string, now: Date): Promise<Summary> {
  return summaryStep("Site events", async (show) => {
    await fireJob(db, url, siteProcessing, show);
    return siteSummary(db, now, config().timeZone);
  });
}

/** Sends all mails that are due. */
export function deliverMails(db: Db, url: string): Promise<void> {
  return runStep("Mails", async (show) => {
    const total = await countDueMails(db, currentTime());
    const stopPolling = poll(async () => show(total - (await countDueMails(db, currentTime())), total));
    const sent = await deliverDueMails(db, url, currentTime()).finally(stopPolling);
    return [undefined, `${counted(sent, "mail")} delivered`];
  });
}

const summaryStep = (title: string, work: (show: ShowProgress) => Promise<Summary>): Promise<Summary> =>
  runStep(title, async (show) => {
    const summary = await work(show);
    return [summary, summary.sentence];
  });
