import PostalMime from "postal-mime";
import { beforeEach, describe, expect } from "vitest";
import type { Environment } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { compose } from "../../../lib/mail/delivery/compose.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { CONTENT_ID } from "../../../lib/mail/template/inline-image.ts";
import { googleServer } from "../../fakes/google-server.ts";
import { MONDAY_EVENING } from "../../support/attendance/report-run.ts";
import { configureGoogle, runTracking } from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { event } from "../../worlds/google-events.ts";

/** The weekly report at the end of a run, up to the mail that is sent. */

const it = databaseTest();
let db: Db;
beforeEach<{ db: Db }>(({ db: own }) => {
  db = own;
});

const MONDAY_MIDNIGHT = new Date("2026-02-15T23:00:00Z");
const SETTINGS = { TRACKING_REPORT_TO: "boss@club.example", EMAIL_FROM: "Club <club@club.example>" };

async function openCalendar(events: ReturnType<typeof event>[], settings: Environment = SETTINGS): Promise<void> {
  configureGoogle(await googleServer({ calendars: { "team@club.example": events } }), settings);
}

const queued = () => db.select().from(emailQueue);

describe("a run of tracking", () => {
  it("queues the report when it makes the week final, without customers' names", async () => {
    await openCalendar([
      event({ summary: "Max Mustermann - Verkauft" }),
      event({ summary: "Erika Musterfrau (nicht erschienen)" }),
      event({ summary: "Ghost - Hans Muster", start: "2026-02-15T10:00:00Z" }),
      event({ summary: "Lisa Muster", start: "2026-02-16T10:00:00Z" }),
    ]);
    expect((await runTracking(db, {}, MONDAY_EVENING)).report).toBe("queued");
    const [mail] = await queued();
    expect(mail?.subject).toMatch(/33,33.%/);
    expect(mail?.text).toMatch(/Anna Vogel +33,33.% +3 +1 +2 +0 +0/);
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/Max|Erika|Hans|Lisa|Muster/);
    expect((await runTracking(db, {}, new Date("2026-02-17T22:00:00Z"))).report).toBe("already-queued");
    expect(await queued()).toHaveLength(1);
  });

  it("queues the report on Monday at 00:00:00 exactly if no appointment is pending", async () => {
    await openCalendar([event({ start: "2026-02-15T22:00:00Z", end: "2026-02-15T23:00:00Z" })]);
    expect((await runTracking(db, {}, MONDAY_MIDNIGHT)).report).toBe("queued");
    expect((await queued())[0]?.text).toContain("9.–15. Februar 2026");
  });

  it("waits with it for an appointment that reaches over the end of the week", async () => {
    await openCalendar([event({ start: "2026-02-15T22:30:00Z", end: "2026-02-15T23:30:00Z" })]);
    expect((await runTracking(db, {}, MONDAY_MIDNIGHT)).report).toBe("waiting");
    expect((await runTracking(db, {}, MONDAY_EVENING)).report).toBe("queued");
  });

  it("before the end of the week sends that of the week before", async () => {
    await openCalendar([]);
    expect((await runTracking(db, {}, new Date("2026-02-15T22:59:59Z"))).report).toBe("queued");
    expect((await queued())[0]?.subject).toBe("Auftauchquote der Woche: – (2.–8. Februar 2026)");
  });

  it("that is only tried out queues nothing, and says what it would", async () => {
    await openCalendar([event()]);
    expect((await runTracking(db, { dryRun: true }, MONDAY_EVENING)).report).toBe("queued");
    expect(await queued()).toEqual([]);
  });

  it("ends well where no sender is set", async () => {
    await openCalendar([event()], { ...SETTINGS, EMAIL_FROM: "" });
    expect(await runTracking(db, {}, MONDAY_EVENING)).toMatchObject({ status: "ok", report: "no-sender" });
  });
});

describe("the mail", () => {
  it("brings its picture along, beside the HTML that shows it, and all the figures in its text", async () => {
    await openCalendar([event(), event({ summary: "Ghost - Max" })]);
    await runTracking(db, {}, MONDAY_EVENING);
    const [mail] = await queued();
    if (mail === undefined) throw new Error("expected a mail, got none");
    const sent = await PostalMime.parse(await compose({ ...mail, date: mail.createdAt }));
    expect(sent.subject).toBe(mail.subject);
    expect(sent.html).toContain(`<img src="cid:${CONTENT_ID}"`);
    expect(sent.attachments).toMatchObject([{ mimeType: "image/png", contentId: `<${CONTENT_ID}>`, related: true }]);
    expect(sent.text?.replaceAll("\r\n", "\n").trim()).toBe(mail.text.trim());
    expect(sent.text).toMatch(/50,00.% Auftauchquote/);
    expect(sent.headers.map(({ key }) => key)).not.toContain("list-unsubscribe");
  });
});
