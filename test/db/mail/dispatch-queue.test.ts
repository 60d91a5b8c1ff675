import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { type Sink, smtpSink } from "../../fakes/smtp-sink.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { afterMinutes, fireDispatch, mail, NOW, queue, queued, useServer } from "../../support/mail/dispatch-run.ts";
import { addUsers } from "../../worlds/club.ts";

/** Which mails a run sends, and which it leaves. */

const LEAVE = "https://taktwerk.example/out?token=t";

describe.each(DATABASES)("a dispatcher on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  let server: Sink;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
    server = await smtpSink();
  });
  afterAll(() => Promise.all([connection.close(), server.close()]));
  beforeEach(async () => {
    useServer(server.port);
    server.mails.length = 0;
    await empty(db);
  });
  const states = async () => (await queued(db)).map(({ status, error }) => [status, error]);

  it.each([
    ["false", { notifications: { email: false } }, "skipped"],
    ['"false"', { notifications: { email: "false" } }, "skipped"],
    ["true", { notifications: { email: true } }, "sent"],
    ["nothing", {}, "sent"],
    ["null", { notifications: null }, "sent"],
    ["a text for notifications", { notifications: "none" }, "sent"],
    ["an array for notifications", { notifications: [false, "email"] }, "sent"],
    ["an object for email", { notifications: { email: { weekly: false } } }, "sent"],
    ["an array for everything", [], "sent"],
    ["a number for everything", 7, "sent"],
  ])("with a preference of %s that was set after queueing: the mail is %3$s", async (_, preferences, status) => {
    await addUsers(db, "ada");
    await queue(db, [mail("ada", { userId: "ada", unsubscribeUrl: LEAVE })]);
    await db.execute(sql`update users set preferences = ${JSON.stringify(preferences)}::jsonb`);
    const counts = await fireDispatch(db, NOW);
    expect(counts).toMatchObject(status === "sent" ? { processed: 1, skipped: 0 } : { processed: 0, skipped: 1 });
    expect(await states()).toEqual([[status, status === "sent" ? null : "email-notifications-disabled"]]);
    expect(server.mails.length).toBe(status === "sent" ? 1 : 0);
  });

  it("sends mails without an unsubscribe link despite an opt-out, and mails to people without an account", async () => {
    await addUsers(db, { id: "ada", preferences: { notifications: { email: false } } });
    await queue(db, [mail("booking", { userId: "ada" }), mail("guest", { unsubscribeUrl: LEAVE })]);
    expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 2, skipped: 0 });
  });

  it.each([1, 3, 5, 6, 12, 23])(
    "with a limit of %i sends that many, oldest first, and counts the rest",
    async (limit) => {
      for (let n = 0; n < 5; n += 1) {
        await queue(
          db,
          Array.from({ length: 5 }, (_, of) => mail(`${n}-${of}`)),
          afterMinutes(-n),
        );
      }
      const order = (await queued(db)).toReversed().map(({ scheduledAt }) => scheduledAt.getTime());
      expect(await fireDispatch(db, NOW, { limit })).toMatchObject({ processed: limit, remaining: 25 - limit });
      const sent = (await queued(db)).filter(({ status }) => status === "sent");
      const oldest = [...order].sort((a, b) => a - b).slice(0, limit);
      expect(sent.map(({ scheduledAt }) => scheduledAt.getTime()).sort((a, b) => a - b)).toEqual(oldest);
    },
  );

  it("without a limit sends the configured number, 25 by default", async () => {
    await queue(db, 60);
    expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 25, remaining: 35 });
    useServer(server.port, { EMAIL_DISPATCH_LIMIT: "7" });
    expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 7, remaining: 28 });
  });

  it("refuses a limit of 0", async () => {
    await expect(fireDispatch(db, NOW, { limit: 0 })).rejects.toThrow(/limit/);
  });

  it("leaves mails that are due later or claimed by another dispatcher", async () => {
    await queue(db, [mail("now"), mail("later"), mail("claimed"), mail("dropped"), mail("unknown")]);
    const token = "00000000-0000-4000-8000-000000000001";
    const set = (key: string, state: Partial<typeof emailQueue.$inferInsert>) =>
      db.update(emailQueue).set(state).where(sql`dedupe_key = ${key}`);
    await set("later", { scheduledAt: afterMinutes(1) });
    await set("claimed", { leaseToken: token, leaseUntil: afterMinutes(1), attempts: 1 });
    await set("dropped", { leaseToken: token, leaseUntil: afterMinutes(-1), attempts: 2 });
    await set("unknown", { leaseToken: token, leaseUntil: afterMinutes(1), handedOverAt: NOW, attempts: 1 });
    expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 2, failed: 0, remaining: 2 }); // claimed, unknown
    const mails = new Map((await queued(db)).map((row) => [row.dedupeKey, row]));
    expect(mails.get("later")).toMatchObject({ status: "pending", attempts: 0 });
    expect(mails.get("claimed")).toMatchObject({ status: "pending", attempts: 1, leaseToken: token });
    expect(mails.get("dropped")).toMatchObject({ status: "sent", attempts: 3 });
    expect(mails.get("unknown")).toMatchObject({ status: "pending", attempts: 1, leaseToken: token });
    await fireDispatch(db, afterMinutes(2));
    expect((await states()).sort()).toEqual([
      ["failed", "delivery-unknown"],
      ["sent", null],
      ["sent", null],
      ["sent", null],
      ["sent", null],
    ]);
  });

  it("gives up on a mail that was abandoned three times", async () => {
    await queue(db, 1);
    await db.update(emailQueue).set({ leaseUntil: afterMinutes(-1), attempts: 3 });
    expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 0, failed: 1, remaining: 0 });
    expect((await queued(db))[0]).toMatchObject({ status: "failed", failedAfterRetries: true });
    expect(server.mails).toEqual([]);
  });

  it("needs at most three statements for a batch", async () => {
    await queue(db, 5);
    const statements: string[] = [];
    const dialect = new PgDialect();
    const execute = db.execute.bind(db);
    db.execute = ((statement: SQL) => {
      const { sql: text } = dialect.sqlToQuery(statement);
      if (/email_(queue|rate)/.test(text)) statements.push(text.trim().slice(0, 40));
      return execute(statement);
    }) as Db["execute"];
    await fireDispatch(db, NOW, { limit: 5 }).finally(() => {
      db.execute = execute;
    });
    expect(server.mails.length).toBe(5);
    const around = 4; // abandoned mails, waiting mails, unreached mails, waiting mails at the end
    expect(statements.length).toBeLessThanOrEqual(3 + around);
  });

  it("sends a mail with the same Message-ID and date on every attempt", async () => {
    await queue(db, 2);
    await rows(db, sql`update email_queue set attempts = 2, status = 'retrying'`);
    await fireDispatch(db, afterMinutes(600));
    const mails = await queued(db);
    expect(server.mails.map(({ messageId }) => messageId).sort()).toEqual(
      mails.map(({ messageId }) => messageId).sort(),
    );
    for (const { raw } of server.mails) expect(raw.toString()).toContain("Date: Mon, 09 Feb 2026 06:00:00 +0000");
  });
});
