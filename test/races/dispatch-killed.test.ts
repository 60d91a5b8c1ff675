import { describe, expect, it, onTestFinished } from "vitest";
import { mailConditions } from "../../lib/mail/conditions.ts";
import { type Script, SILENCE, type Step, smtpScript } from "../fakes/smtp-script.ts";
import { CLAIM, HAND_OVER, type KillAtStatement, SETTLE, startDispatch } from "../support/children/dispatch-process.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { afterMinutes, fireDispatch, mail, NOW, queue, queued, useServer } from "../support/mail/dispatch-run.ts";

/** A dispatcher that is killed loses no mail, and no mail is sent twice. */

const AFTER_THE_LEASE = afterMinutes(15);
/** The first in the queue. */
const VICTIM = "ada@club.example";

async function setUp(script: (hit: () => void) => Script = () => () => undefined) {
  let hit = () => {};
  const server = await smtpScript(script(() => hit()));
  const connection = await freshPostgres();
  onTestFinished(() => Promise.all([server.close(), connection.close()]).then(() => {}));
  useServer(server.port);
  /** Starts a dispatcher that is killed by the server's script, or at one of its statements. */
  const killed = async (killPoint?: KillAtStatement, at = NOW) => {
    const { child, ended } = startDispatch({ url: connection.url, port: server.port, at, killAt: killPoint });
    hit = () => void child.kill("SIGKILL");
    expect(await ended).toMatchObject({ signal: "SIGKILL" });
  };
  return { server, db: connection.db, killed };
}

/** Kills the dispatcher at a step of the mail to the victim, without a reply. */
const killAt =
  (at: Step) =>
  (hit: () => void): Script => {
    let done = false;
    return (step, _, recipient) => {
      if (step !== at || recipient !== VICTIM || done) return undefined;
      done = true;
      hit();
      return SILENCE;
    };
  };

const innocents = () => Array.from({ length: 7 }, (_, n) => mail(`innocent${n}`));
const big = "Liegestütze ".repeat(400_000);

describe("a dispatcher that is killed", () => {
  it.each([
    ["after it has claimed mails, before it connects", { statement: CLAIM, moment: "after" }],
    ["before it marks mails as handed over", { statement: HAND_OVER, moment: "before" }],
  ] as [string, KillAtStatement][])(
    "%s leaves its mails to the next one, which sends them once",
    async (_, killPoint) => {
      const { server, db, killed } = await setUp();
      await queue(db, 8);
      await killed(killPoint);
      expect(server.seen).toEqual([]);
      expect(await fireDispatch(db, NOW)).toMatchObject({ failed: 0 }); // mails with a live lease are left alone
      expect(await fireDispatch(db, AFTER_THE_LEASE)).toMatchObject({ failed: 0, remaining: 0 });
      const mails = await queued(db);
      expect(mails.every(({ status }) => status === "sent")).toBe(true);
      expect(server.taken.sort()).toEqual(mails.map(({ messageId }) => messageId).sort());
    },
  );

  it.each(["RCPT", "DATA"] as const)(
    "after %s leaves that mail and the others of its batch to the next one, which sends them once",
    async (at) => {
      const { server, db, killed } = await setUp(killAt(at));
      await queue(db, [mail("ada"), ...innocents()]);
      await killed();
      const batch = (await queued(db)).slice(0, 5);
      expect(batch.every(({ handedOverAt, attempts }) => handedOverAt === null && attempts === 1)).toBe(true);
      await fireDispatch(db, AFTER_THE_LEASE);
      const mails = await queued(db);
      for (const { status, attempts } of mails.slice(0, 5))
        expect({ status, attempts }).toEqual({ status: "sent", attempts: 2 });
      expect(new Set(server.seen).size).toBe(server.seen.length);
      // Each mail of the other batch, which was not delayed, is sent or unknown.
      for (const { status, error, messageId } of mails) {
        if (status === "sent") expect(server.taken).toContain(messageId);
        else expect({ status, error }).toEqual({ status: "failed", error: "delivery-unknown" });
      }
    },
  );

  it.each([
    ["in the middle of the content", "part"],
    ["when the server has the content and has not replied", "content"],
  ] as const)("%s leaves the delivery of that mail unknown, and it is not sent again", async (_, at) => {
    const { server, db, killed } = await setUp(killAt(at));
    await queue(db, [mail("ada", { text: big, html: big })]);
    await killed();
    await queue(db, innocents());
    expect(await fireDispatch(db, AFTER_THE_LEASE)).toMatchObject({ processed: 7, failed: 1, remaining: 0 });
    const [victim, ...others] = await queued(db);
    expect(victim).toMatchObject({
      status: "failed",
      error: "delivery-unknown",
      failure: "unknown",
      failedAfterRetries: false,
      attempts: 1,
      leaseToken: null,
      processedAt: AFTER_THE_LEASE,
    });
    expect(others.every(({ status }) => status === "sent")).toBe(true);
    expect(server.taken.sort()).toEqual(others.map(({ messageId }) => messageId).sort());
    const [condition] = await mailConditions(db, AFTER_THE_LEASE);
    expect(condition).toMatchObject({
      key: "mail:delivery-unknown",
      details: { mails: [`email_queue ${victim?.id}`] },
    });
    for (const day of [1, 2, 30]) await fireDispatch(db, afterMinutes(day * 1440));
    expect(server.seen.filter((id) => id === victim?.messageId).length).toBe(at === "content" ? 1 : 0);
  });

  it("after the server's 250 and before it records the outcomes leaves the delivery of the batch unknown, and none is sent again", async () => {
    const { server, db, killed } = await setUp();
    await queue(db, 3);
    await killed({ statement: SETTLE, moment: "before" });
    expect(server.taken.length).toBe(3);
    await fireDispatch(db, afterMinutes(1));
    expect((await queued(db)).every(({ status }) => status === "pending")).toBe(true); // the lease has not ended
    expect(await fireDispatch(db, AFTER_THE_LEASE)).toMatchObject({ processed: 0, failed: 3, remaining: 0 });
    expect((await queued(db)).every(({ error }) => error === "delivery-unknown")).toBe(true);
    await fireDispatch(db, afterMinutes(60));
    expect(server.taken.length).toBe(3);
  });

  it("after it has recorded the outcomes leaves nothing to do", async () => {
    const { server, db, killed } = await setUp();
    await queue(db, 3);
    await killed({ statement: SETTLE, moment: "after" });
    expect((await queued(db)).every(({ status }) => status === "sent")).toBe(true);
    expect(await fireDispatch(db, AFTER_THE_LEASE)).toMatchObject({ processed: 0, failed: 0, remaining: 0 });
    expect(server.taken.length).toBe(3);
  });

  it("on every attempt before the hand-over makes the mail fail", async () => {
    const { server, db, killed } = await setUp((hit) => (step) => {
      if (step !== "RCPT") return undefined;
      hit();
      return SILENCE;
    });
    await queue(db, [mail("ada")]);
    for (const minutes of [0, 15, 30]) await killed(undefined, afterMinutes(minutes));
    expect(await fireDispatch(db, afterMinutes(45))).toMatchObject({ failed: 1, remaining: 0 });
    expect(server.seen).toEqual([]);
    expect((await queued(db))[0]).toMatchObject({
      status: "failed",
      error: "abandoned on every attempt",
      failedAfterRetries: true,
      attempts: 3,
    });
  });
});
