import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { type NewMail, queueMails } from "../../../lib/mail/queue/enqueue.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";

/** For each key one mail is ever queued; while it waits, its content is kept current. */

const NOW = new Date("2026-02-09T06:00:00Z");
const LATER = new Date("2026-02-09T12:00:00Z");

const mail = (key: string, over: Partial<NewMail> = {}): NewMail => ({
  dedupeKey: key,
  userId: null,
  recipient: `${key}@club.example`,
  subject: "Deine Wochenbilanz ist da!",
  text: "12 Punkte",
  html: "<p>12 Punkte</p>",
  unsubscribeUrl: `https://taktwerk.example/out?token=${key}`,
  ...over,
});

describe.each(DATABASES)("queueing mails on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => empty(db));

  const queue = (mails: NewMail[], now = NOW, domain = "club.example") => queueMails(db, mails, domain, now);
  const queued = () => db.select().from(emailQueue).orderBy(asc(emailQueue.dedupeKey));

  it("makes each mail due at once and untried", async () => {
    expect(await queue([mail("a"), mail("b")])).toEqual(new Set(["a", "b"]));
    expect(await queued()).toMatchObject(
      ["a", "b"].map((key) => ({
        ...mail(key),
        status: "pending",
        attempts: 0,
        scheduledAt: NOW,
        createdAt: NOW,
        leaseToken: null,
        processedAt: null,
      })),
    );
  });

  it("of no mails does nothing", async () => {
    expect(await queue([])).toEqual(new Set());
  });

  it("again with the same keys changes nothing, and returns the new keys", async () => {
    await queue([mail("a")]);
    const before = await queued();
    expect(await queue([mail("a"), mail("b")], LATER)).toEqual(new Set(["b"]));
    expect((await queued())[0]).toEqual(before[0]);
    expect(await db.$count(emailQueue)).toBe(2);
  });

  it("with the same key twice in a call makes one mail", async () => {
    expect(await queue([mail("a"), mail("a")])).toEqual(new Set(["a"]));
    expect(await db.$count(emailQueue)).toBe(1);
  });

  it("in several calls at once makes one mail for each key", async () => {
    const mails = Array.from({ length: 30 }, (_, n) => mail(`k${n}`));
    const firsts = await Promise.all([queue(mails), queue(mails.toReversed()), queue(mails)]);
    expect(firsts.reduce((sum, keys) => sum + keys.size, 0)).toBe(30);
    expect(await db.$count(emailQueue)).toBe(30);
  });

  const change = {
    recipient: "new@club.example",
    subject: "Neu",
    text: "820 Punkte",
    html: "<p>820</p>",
    unsubscribeUrl: null,
    calendar: "BEGIN:VCALENDAR",
    inlineImage: "iVBORw0KGgo=",
  };

  it("updates a waiting untried mail, and keeps its position and its Message-ID", async () => {
    await queue([mail("a")]);
    const [before] = await queued();
    expect(await queue([mail("a", change)], LATER)).toEqual(new Set());
    expect(await queued()).toEqual([{ ...before, ...change }]);
  });

  it("updates a waiting mail of which only the image has changed or was removed", async () => {
    await queue([mail("a", { inlineImage: "b2xk" })]);
    for (const inlineImage of ["bmV3", null]) {
      await queue([mail("a", { inlineImage })]);
      expect(await queued()).toMatchObject([{ inlineImage }]);
    }
  });

  it.each([
    ["was tried before", { attempts: 1 }],
    ["will be tried again", { status: "retrying", attempts: 1 }],
    ["is being sent", { leaseToken: "00000000-0000-4000-8000-000000000001", leaseUntil: LATER }],
    ["was sent", { status: "sent", attempts: 1, processedAt: NOW }],
    ["failed", { status: "failed", attempts: 3, failedAfterRetries: true, error: "mailbox full" }],
    ["was skipped", { status: "skipped" }],
  ])("does not change a mail that %s", async (_, state) => {
    await queue([mail("a")]);
    await db.update(emailQueue).set(state).where(eq(emailQueue.dedupeKey, "a"));
    const before = await queued();
    expect(await queue([mail("a", change)], LATER)).toEqual(new Set());
    expect(await queued()).toEqual(before);
  });

  const NEXT_WEEK = new Date("2026-02-16T06:00:00Z");

  it("for later makes a mail due then, with that date", async () => {
    expect(await queue([mail("a", { scheduledAt: NEXT_WEEK }), mail("b")])).toEqual(new Set(["a", "b"]));
    expect((await queued()).map(({ scheduledAt, createdAt }) => [scheduledAt, createdAt])).toEqual([
      [NEXT_WEEK, NEXT_WEEK],
      [NOW, NOW],
    ]);
  });

  it("for a past time makes a mail due at once", async () => {
    await queue([mail("a", { scheduledAt: NOW })], LATER);
    expect(await queued()).toMatchObject([{ scheduledAt: LATER, createdAt: LATER }]);
  });

  it.each([
    ["later, for another time", NOW, { scheduledAt: NEXT_WEEK }, NEXT_WEEK],
    ["for another time", NEXT_WEEK, { scheduledAt: LATER }, LATER],
    ["for now", NEXT_WEEK, {}, NOW],
  ])("again, %s, moves the mail", async (_, first, over, due) => {
    await queue([mail("a", { scheduledAt: first })]);
    expect(await queue([mail("a", over)])).toEqual(new Set());
    expect(await queued()).toMatchObject([{ scheduledAt: due, createdAt: due }]);
  });

  it("gives each key one Message-ID, the same at any time and for any content", async () => {
    await queue([mail("a"), mail("b")]);
    const [a, b] = await queued();
    expect(a?.messageId).toMatch(/^<[0-9a-f]{40}@club\.example>$/);
    expect(b?.messageId).not.toBe(a?.messageId);
    await empty(db);
    await queue([mail("a", change)], LATER);
    expect((await queued())[0]?.messageId).toBe(a?.messageId);
  });

  it("keeps any text unchanged", async () => {
    const odd = `Zoë 🏋️ \\ ' " $1 %s \${x}\r\n${"x".repeat(100_000)}`;
    await queue([mail("a", { text: odd, html: odd })]);
    expect((await queued())[0]).toMatchObject({ text: odd, html: odd });
  });
});
