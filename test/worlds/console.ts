import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { sql } from "drizzle-orm";
import type { Page } from "playwright-core";
import { localCalendar } from "../../dev/calendar/local-calendar.ts";
import { seedBookings } from "../../dev/demo-data/seed-bookings.ts";
import { seedClub } from "../../dev/demo-data/seed-club.ts";
import { DEMO_SITE, seedSite } from "../../dev/demo-data/seed-site.ts";
import { calendarTracking } from "../../lib/attendance/tracking-job.ts";
import { configure } from "../../lib/config/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { backgroundWork } from "../../lib/http/background.ts";
import { runJob } from "../../lib/jobs/endpoint/run-job.ts";
import { createInvocation } from "../../lib/jobs/invocation.ts";
import { anyJob } from "../../lib/jobs/job.ts";
import { incidents } from "../../lib/jobs/schema.ts";
import { monthly } from "../../lib/sport/evaluation/monthly.ts";
import { weekly } from "../../lib/sport/evaluation/weekly.ts";
import { newestEnded } from "../../lib/time/periods.ts";
import { openPages, type Pages } from "../support/http/pages.ts";
import { ADMIN_TOKEN, SETTINGS } from "../support/http/requests.ts";
import { addMails, addRuns } from "./ledger.ts";

/** Opens the console on the local server with an empty database. */
export async function openConsole(): Promise<Pages> {
  const file = join(mkdtempSync(join(tmpdir(), "taktwerk-calendar-")), "calendar.json");
  const calendar = await localCalendar(file);
  const pages = await openPages({ calendar: calendar.handle });
  configure({
    ...SETTINGS,
    ...calendar.settings(pages.url, `${pages.url}/dev/google/token`),
    EMAIL_FROM: "taktwerk@club.example",
    ALERT_EMAIL: "operator@club.example",
  });
  const close = async () => {
    await backgroundWork();
    await pages.close();
  };
  return { ...pages, close };
}

/** Fills the database with the demo club, and with problems that an operator has to solve. */
export async function fillConsole({ connection: { db }, url }: Pages, now: Date): Promise<void> {
  await seedClub(db, newestEnded("week", now, "UTC").end);
  await seedBookings(db, now);
  await seedSite(db, now, "UTC");
  for (const job of [anyJob(weekly), anyJob(monthly), anyJob(calendarTracking)]) {
    await runJob(job, {}, now, createInvocation(db, now, "manual", Date.now() + 300_000));
  }
  await addProblems(db, now);
  const answer = await fetch(`${url}/api/v1/track/async`, {
    method: "POST",
    headers: { Authorization: `Bearer ${DEMO_SITE.writeKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({ events: [{ event_id: "no-type" }, { event_id: "no-type-either" }] }),
  });
  if (!answer.ok) throw new Error(`events without a type: expected 2xx, got ${answer.status}`);
  await backgroundWork();
}

/** The texts of the problems. */
export const PROBLEMS = {
  error: "no answer from smtp.club.example: connect ECONNREFUSED 192.0.2.1:587",
  missed: "no invocation came in time",
  incident: "email-dispatch has failed",
  bounced: "550 5.1.1 mailbox unknown",
};

/** Adds a late run, a failed run, a missed run, an incident, and emails in every state. */
export async function addProblems(db: Db, now: Date): Promise<void> {
  const lateBy = 7 * 60_000;
  await addRuns(
    db,
    now,
    ...Array.from({ length: 24 }, (_, nth) => ({
      minutesAgo: 60 + 15 * nth,
      metadata: { durationMs: 400 + 83 * ((nth * 7) % 11) },
    })),
    {
      minutesAgo: 45,
      startedAt: new Date(now.getTime() - 45 * 60_000 + lateBy),
      metadata: { durationMs: 2_345 },
    },
    {
      minutesAgo: 30,
      status: "failed",
      attempt: 2,
      metadata: { durationMs: 1_234, error: { code: "smtp-unreachable", message: PROBLEMS.error } },
    },
    {
      minutesAgo: 15,
      status: "failed",
      startedAt: null,
      metadata: { missed: true, reason: PROBLEMS.missed },
    },
  );
  await db.insert(incidents).values({
    key: "failed:email-dispatch",
    title: PROBLEMS.incident,
    details: { runs: [{ scheduledFor: new Date(now.getTime() - 1_800_000), error: PROBLEMS.error }] },
    openedAt: new Date(now.getTime() - 1_700_000),
    seenAt: now,
  });
  await addMails(
    db,
    now,
    ...Array.from({ length: 40 }, (_, nth) => ({
      minutesAgo: 120 + nth * 311,
      status: ["sent", "sent", "sent", "skipped"][nth % 4] ?? "sent",
      processedAt: now,
    })),
    { minutesAgo: 90, status: "failed", error: PROBLEMS.bounced, failure: "permanent", attempts: 1, processedAt: now },
    { minutesAgo: 80, status: "retrying", error: "451 try later", attempts: 1 },
  );
  await db.execute(sql`analyze job_runs, email_queue`);
}

/** The state of a browser tab before the console opens in it. */
interface Tab {
  /** The stored token; empty if not signed in. */
  token?: string;
  /** Default English; `kept` leaves the stored choice. */
  language?: "de" | "en" | "kept";
  dark?: boolean;
  width?: number;
}

/** Opens a browser tab and collects everything that it logs. */
export async function openTab(
  pages: Pages,
  { token = ADMIN_TOKEN, language = "en", dark = false, width = 1200 }: Tab = {},
): Promise<{ page: Page; problems: string[] }> {
  const problems: string[] = [];
  const page = await pages.browser.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => problems.push(message.text()));
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width, height: 900 });
  const kept = JSON.stringify({ token, language });
  await page.addInitScript(`{
    const { token, language } = ${kept};
    if (token) sessionStorage.setItem("taktwerk.token", token);
    if (language !== "kept") localStorage.setItem("taktwerk.language", language);
  }`);
  return { page, problems };
}

/** Opens a tab of the console and waits until all its panels are loaded. */
export async function show(pages: Pages, page: Page, hash: string): Promise<void> {
  await page.goto(`${pages.url}/#${hash}`);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.locator("main .panel").first().waitFor();
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}

/** Returns serious and critical axe violations of WCAG 2.1 A and AA as `rule: elements`. @param rules Checks only these. */
export async function seriousViolations(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  const runOnly = rules ?? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
  const options = JSON.stringify({ runOnly, resultTypes: ["violations"] });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
}
