import { createServer } from "node:net";
import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished } from "vitest";
import { readMailStats, readQueue, readRecentMails } from "../../../lib/admin/mail-summary.ts";
import { forgetOldMails } from "../../../lib/mail/queue/retention.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { smtpScript } from "../../fakes/smtp-script.ts";
import { smtpSink } from "../../fakes/smtp-sink.ts";
import { doorOf } from "../../fakes/tcp-relay.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { afterMinutes, fireDispatch, mail, NOW, queue, queued, useServer } from "../../support/mail/dispatch-run.ts";

const it = databaseTest();

/** Mails that are queued for later, as reminders are. */

const DAY = 1440;
const afterDays = (days: number) => afterMinutes(days * DAY);

describe("a mail for later", () => {
  const later = (key: string, days: number) => mail(key, { scheduledAt: afterDays(days) });
  async function serve() {
    const server = await smtpSink();
    onTestFinished(() => server.close());
    useServer(server.port);
    return server;
  }

  it("is sent when it is due and not before, with that date", async ({ db }) => {
    const server = await serve();
    await queue(db, [later("reminder", 60)]);
    expect(await fireDispatch(db, new Date(afterDays(60).getTime() - 1))).toMatchObject({ processed: 0, remaining: 0 });
    expect(await fireDispatch(db, afterDays(60))).toMatchObject({ processed: 1, remaining: 0 });
    expect(server.mails[0]?.raw.toString()).toContain("\r\nDate: Fri, 10 Apr 2026 06:00:00 +0000\r\n");
  });

  it("is skipped if it has expired, for example after an outage", async ({ db }) => {
    const server = await serve();
    const expiring = (key: string, minutes: number) => mail(key, { expiresAt: afterMinutes(minutes) });
    await queue(db, [expiring("over", 60), expiring("still", 61)]);
    expect(await fireDispatch(db, afterMinutes(60))).toMatchObject({ processed: 1, skipped: 1, remaining: 0 });
    expect(await queued(db)).toMatchObject([{ status: "skipped", error: "expired" }, { status: "sent" }]);
    expect(server.mails).toHaveLength(1);
  });

  it("keeps its date if it must be tried again, and then counts as remaining", async ({ db }) => {
    const server = await smtpScript((step) => (step === "RCPT" ? "450 4.2.0 come back" : undefined));
    onTestFinished(() => server.close());
    useServer(server.port);
    await queue(db, [later("reminder", 7)]);
    expect(await fireDispatch(db, afterDays(7))).toMatchObject({ retrying: 1, remaining: 1 });
    const [tried] = await queued(db);
    expect(tried?.createdAt).toEqual(afterDays(7));
    expect(tried?.scheduledAt.getTime()).toBeGreaterThan(afterDays(7).getTime());
  });

  it("is kept until it is sent, and then as long as any other", async ({ db }) => {
    await queue(db, [later("reminder", 300)]);
    expect(await forgetOldMails(db, afterDays(299), 30, 100)).toEqual({ emptied: 0, deleted: 0 });
    await db.update(emailQueue).set({ status: "sent", processedAt: afterDays(300) });
    expect(await forgetOldMails(db, afterDays(330), 30, 100)).toEqual({ emptied: 0, deleted: 0 });
    expect(await forgetOldMails(db, afterDays(331), 30, 100)).toEqual({ emptied: 1, deleted: 0 });
    expect(await forgetOldMails(db, afterDays(431), 30, 100)).toEqual({ emptied: 0, deleted: 1 });
  });

  it("does not prevent the test whether the server is back", async ({ db }) => {
    const { port } = await doorOf(createServer()); // closed
    useServer(port);
    await queue(db, [mail("summary"), later("reminder", 7)]);
    for (const minutes of [0, 15, 30]) await fireDispatch(db, afterMinutes(minutes));
    expect((await queued(db)).map(({ status }) => status).sort()).toEqual(["failed", "pending"]);
    const server = await smtpSink({}, port);
    onTestFinished(() => server.close());
    expect(await fireDispatch(db, afterMinutes(45))).toMatchObject({ processed: 1, remaining: 0 });
    expect((await queued(db)).map(({ status }) => status).sort()).toEqual(["pending", "sent"]);
  });

  it("is reported apart from waiting mails, and not as a recent mail", async ({ db }) => {
    await queue(db, [mail("now"), mail("again"), later("soon", 0.01), later("reminder", 60)]);
    const retrying = { status: "retrying", attempts: 1, scheduledAt: afterMinutes(2) };
    await db.update(emailQueue).set(retrying).where(eq(emailQueue.dedupeKey, "again"));
    expect(await readQueue(db, NOW, 1, 900_000)).toMatchObject({
      waiting: 2,
      due: 1,
      scheduled: 2,
      secondsToDrain: 2 * 900,
    });
    expect(await readMailStats(db, NOW)).toMatchObject([
      { status: "pending", count: 1 },
      { status: "retrying", count: 1 },
    ]);
    expect((await readRecentMails(db, NOW)).length).toBe(2);
    expect((await readRecentMails(db, afterDays(0.5))).length).toBe(3);
  });
});
