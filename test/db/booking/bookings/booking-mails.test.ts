import { randomUUID } from "node:crypto";
import { asc } from "drizzle-orm";
import ICAL from "ical.js";
import PostalMime from "postal-mime";
import { describe, expect, onTestFinished } from "vitest";
import type { Booking } from "../../../../lib/booking/bookings/schema.ts";
import { type BookingEvent, notifyCustomer } from "../../../../lib/booking/messages/booking-mails.ts";
import { configure, type Environment } from "../../../../lib/config/config.ts";
import type { Db } from "../../../../lib/db/db.ts";
import { bookingSeed, makeLinkToken, TOKEN_PLACEHOLDER } from "../../../../lib/mail/queue/link-token.ts";
import { claimMails, markHandedOver, recordOutcomes } from "../../../../lib/mail/queue/queue-claims.ts";
import { emailQueue } from "../../../../lib/mail/schema.ts";
import { smtpSink } from "../../../fakes/smtp-sink.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { fireDispatch, useServer } from "../../../support/mail/dispatch-run.ts";
import { booking } from "../../../worlds/bookings.ts";
import { HOUR_MS } from "../../../worlds/slots.ts";

/** The mails that are queued when a booking changes. */

const NOW = new Date("2026-03-01T09:00:00Z");
const ID = "0b7e2f6e-5d2c-4c0b-9d39-2d3d2f1c9b11";
const SETTINGS = {
  EMAIL_FROM: "Taktwerk <mail@club.example>",
  EVENTS_BASE_URL: "https://taktwerk.example",
  EMAIL_PREFERENCES_SECRET: "a-secret-for-links-of-tests",
};
const SALT = "salt";

const inHours = (hours: number, from = NOW) => new Date(from.getTime() + hours * HOUR_MS);

const it = databaseTest(SETTINGS);

describe("a customer", () => {
  let db: Db;
  it.beforeEach(({ db: fresh }) => {
    db = fresh;
  });

  const use = (over: Environment) => configure({ ...SETTINGS, ...over });
  const notify = (event: BookingEvent, over: Partial<Booking> = {}, now = NOW) =>
    notifyCustomer(db, booking({ id: ID, tokenSalt: SALT, ...over }), event, now);
  const queued = () => db.select().from(emailQueue).orderBy(asc(emailQueue.id));
  const keys = async () =>
    (await queued()).map(({ dedupeKey, status }) => `${dedupeKey.replace(ID, "*")} ${status}`).sort();
  const calendarOf = (text: string | null | undefined) => {
    const calendar = new ICAL.Component(ICAL.parse(text ?? ""));
    const event = calendar.getFirstSubcomponent("vevent");
    return {
      method: calendar.getFirstPropertyValue("method"),
      status: event?.getFirstPropertyValue("status"),
      uid: event?.getFirstPropertyValue("uid"),
      sequence: event?.getFirstPropertyValue("sequence"),
      summary: event?.getFirstPropertyValue("summary"),
    };
  };

  it("who books gets a mail with a link and an invitation, and a reminder on the day before", async () => {
    await notify("booked");
    const mails = await queued();
    expect(mails).toMatchObject([
      {
        dedupeKey: `booking:${ID}:booked:0`,
        userId: null,
        recipient: "ada@club.example",
        unsubscribeUrl: null,
        scheduledAt: NOW,
        subject: "Termin bestätigt: Massage, Dienstag, 10. März 2026",
        messageId: expect.stringMatching(/^<\w{40}@club\.example>$/),
      },
      {
        dedupeKey: `booking:${ID}:reminder:0`,
        scheduledAt: new Date("2026-03-09T09:00:00Z"),
        createdAt: new Date("2026-03-09T09:00:00Z"),
        subject: "Erinnerung an deinen Termin: Massage, Dienstag, 10. März 2026",
        calendar: null,
      },
    ]);
    for (const { text } of mails) expect(text).toContain(`/booking.html#${ID}.${TOKEN_PLACEHOLDER}`);
    expect(calendarOf(mails[0]?.calendar)).toEqual({
      method: "REQUEST",
      status: "CONFIRMED",
      uid: `booking-${ID}@club.example`,
      sequence: 0,
      summary: "Massage – Praxis Nord",
    });
  });

  it("with a pending booking gets a mail about the request, and a reminder only after the confirmation", async () => {
    await notify("booked", { status: "pending" });
    const [request, ...others] = await queued();
    expect(others).toEqual([]);
    expect(request?.subject).toMatch(/^Terminanfrage erhalten/);
    expect(calendarOf(request?.calendar)).toMatchObject({ method: "REQUEST", status: "TENTATIVE" });
    await notify("confirmed", { sequence: 1 });
    const [, confirmation, reminder] = await queued();
    expect(confirmation?.subject).toMatch(/^Termin bestätigt/);
    expect(confirmation?.text).toContain(`/booking.html#${ID}.${TOKEN_PLACEHOLDER}`); // also if an operator made the change
    expect(calendarOf(confirmation?.calendar)).toMatchObject({ status: "CONFIRMED", sequence: 1 });
    expect(reminder?.dedupeKey).toBe(`booking:${ID}:reminder:1`);
  });

  it("who moves a booking gets a reminder of the new time only", async () => {
    await notify("booked");
    await notify("rescheduled", { sequence: 1, startsAt: new Date("2026-03-12T09:00:00Z") });
    await notify("rescheduled", { sequence: 2, startsAt: new Date("2026-03-11T09:00:00Z") });
    expect(await keys()).toEqual([
      "booking:*:booked:0 pending",
      "booking:*:reminder:0 skipped",
      "booking:*:reminder:1 skipped",
      "booking:*:reminder:2 pending",
      "booking:*:rescheduled:1 pending",
      "booking:*:rescheduled:2 pending",
    ]);
    const mails = await queued();
    const invitations = mails.flatMap(({ calendar }) => (calendar === null ? [] : [calendarOf(calendar)]));
    expect(new Set(invitations.map(({ uid }) => uid)).size).toBe(1);
    expect(invitations.map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
    const skipped = mails.find(({ status }) => status === "skipped");
    expect(skipped).toMatchObject({ error: "booking-changed", processedAt: NOW });
  });

  it("with a cancelled booking gets a mail about it and no reminder", async () => {
    await notify("booked");
    await notifyCustomer(db, booking({ id: randomUUID() }), "booked", NOW);
    await notify("cancelled", { sequence: 1, status: "cancelled" });
    expect((await keys()).filter((key) => key.includes("*"))).toEqual([
      "booking:*:booked:0 pending",
      "booking:*:cancelled:1 pending",
      "booking:*:reminder:0 skipped",
    ]);
    expect((await queued()).filter(({ status }) => status === "skipped").length).toBe(1);
    const cancellation = (await queued()).find(({ dedupeKey }) => dedupeKey.includes("cancelled"));
    expect(calendarOf(cancellation?.calendar)).toMatchObject({ method: "CANCEL", status: "CANCELLED", sequence: 1 });
  });

  it("gets one mail for a change that is reported twice", async () => {
    await notify("booked");
    const before = await queued();
    await notify("booked");
    expect(await queued()).toEqual(before);
  });

  it.each([
    ["a second more than an hour before it", 25 + 1 / 3600, 1],
    ["an hour before it", 25, 1],
    ["a second less than an hour before it", 25 - 1 / 3600, 0],
    ["after its time", 3, 0],
  ])("gets a reminder only if the other mail does not come shortly before it: %s", async (_, hours, reminders) => {
    await notify("booked", { startsAt: inHours(hours) });
    expect((await keys()).filter((key) => key.includes("reminder")).length).toBe(reminders);
  });

  it.each([
    ["0", undefined],
    ["2", "2026-03-10T07:00:00Z"],
    ["72", "2026-03-07T09:00:00Z"],
  ])("gets the reminder as early as configured: %s hours", async (hours, due) => {
    use({ BOOKING_REMINDER_HOURS: hours });
    await notify("booked");
    expect((await queued())[1]?.scheduledAt).toEqual(due && new Date(due));
  });

  it("does not get a reminder that a dispatcher had already claimed when the booking changed", async () => {
    await notify("booked");
    const then = new Date("2026-03-09T09:00:00Z");
    const token = randomUUID();
    const { mails } = await claimMails(db, token, 5, undefined, then);
    expect(mails.length).toBe(2);
    await notify("cancelled", { sequence: 1, status: "cancelled" }, then);
    const reminder = (await queued()).find(({ dedupeKey }) => dedupeKey.includes("reminder"));
    expect(
      (
        await markHandedOver(
          db,
          token,
          mails.map(({ id }) => id),
          then,
        )
      ).has(reminder?.id ?? 0),
    ).toBe(false);
    const sent = {
      status: "sent",
      error: null,
      failure: null,
      failedAfterRetries: false,
      retryAt: null,
      suppress: null,
    };
    await recordOutcomes(
      db,
      token,
      mails.map(({ id }) => ({ id, ...sent, status: "sent" })),
      undefined,
      then,
    );
    expect(await keys()).toEqual([
      "booking:*:booked:0 sent",
      "booking:*:cancelled:1 pending",
      "booking:*:reminder:0 skipped",
    ]);
  });

  it.each([
    [{ status: "failed", failure: "connection", failedAfterRetries: true }, "skipped"],
    [{ status: "retrying", failure: "transient" }, "skipped"],
    [{ status: "pending", handedOverAt: NOW }, "pending"],
    [{ status: "failed", failure: "permanent" }, "failed"],
    [{ status: "sent" }, "sent"],
  ])("with a reminder %j has it %s after a change", async (state, after) => {
    await notify("booked");
    await db.update(emailQueue).set(state);
    await notify("cancelled", { sequence: 1, status: "cancelled" });
    expect(await keys()).toContain(`booking:*:reminder:0 ${after}`);
  });

  it.each([
    [{ EMAIL_FROM: "" }, "taktwerk.example", "no-reply@taktwerk.example", true],
    [{ EMAIL_FROM: "", EVENTS_BASE_URL: "" }, "taktwerk.invalid", "no-reply@taktwerk.invalid", false],
    [{ EMAIL_FROM: "mail@x.example" }, "x.example", "mail@x.example", true],
    [{ EMAIL_PREFERENCES_SECRET: "" }, "club.example", "mail@club.example", false],
    [{ EMAIL_PREFERENCES_SECRET: "", CRON_SECRET: "a-secret-of-crons" }, "club.example", "mail@club.example", true],
  ])("can book with any mail settings: %j", async (over, domain, organizer, linked) => {
    use(over);
    await notify("booked");
    const [mail] = await queued();
    expect(mail?.messageId.endsWith(`@${domain}>`)).toBe(true);
    expect(mail?.calendar?.replaceAll("\r\n ", "")).toContain(`:mailto:${organizer}\r\n`);
    expect(mail?.calendar).toContain(`UID:booking-${ID}@${domain}`);
    expect(mail?.text.includes("booking.html#")).toBe(linked);
  });

  it("receives the mail with a readable invitation, and the reminder at its time", async () => {
    const server = await smtpSink();
    onTestFinished(() => server.close());
    useServer(server.port, SETTINGS);
    await notify("booked", { serviceName: "Thai-Massage, groß; \\o/ 🏋️" });
    expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 1, remaining: 0 });
    const mail = await PostalMime.parse(server.mails[0]?.raw ?? "");
    expect(mail.subject).toBe("Termin bestätigt: Thai-Massage, groß; \\o/ 🏋️, Dienstag, 10. März 2026");
    const links = [mail.text, mail.html].map((body) =>
      body?.includes(`https://taktwerk.example/booking.html#${ID}.${makeLinkToken(bookingSeed(ID, SALT))}`),
    );
    expect(links).toEqual([true, true]);
    for (const { content } of mail.attachments) {
      const calendar = Buffer.from(content as ArrayBuffer).toString();
      expect(calendarOf(calendar)).toMatchObject({
        method: "REQUEST",
        uid: `booking-${ID}@club.example`,
        summary: "Thai-Massage, groß; \\o/ 🏋️ – Praxis Nord",
      });
    }
    expect(mail.attachments.map(({ mimeType }) => mimeType)).toEqual(["text/calendar", "application/ics"]);
    expect(await fireDispatch(db, new Date("2026-03-09T09:00:00Z"))).toMatchObject({ processed: 1 });
    const reminder = await PostalMime.parse(server.mails[1]?.raw ?? "");
    expect(reminder).toMatchObject({ date: "2026-03-09T09:00:00.000Z", attachments: [] });
  });

  it("who is forgotten gets no mail", async () => {
    await notify("booked");
    await notify("cancelled", { sequence: 1, status: "cancelled", customerEmail: "", customerName: "" });
    expect(await keys()).toEqual(["booking:*:booked:0 pending", "booking:*:reminder:0 skipped"]);
  });
});
