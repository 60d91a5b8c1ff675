import { createServer } from "node:net";
import { describe, expect, onTestFinished } from "vitest";
import { mailConditions } from "../../lib/mail/conditions.ts";
import { DROP, SILENCE, smtpScript } from "../fakes/smtp-script.ts";
import { smtpSink } from "../fakes/smtp-sink.ts";
import { doorOf } from "../fakes/tcp-relay.ts";
import { databaseTest } from "../support/database/database-test.ts";
import { afterMinutes, fireDispatch, mail, NOW, queue, queued, useServer } from "../support/mail/dispatch-run.ts";

const it = databaseTest();

/** A mail server that is unreachable for a while. */

describe("while the mail server", () => {
  it.for([
    ["few mails", 7],
    ["many mails", 160],
  ] as const)("is unreachable for a day, %s wait, and each is sent once when it is back", async ([_, many], { db }) => {
    const { port } = await doorOf(createServer()); // closed
    useServer(port);
    await queue(db, many);
    let firing = 0;
    for (; firing < 96; firing += 1) {
      const counts = await fireDispatch(db, afterMinutes(firing * 15));
      expect(counts.processed).toBe(0);
      if (counts.retrying !== 0 || firing < 3) expect(counts.unreachable).toMatch("ECONNREFUSED");
    }
    const away = await mailConditions(db, afterMinutes(firing * 15));
    expect(away.map(({ key }) => key)).toEqual(expect.arrayContaining(["mail:given-up", "mail:unreachable"]));
    const server = await smtpSink({}, port);
    onTestFinished(() => server.close());
    for (let remaining: unknown = 1; remaining !== 0 && firing < 200; firing += 1) {
      ({ remaining } = await fireDispatch(db, afterMinutes(firing * 15)));
    }
    const mails = await queued(db);
    expect(mails.filter(({ status }) => status !== "sent")).toEqual([]);
    expect(server.mails.map(({ messageId }) => messageId).sort()).toEqual(
      mails.map(({ messageId }) => messageId).sort(),
    );
    await fireDispatch(db, afterMinutes(firing * 15));
    expect(server.mails.length).toBe(many);
    expect(await mailConditions(db, afterMinutes((firing + 96) * 15))).toEqual([]);
  });

  it("is unreachable until mails are emptied, these are not sent any more", async ({ db }) => {
    const { port } = await doorOf(createServer());
    useServer(port);
    await queue(db, [mail("old")]);
    for (const minutes of [0, 15, 30]) await fireDispatch(db, afterMinutes(minutes));
    const { forgetOldMails } = await import("../../lib/mail/queue/retention.ts");
    expect(await forgetOldMails(db, afterMinutes(40 * 1440), 30, 100)).toEqual({ emptied: 1, deleted: 0 });
    const server = await smtpSink({}, port);
    onTestFinished(() => server.close());
    await queue(db, [mail("new")], afterMinutes(40 * 1440));
    expect(await fireDispatch(db, afterMinutes(40 * 1440))).toMatchObject({ processed: 1, remaining: 0 });
    expect(await fireDispatch(db, afterMinutes(40 * 1440 + 15))).toMatchObject({
      processed: 0,
      failed: 0,
      remaining: 0,
    });
    expect(server.mails.map(({ to }) => to)).toEqual([["new@club.example"]]);
  });

  it("breaks the connection for one mail only, that mail fails after its retries", async ({ db }) => {
    const server = await smtpScript((step, _, to) => (step === "RCPT" && to === "ada@club.example" ? DROP : undefined));
    onTestFinished(() => server.close());
    useServer(server.port);
    await queue(db, [mail("ada")]);
    for (let firing = 0; firing < 8; firing += 1) {
      const now = afterMinutes(firing * 15);
      await queue(db, [mail(`b${firing}`)], now);
      await fireDispatch(db, now, { limit: 5 });
    }
    expect((await queued(db))[0]).toMatchObject({ status: "failed", failedAfterRetries: true, attempts: 3 });
    expect(server.commands.filter((command) => command.includes("ada")).length).toBe(3);
    expect(server.taken.length).toBe(8);
  });

  it("does not reply for one recipient, the others get their mails at the first attempt", async ({ db }) => {
    const server = await smtpScript((step, _, to) =>
      step === "RCPT" && to === "ada@club.example" ? SILENCE : undefined,
    );
    onTestFinished(() => server.close());
    useServer(server.port);
    await queue(db, [mail("ada"), ...["bob", "cid", "dan", "eve"].map((name) => mail(name))]);
    expect(await fireDispatch(db, NOW)).toMatchObject({ processed: 4, retrying: 1 });
    expect((await queued(db))[0]).toMatchObject({ status: "retrying", error: "Timeout", failure: "transient" });
    expect(server.taken.length).toBe(4);
  });
});
