import { describe, expect, it, onTestFinished } from "vitest";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { smtpSink } from "../fakes/smtp-sink.ts";
import { startDispatch } from "../support/children/dispatch-process.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { afterMinutes, fireDispatch, NOW, queue, queued, useServer } from "../support/mail/dispatch-run.ts";

/** Any number of dispatchers send each mail once and together keep to the rate. */

const MAILS = 150;

async function setUp(settings = {}) {
  const server = await smtpSink();
  const connection = await freshPostgres();
  onTestFinished(() => Promise.all([server.close(), connection.close()]).then(() => {}));
  useServer(server.port, settings);
  await queue(connection.db, MAILS);
  return { server, ...connection };
}

async function expectEachOnce({ db, server }: Awaited<ReturnType<typeof setUp>>) {
  const mails = await queued(db);
  expect(mails.filter(({ status, attempts }) => status !== "sent" || attempts !== 1)).toEqual([]);
  expect(server.mails.map(({ messageId }) => messageId).sort()).toEqual(mails.map(({ messageId }) => messageId).sort());
  const envelopes = server.mails.map(({ messageId, to }) => `${messageId} ${to}`).sort();
  expect(envelopes).toEqual(mails.map(({ messageId, recipient }) => `${messageId} ${recipient}`).sort());
}

describe("many dispatchers at once", () => {
  it.each([2, 5, 20])("%i of them send each mail once", async (count) => {
    const it = await setUp();
    const others = Array.from({ length: count }, () => openPostgres(it.url));
    const counts = await Promise.all(others.map(({ db }) => fireDispatch(db, NOW, { limit: MAILS })));
    await Promise.all(others.map(({ close }) => close()));
    expect(counts.reduce((sum, { processed }) => sum + Number(processed), 0)).toBe(MAILS);
    await expectEachOnce(it);
  });

  it("as five processes send each mail once", async () => {
    const it = await setUp();
    const order = { url: it.url, port: it.server.port, at: NOW, limit: MAILS };
    const ended = await Promise.all(Array.from({ length: 5 }, () => startDispatch(order).ended));
    expect(ended.reduce((sum, { counts }) => sum + Number(counts?.processed), 0)).toBe(MAILS);
    await expectEachOnce(it);
  });

  it("together keep to the rate, and use it fully", async () => {
    const it = await setUp({ EMAIL_RATE_PER_MINUTE: "40" });
    const others = Array.from({ length: 6 }, () => openPostgres(it.url));
    const fireAll = (seconds: number) =>
      Promise.all(others.map(({ db }) => fireDispatch(db, afterMinutes(seconds / 60), { limit: MAILS })));
    const sentAt: number[] = [];
    for (let seconds = 0; seconds <= 300 && it.server.mails.length < MAILS; seconds += 10) {
      const before = it.server.mails.length;
      await fireAll(seconds);
      sentAt.push(...Array.from({ length: it.server.mails.length - before }, () => seconds));
      expect(sentAt.filter((at) => at > seconds - 60).length).toBeLessThanOrEqual(40);
    }
    await Promise.all(others.map(({ close }) => close()));
    expect(sentAt.filter((at) => at === 0).length).toBe(40);
    expect(sentAt.at(-1)).toBe(210); // every 61 seconds, checked every ten
    await expectEachOnce(it);
  });

  it("as three processes together keep to the rate", async () => {
    const it = await setUp({ EMAIL_RATE_PER_MINUTE: "17" });
    const order = {
      url: it.url,
      port: it.server.port,
      at: NOW,
      limit: MAILS,
      settings: { EMAIL_RATE_PER_MINUTE: "17" },
    };
    await Promise.all(Array.from({ length: 3 }, () => startDispatch(order).ended));
    expect(it.server.mails.length).toBe(17);
  });
});
