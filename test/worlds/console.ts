import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { BrowserContext, Page } from "playwright-core";
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
import type { Role } from "../../lib/operators/roles.ts";
import { operators } from "../../lib/operators/schema.ts";
import { monthly } from "../../lib/sport/evaluation/monthly.ts";
import { weekly } from "../../lib/sport/evaluation/weekly.ts";
import { newestEnded } from "../../lib/time/periods.ts";
import { openPages, type Pages } from "../support/http/pages.ts";
import { SETTINGS } from "../support/http/requests.ts";
import { addMails, addRuns } from "./ledger.ts";
import { addOperators, CONSOLE_SECRET, cookieOf } from "./operators.ts";

/** The console on the local server, and browsers of operators who are signed in. */

export async function openConsole(): Promise<Pages> {
  const file = join(mkdtempSync(join(tmpdir(), "taktwerk-calendar-")), "calendar.json");
  const calendar = await localCalendar(file);
  const pages = await openPages({ calendar: calendar.handle });
  configure({
    ...SETTINGS,
    ...calendar.settings(pages.url, `${pages.url}/dev/google/token`),
    EVENTS_BASE_URL: pages.url,
    CONSOLE_SECRET,
    EMAIL_FROM: "Club <club@club.example>",
    ALERT_EMAIL: "operator@club.example",
  });
  await addOperators(pages.connection.db);
  await pages.connection.db.update(operators).set({ language: "en" });
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
    await runJob(job, {}, now, createInvocation(db, now, "cron", Date.now() + 300_000));
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

const SMTP_ERROR = "no answer from smtp.club.example: connect ECONNREFUSED 192.0.2.1:587";

/** Adds a late run, a failed run, a missed run, an incident, and mails in every state. */
async function addProblems(db: Db, now: Date): Promise<void> {
  await addRuns(
    db,
    now,
    {
      minutesAgo: 30,
      status: "failed",
      attempt: 2,
      metadata: { durationMs: 1_234, error: { code: "smtp-unreachable", message: SMTP_ERROR } },
    },
    {
      minutesAgo: 15,
      status: "failed",
      startedAt: null,
      metadata: { missed: true, reason: "no invocation came in time" },
    },
  );
  await db.insert(incidents).values({
    key: "failed:email-dispatch",
    title: "email-dispatch has failed",
    details: { runs: [{ scheduledFor: new Date(now.getTime() - 1_800_000), error: SMTP_ERROR }] },
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
    {
      minutesAgo: 90,
      status: "failed",
      error: "550 5.1.1 mailbox unknown",
      failure: "permanent",
      attempts: 1,
      processedAt: now,
    },
    { minutesAgo: 80, status: "retrying", error: "451 try later", attempts: 1 },
  );
}

interface Visit {
  /** Signed in as the operator of this role; null for nobody. */
  role?: Role | null;
  width?: number;
}

export interface Tab {
  page: Page;
  /** Everything that the page logged, and requests that failed. */
  problems: string[];
  close(): Promise<void>;
}

/** Opens a tab of a browser of its own, without another's cookies. */
export async function openTab(pages: Pages, { role = "admin", width = 1440 }: Visit = {}): Promise<Tab> {
  const context = await ownContext(pages);
  if (role !== null) await signInAs(context, pages.url, role);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => problems.push(message.text()));
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width, height: 900 });
  return { page, problems, close: () => context.close() };
}

async function ownContext({ browser }: Pages): Promise<BrowserContext> {
  const own = await browser.browser()?.newContext({ locale: "en-GB" });
  if (own === undefined) throw new Error("expected a browser that opens contexts");
  return own;
}

/** Gives a browser the session of the operator of a role (test/worlds/operators.ts). */
export async function signInAs(context: BrowserContext, url: string, role: Role): Promise<void> {
  const [name = "", value = ""] = cookieOf(role, { isSecure: false }).split("=", 2);
  const { hostname: domain } = new URL(url);
  await context.addCookies([{ name, value, domain, path: "/", httpOnly: true, sameSite: "Strict" }]);
}

/** Waits until a page shows what it loads. */
export async function settled(page: Page): Promise<void> {
  await page.locator("[data-page-title], main h1").first().waitFor();
  // The page of parts shows what loading looks like.
  await page.locator(":is(.loading, [aria-busy=true]):not(.part-example *)").first().waitFor({ state: "detached" });
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
