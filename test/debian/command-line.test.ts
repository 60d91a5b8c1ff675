import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { weekSummary } from "../../dev/summaries/week.ts";
import journal from "../../drizzle/meta/_journal.json" with { type: "json" };
import { siteProcessing } from "../../lib/analytics/pipeline/sweep-job.ts";
import { erase as erasePerson, exportData as exportPerson } from "../../lib/app/privacy.ts";
import { JOBS } from "../../lib/app/registry.ts";
import { loadTemplates } from "../../lib/attendance/google/deleted-events.ts";
import { checkDatabase } from "../../lib/cli/doctor/database.ts";
import { checkJobs } from "../../lib/cli/doctor/jobs.ts";
import { checkMigrationUrl } from "../../lib/cli/doctor/migration-url.ts";
import { loadJobList } from "../../lib/cli/job-list.ts";
import { loadSiteStatus } from "../../lib/cli/site-status.ts";
import { configure } from "../../lib/config/config.ts";
import { closeDatabase, connect, useConnection } from "../../lib/db/client.ts";
import type { Db } from "../../lib/db/db.ts";
import { migrate } from "../../lib/db/migrations/migrate.ts";
import { claimRun, renewLease } from "../../lib/jobs/ledger.ts";
import { runOccurrence } from "../../lib/jobs/occurrence.ts";
import { findPerson } from "../../lib/privacy/person.ts";
import { users } from "../../lib/users/schema.ts";
import { smtpScript } from "../fakes/smtp-script.ts";
import { smtpSink } from "../fakes/smtp-sink.ts";
import { createBlankDatabase } from "../support/database/blank-database.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { SETTINGS } from "../support/http/requests.ts";
import { fireWeekly, invocation } from "../support/jobs/invoke-weekly.ts";
import { fireDispatch, mail, queue, useServer } from "../support/mail/dispatch-run.ts";
import { appointment, appointmentData, writePage } from "../worlds/attendance.ts";
import { addUsers, addWorkouts, befriend } from "../worlds/club.ts";
import { NOW as ADA_NOW, addClub, addEverythingElse, NEEDLES, PERSON, tablesWith } from "../worlds/person-world.ts";
import { addSite, counts, processAll, send } from "../worlds/site.ts";
import { NOW } from "../worlds/site-request.ts";

/** What elsewhere is tested in processes of its own, or on the embedded database only, for the SQL of it. */

const WEEK = { start: new Date("2026-02-02T00:00:00Z"), end: new Date("2026-02-09T00:00:00Z") };

describe("on Debian's server, as the handbook's role,", () => {
  let db: Db;
  let url: string;
  beforeEach(async () => {
    const own = await freshPostgres();
    useConnection(own);
    ({ db, url } = own);
    configure({ ...SETTINGS, DATABASE_URL: url, EVENTS_TIMEZONE: "Europe/Berlin" });
  });
  afterEach(closeDatabase);

  it("a database is brought up to date from nothing, and then has nothing left to do", async () => {
    const { db: blank, close } = await connect(await createBlankDatabase());
    expect(await migrate(blank)).toBe(journal.entries.length);
    expect(await migrate(blank)).toBe(0);
    await close();
  });

  it("doctor finds nothing wrong with it", async () => {
    const now = () => new Date();
    const found = await checkDatabase(now);
    expect(found.filter(({ status }) => status !== "pass")).toEqual([]);
    expect(found.map(({ says }) => says)).toContain("JIT is on, as distributions ship it");
    expect((await checkJobs(now)).length).toBeGreaterThan(0);
    configure({ ...SETTINGS, DATABASE_URL: url, DATABASE_URL_UNPOOLED: url });
    expect(await checkMigrationUrl()).toEqual([
      { status: "pass", says: "migrations go to DATABASE_URL_UNPOOLED, which answers" },
    ]);
  });

  it("jobs and sites are listed", async () => {
    await addSite(db);
    await send(db, [{ event_type: "click" }]);
    expect(await loadJobList(db, JOBS, NOW)).toContainEqual(
      expect.objectContaining({ command: "weekly", job: "weekly-events", lastRun: null }),
    );
    const shop = { site: "shop", events: 0, toValidate: 1, toLoad: 0, oldestMinutes: 0, deadLetters: [] };
    expect(await loadSiteStatus(db, undefined, NOW)).toEqual([shop]);
    expect(await loadSiteStatus(db, "shop", NOW)).toEqual([shop]);
  });

  it("events of one site alone are processed", async () => {
    await addSite(db);
    await addSite(db, { customerId: "club" });
    for (const customerId of ["shop", "club"]) await send(db, [{ event_type: "click" }], { customerId });
    await expect(siteProcessing.check?.(db, { customerId: "cafe", replay: false }, NOW)).rejects.toThrow(
      "expected a site",
    );
    const { outcome } = await runOccurrence(
      siteProcessing,
      { customerId: "club" },
      NOW,
      invocation(db, NOW.toISOString()),
    );
    expect(outcome).toMatchObject({ status: "completed", result: { counts: { processed: 1 } } });
    expect([await counts(db, "club"), await counts(db, "shop")]).toMatchObject([{ business: 1 }, { business: 0 }]);
  });

  it("a week is evaluated and reported", async () => {
    await addUsers(db, "ada", "bob");
    await befriend(db, ["ada", "bob"]);
    await addWorkouts(db, { userId: "ada", at: "2026-02-03T10:00:00Z" });
    await fireWeekly(db, WEEK.end.toISOString(), { date: "2026-02-02" });
    expect((await weekSummary(db, WEEK, "UTC")).report).toMatch(/^ *1 +ada +10 +1 +1 of 2$/m);
  });

  it("a person known only by the address, or only by the id, is exported and erased", async () => {
    await addSite(db);
    await addUsers(db, { id: "ada", email: null }, "bob");
    for (const asked of [
      { userId: undefined, addresses: ["Bob@club.example"], names: [] },
      { userId: "ada", addresses: [], names: [] },
    ]) {
      const person = await findPerson(db, asked);
      expect(person).toMatchObject({ userId: asked.userId, isUser: asked.userId !== undefined });
      const told: string[] = [];
      for await (const part of exportPerson(db, person, NOW)) told.push(part);
      expect(JSON.parse(told.join(""))).toMatchObject({ about: { userId: asked.userId ?? null } });
      await send(db, [{ event_type: "click", visitor_id: asked.userId ?? "bob@club.example" }]);
      await processAll(db);
      const erased = await erasePerson(db, person, NOW);
      expect(erased).toMatchObject({ "raw.events": 1, "business.events": 1 });
    }
    expect(await db.select({ id: users.id }).from(users)).toEqual([{ id: "bob" }]);
  });

  it("a person known only by a name has nothing that is looked up by id or address", async () => {
    const told: string[] = [];
    for await (const part of exportPerson(db, { userId: undefined, addresses: [], names: ["Bob"] }, NOW))
      told.push(part);
    expect(JSON.parse(told.join(""))).toMatchObject({ about: { names: ["Bob"] }, mails: [], bookings: [] });
  });

  it("a lease is extended only by its holder, and only until it ends", async () => {
    const request = {
      jobName: "weekly-events",
      scheduledFor: WEEK.start,
      at: NOW,
      trigger: "cron",
      force: false,
    } as const;
    const claimed = await claimRun(db, request);
    if (!claimed.won) throw new Error(`expected the run, got ${claimed.detail}`);
    expect(await renewLease(db, claimed.lease, NOW)).toBe(true);
    expect(await renewLease(db, { ...claimed.lease, token: randomUUID() }, NOW)).toBe(false);
  });

  it("mails go out by a rate that is shared", async () => {
    const sink = await smtpSink();
    useServer(sink.port, { EMAIL_RATE_PER_MINUTE: "2" });
    await queue(db, 3);
    expect(await fireDispatch(db)).toMatchObject({ processed: 2, remaining: 1 });
    await sink.close();
  });

  it("an address that a mail server does not know is not written to again", async () => {
    const server = await smtpScript((step) => (step === "RCPT" ? "550 5.1.1 no such user" : undefined));
    useServer(server.port);
    await queue(db, 1);
    expect(await fireDispatch(db)).toMatchObject({ failed: 1 });
    await queue(db, [mail("another", { recipient: "m0@club.example" })]);
    expect(await fireDispatch(db)).toMatchObject({ skipped: 1 });
    await server.close();
  });

  it("a person who stands in every table is erased from all of them", async () => {
    await addClub(db);
    await addEverythingElse(db);
    await erasePerson(db, PERSON, ADA_NOW);
    expect(await tablesWith(db, NEEDLES)).toEqual([]);
  });

  it("a deleted appointment is known by what was seen of it", async () => {
    const seen = appointmentData({ eventId: "seen" });
    await writePage(db, [appointment(seen)]);
    const { calendarId, eventId, originalStart, seriesId } = seen;
    const models = await loadTemplates(db, [{ calendarId, eventId, originalStart, seriesId }]);
    expect([...models.values()]).toEqual([expect.objectContaining({ eventId: "seen", title: seen.title })]);
  });
});
