import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, onTestFinished } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { decideOutcome } from "../../../lib/mail/delivery/outcome.ts";
import type { Delivery } from "../../../lib/mail/delivery/smtp-connection.ts";
import { eraseMails } from "../../../lib/mail/queue/erase.ts";
import { claimMails, MAIL_LEASE_MS, markHandedOver, recordOutcomes } from "../../../lib/mail/queue/queue-claims.ts";
import { failAbandonedMails, requeueUnreachedMails } from "../../../lib/mail/queue/recover.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { smtpScript } from "../../fakes/smtp-script.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { POST } from "../../support/http/api.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { afterMinutes, fireDispatch, mail, NOW, queue, queued, useServer } from "../../support/mail/dispatch-run.ts";

/** The conditions in the queue's statements that keep a mail from being sent twice. */

const it = databaseTest(SETTINGS);

const LEASE_END = new Date(NOW.getTime() + MAIL_LEASE_MS);
const AFTER_LEASE = new Date(LEASE_END.getTime() + 1);

const claim = async (db: Db, token: string, now: Date) =>
  (await claimMails(db, token, 5, undefined, now)).mails.map(({ id }) => id);

const record = (db: Db, token: string, delivery: Delivery, now: Date, id = 1) =>
  recordOutcomes(db, token, [decideOutcome({ id, attempts: 1 }, delivery, now, 0)], undefined, now);

const SENT: Delivery = { sent: true, response: "250 2.0.0 queued" };
const TIMED_OUT: Delivery = {
  sent: false,
  failure: "transient",
  stage: "envelope",
  error: "timeout",
  unknownMailbox: false,
  retryAfterMs: undefined,
};

const stateOf = async (db: Db) => (await queued(db))[0];

/** A promise that the test settles itself. */
function gate(): { promise: Promise<void>; open: () => void } {
  let open = () => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

describe("two dispatchers, of which the first freezes until its lease has ended", () => {
  it("send the mail once, and the first changes nothing while the second is still sending", async ({ db }) => {
    const [firstIsReady, firstWakes, secondIsSending, secondGetsReply] = [gate(), gate(), gate(), gate()];
    let recipients = 0;
    const server = await smtpScript(async (step) => {
      if (step === "RCPT" && ++recipients === 1) {
        firstIsReady.open();
        await firstWakes.promise;
      }
      if (step === "content") {
        secondIsSending.open();
        await secondGetsReply.promise;
      }
      return undefined;
    });
    onTestFinished(() => server.close());
    useServer(server.port);
    await queue(db, [mail("ada")]);

    const first = fireDispatch(db, NOW);
    await firstIsReady.promise;
    const second = fireDispatch(db, AFTER_LEASE);
    await secondIsSending.promise;
    const whileSending = await stateOf(db);
    expect(whileSending).toMatchObject({ status: "pending", attempts: 2, handedOverAt: AFTER_LEASE });

    firstWakes.open();
    await first;
    expect(await stateOf(db)).toEqual(whileSending);
    expect(server.seen).toHaveLength(1);
    // A third one, while the lease of the second is still live, finds nothing to send.
    expect(await fireDispatch(db, new Date(AFTER_LEASE.getTime() + 90_000))).toMatchObject({ processed: 0, failed: 0 });

    secondGetsReply.open();
    expect(await second).toMatchObject({ processed: 1 });
    expect(await stateOf(db)).toMatchObject({ status: "sent", attempts: 2 });
    await fireDispatch(db, afterMinutes(60));
    expect(server.seen).toHaveLength(1);
  });
});

describe("a claim", () => {
  beforeEach<{ db: Db }>(({ db }) => queue(db, [mail("ada")]));

  it("takes a mail whose lease has ended, and not one millisecond earlier", async ({ db }) => {
    expect(await claim(db, randomUUID(), NOW)).toEqual([1]);
    expect(await claim(db, randomUUID(), LEASE_END)).toEqual([]);
    expect(await claim(db, randomUUID(), AFTER_LEASE)).toEqual([1]);
  });

  it("never takes a mail that was handed over, while its dispatcher still waits for the reply", async ({ db }) => {
    const token = randomUUID();
    await claim(db, token, NOW);
    await markHandedOver(db, token, [1], NOW);
    expect(await claim(db, randomUUID(), AFTER_LEASE)).toEqual([]);
    expect(await record(db, token, SENT, AFTER_LEASE)).toBe(1);
    expect(await stateOf(db)).toMatchObject({ status: "sent", attempts: 1 });
  });
});

describe("handing over", () => {
  beforeEach<{ db: Db }>(({ db }) => queue(db, [mail("ada"), mail("bob")]));

  it("is allowed until the lease ends, and not one millisecond later", async ({ db }) => {
    const token = randomUUID();
    await claim(db, token, NOW);
    expect(await markHandedOver(db, token, [1], LEASE_END)).toEqual(new Set([1]));
    expect(await markHandedOver(db, token, [2], AFTER_LEASE)).toEqual(new Set());
    const [ada, bob] = await queued(db);
    expect([ada?.handedOverAt, bob?.handedOverAt]).toEqual([LEASE_END, null]);
    expect(await claim(db, randomUUID(), AFTER_LEASE)).toEqual([2]);
  });

  it("is refused to the first of two dispatchers while the second holds the mails", async ({ db }) => {
    const [first, second] = [randomUUID(), randomUUID()];
    await claim(db, first, NOW);
    expect(await claim(db, second, AFTER_LEASE)).toEqual([1, 2]);
    expect(await markHandedOver(db, first, [1, 2], AFTER_LEASE)).toEqual(new Set());
    expect(await markHandedOver(db, first, [1, 2], NOW)).toEqual(new Set()); // even if its clock is wrong
    expect(await markHandedOver(db, second, [1, 2], AFTER_LEASE)).toEqual(new Set([1, 2]));
  });

  it("is refused for mails that were erased meanwhile", async ({ db }) => {
    const token = randomUUID();
    await claim(db, token, NOW);
    await eraseMails(db, { userIds: [], addresses: ["ada@club.example"], bookingIds: [] }, NOW);
    expect(await markHandedOver(db, token, [1, 2], NOW)).toEqual(new Set([2]));
    expect(await record(db, token, SENT, NOW)).toBe(0);
    expect(await stateOf(db)).toMatchObject({ status: "skipped", error: "erased" });
  });
});

describe("recording an outcome", () => {
  beforeEach<{ db: Db }>(({ db }) => queue(db, [mail("ada")]));

  it("changes nothing for the first of two dispatchers while the second is sending", async ({ db }) => {
    const [first, second] = [randomUUID(), randomUUID()];
    await claim(db, first, NOW);
    await claim(db, second, AFTER_LEASE);
    await markHandedOver(db, second, [1], AFTER_LEASE);
    const before = await stateOf(db);
    for (const delivery of [TIMED_OUT, SENT]) expect(await record(db, first, delivery, AFTER_LEASE)).toBe(0);
    expect(await stateOf(db)).toEqual(before);
    expect(await record(db, second, SENT, AFTER_LEASE)).toBe(1);
    expect(await stateOf(db)).toMatchObject({ status: "sent", leaseToken: null });
  });

  it("is done once: a repeated call, or a later one, changes nothing", async ({ db }) => {
    const token = randomUUID();
    await claim(db, token, NOW);
    expect(await record(db, token, SENT, NOW)).toBe(1);
    expect(await record(db, token, TIMED_OUT, AFTER_LEASE)).toBe(0);
    expect(await stateOf(db)).toMatchObject({ status: "sent", error: null, processedAt: NOW });
  });
});

describe("failing abandoned mails", () => {
  beforeEach<{ db: Db }>(({ db }) => queue(db, [mail("ada")]));

  it("leaves a mail to its dispatcher until the lease has ended", async ({ db }) => {
    const token = randomUUID();
    await claim(db, token, NOW);
    await markHandedOver(db, token, [1], NOW);
    expect(await failAbandonedMails(db, 3, LEASE_END)).toBe(0);
    expect(await failAbandonedMails(db, 3, AFTER_LEASE)).toBe(1);
    expect(await record(db, token, TIMED_OUT, AFTER_LEASE)).toBe(0); // its dispatcher wakes, too late
    expect(await stateOf(db)).toMatchObject({ status: "failed", error: "delivery-unknown" });
  });
});

describe("queueing again", () => {
  const UNREACHED = { status: "failed", failure: "connection", failedAfterRetries: true, processedAt: NOW };

  it.for([
    ["takes", "failed before the run began", {}, afterMinutes(1)],
    ["leaves", "failed when the run began", {}, NOW],
    ["leaves", "failed for another reason", { failure: "transient" }, afterMinutes(1)],
    ["leaves", "may have been delivered", { failure: "unknown", failedAfterRetries: false }, afterMinutes(1)],
    ["leaves", "waits for another attempt", { status: "retrying", failedAfterRetries: false }, afterMinutes(1)],
    ["leaves", "was emptied", { recipient: "" }, afterMinutes(1)],
  ] as const)("because the server is back %s a mail that %s", async ([verb, , state, startedAt], { db }) => {
    await queue(db, [mail("ada")]);
    await db.update(emailQueue).set({ ...UNREACHED, ...state });
    expect(await requeueUnreachedMails(db, afterMinutes(2), 10, startedAt)).toBe(verb === "takes" ? 1 : 0);
  });

  it("by an operator leaves a mail that is being sent, even if it is named", async ({ db }) => {
    await queue(db, [mail("ada")]);
    const token = randomUUID();
    await claim(db, token, NOW);
    await markHandedOver(db, token, [1], NOW);
    const before = await stateOf(db);
    const { body } = await call(POST, "/api/admin/emails/retry", { json: { ids: [1], includeUnknown: true } });
    expect(body).toMatchObject({ requeued: 0, notFailed: 1 });
    expect(await stateOf(db)).toEqual(before);
  });
});
