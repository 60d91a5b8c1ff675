import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { emailSuppressions } from "../../../lib/mail/schema.ts";
import { type Answer, DROP, type Script, type Step, smtpScript } from "../../fakes/smtp-script.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { afterMinutes, fireDispatch, mail, NOW, queue, queued, useServer } from "../../support/mail/dispatch-run.ts";

/** What the queue records for each reply of a server. */

const ADA = "ada@club.example";
const MINUTE = 60_000;

describe.each(DATABASES)("a reply of the server, on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => empty(db));

  async function serve(script: Script) {
    const server = await smtpScript(script);
    onTestFinished(() => server.close());
    useServer(server.port);
    return server;
  }
  const toAda =
    (where: Step, answer: Answer): Script =>
    (step, _, recipient) =>
      step === where && recipient === ADA ? answer : undefined;
  const ada = async () => (await queued(db)).find(({ recipient }) => recipient === ADA);

  it.each([
    ["RCPT", "450 4.2.0 come back"],
    ["RCPT", "garbage"],
    ["RCPT", DROP],
    ["DATA", "451 4.3.0 trouble"],
    ["DATA", "421 4.3.2 shutting down"],
    ["content", "451 4.3.0 trouble"],
    ["content", "421 4.3.2 shutting down"],
  ] as [Step, Answer][])(
    "%s: %s makes that mail be tried again after 1 and 2 minutes, and then fail",
    async (step, answer) => {
      const server = await serve(toAda(step, answer));
      await queue(db, [mail("ada"), mail("bob"), mail("cid")]);
      const counts = await fireDispatch(db, NOW, { limit: 5 });
      expect(counts).toMatchObject({ processed: 2, retrying: 1, failed: 0, remaining: 1 });
      const error = answer === DROP ? expect.stringMatching(/\S/) : answer;
      expect(await ada()).toMatchObject({
        status: "retrying",
        attempts: 1,
        error,
        leaseToken: null,
        handedOverAt: null,
      });
      let now = NOW;
      for (const minutes of [1, 2]) {
        const due = (await ada())?.scheduledAt ?? NOW;
        expect(due.getTime() - now.getTime()).toBeGreaterThanOrEqual(minutes * MINUTE);
        expect(due.getTime() - now.getTime()).toBeLessThanOrEqual(minutes * MINUTE * 1.25);
        expect(await fireDispatch(db, new Date(due.getTime() - 1))).toMatchObject({
          retrying: 0,
          failed: 0,
          remaining: 1,
        });
        now = due;
        await queue(db, [mail(`with-${minutes}`)], now);
        await fireDispatch(db, now, { limit: 5 }); // one batch
      }
      expect(await ada()).toMatchObject({ status: "failed", attempts: 3, failedAfterRetries: true, error });
      expect(await ada()).toMatchObject({ failure: "transient" });
      await queue(db, [mail("later")], afterMinutes(60));
      expect(await fireDispatch(db, afterMinutes(60))).toMatchObject({ processed: 1, remaining: 0 });
      expect(await fireDispatch(db, afterMinutes(75))).toMatchObject({ processed: 0, remaining: 0 });
      expect(server.taken.length).toBe(5);
    },
  );

  it.each(["RCPT", "content"] as const)("%s: a delay that the server names is respected", async (step) => {
    await serve(toAda(step, "450 4.7.1 try again in 5 minutes"));
    await queue(db, [mail("ada")]);
    await fireDispatch(db, NOW);
    expect((await ada())?.scheduledAt).toEqual(afterMinutes(5));
  });

  it.each([
    ["RCPT", "550 5.7.1 not with me"],
    ["RCPT", "552 5.2.2 full"],
    ["RCPT", "554 5.0.0 no"],
    ["MAIL", "550 5.1.1 no such user"],
    ["content", "554 5.6.0 spam"],
    ["content", "552 5.3.4 too big"],
  ] as [Step, string][])(
    "%s: %s makes the mail fail at once, without suppressing the address",
    async (step, answer) => {
      const once = (where: Step): Answer => (where === step ? answer : undefined);
      const server = await serve(once);
      await queue(db, [mail("ada")]);
      expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 0, retrying: 0, failed: 1, remaining: 0 });
      const failed = { status: "failed", failure: "permanent", error: answer, failedAfterRetries: false, attempts: 1 };
      expect(await ada()).toMatchObject(failed);
      expect(await db.$count(emailSuppressions)).toBe(0);
      await fireDispatch(db, afterMinutes(60));
      expect(server.connections()).toBe(1);
    },
  );

  it.each([
    "550 5.1.1 no such user",
    "550-5.1.1 The account\r\n550 5.1.1 does not exist",
    "550 User unknown",
    "553 no such mailbox here",
  ])("RCPT: %s suppresses the address in any case", async (answer) => {
    const server = await serve(toAda("RCPT", answer));
    await queue(db, [mail("ada")]);
    await fireDispatch(db, NOW);
    expect(await ada()).toMatchObject({ status: "failed", failure: "permanent", failedAfterRetries: false });
    const later = ["ADA@Club.Example", ADA, "ada2@club.example"];
    await queue(
      db,
      later.map((recipient, n) => mail(`later${n}`, { recipient })),
      afterMinutes(15),
    );
    expect(await fireDispatch(db, afterMinutes(15))).toMatchObject({ processed: 1, skipped: 2, remaining: 0 });
    expect((await queued(db)).slice(1).map(({ status, error }) => [status, error])).toEqual([
      ["skipped", "address-suppressed"],
      ["skipped", "address-suppressed"],
      ["sent", null],
    ]);
    expect(server.taken.length).toBe(1);
  });

  it.each(["garbage", DROP, "999 bottles"])(
    "content: %s makes the delivery unknown, and the mail is not sent again",
    async (answer) => {
      const server = await serve(toAda("content", answer));
      await queue(db, [mail("ada"), mail("bob")]);
      expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 1, failed: 1, retrying: 0 });
      expect(await ada()).toMatchObject({ status: "failed", failure: "unknown", error: "delivery-unknown" });
      await fireDispatch(db, afterMinutes(600));
      expect(server.seen.length).toBe(2);
    },
  );

  it.each(["550 5.7.1 \0no\u0007 way\r", `550 5.7.1 ${"x".repeat(489)}🏋️🏋️`, "550 5.7.1 \ud83d half"])(
    "with characters that no database stores is recorded all the same: %j",
    async (answer) => {
      const server = await serve(toAda("RCPT", answer));
      await queue(db, [mail("ada"), mail("bob")]);
      expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 1, failed: 1 });
      expect((await ada())?.error).toMatch(/^550 5\.7\.1/);
      expect(server.taken.length).toBe(1);
    },
  );

  it.each([
    ["greeting", "554 5.7.1 go away"],
    ["greeting", "421 4.3.2 busy"],
    ["greeting", "garbage"],
    ["greeting", DROP],
    ["MAIL", "421 4.3.2 shutting down"],
    ["RCPT", DROP],
  ] as [Step, string][])(
    "%s: %s for all mails ends the run, and counts an attempt only for claimed mails",
    async (step, answer) => {
      const server = await serve((where) => (where === step ? answer : undefined));
      await queue(db, 35);
      const counts = await fireDispatch(db, NOW, { limit: 35 });
      expect(counts).toMatchObject({ processed: 0, failed: 0, remaining: 35 });
      expect(counts.unreachable).toMatch(answer === DROP ? /\S/ : answer);
      const charged = (await queued(db)).filter(({ attempts }) => attempts > 0);
      expect(charged.length).toBe(counts.retrying);
      expect(charged.length).toBeLessThanOrEqual(30); // batches that were claimed already
      expect(server.seen).toEqual([]);
    },
  );
});
