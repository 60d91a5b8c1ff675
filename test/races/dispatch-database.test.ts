import { describe, expect, it, onTestFinished } from "vitest";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { smtpSink } from "../fakes/smtp-sink.ts";
import { tcpRelay, through } from "../fakes/tcp-relay.ts";
import { HAND_OVER, SETTLE } from "../support/children/dispatch-process.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { afterMinutes, fireDispatch, NOW, queue, queued, useServer } from "../support/mail/dispatch-run.ts";

/** A database that breaks the connection while mails are being sent: no mail is sent twice or lost without a trace. */

async function setUp() {
  const server = await smtpSink();
  const direct = await freshPostgres();
  let armed: { statement: string; reply: boolean; times: number } | undefined;
  let replying = false;
  const relay = await tcpRelay(direct.url, {
    fromClient: (sent) => {
      if (armed === undefined || armed.times === 0 || !sent.includes(armed.statement)) return undefined;
      armed.times -= 1;
      replying = armed.reply;
      return armed.reply ? undefined : "cut";
    },
    fromServer: () => {
      if (!replying) return undefined;
      replying = false;
      return "cut";
    },
  });
  await relay.open();
  const { db, close } = openPostgres(through(relay, direct.url));
  onTestFinished(async () => {
    await close();
    await relay.close();
    await direct.close();
    await server.close();
  });
  useServer(server.port);
  await queue(direct.db, 3);
  const cut = (statement: string, reply: boolean, times = 1) => {
    armed = { statement, reply, times };
  };
  return { server, db, direct: direct.db, cut };
}

describe("a database that breaks the connection", () => {
  it.each([
    ["before it receives the outcomes of a batch", SETTLE, false],
    ["after it has written the outcomes of a batch", SETTLE, true],
    ["before it receives the hand-over mark", HAND_OVER, false],
    ["after it has written the hand-over mark", HAND_OVER, true],
  ])("%s receives it again, and each mail is sent once", async (_, statement, reply) => {
    const { server, db, direct, cut } = await setUp();
    cut(statement, reply);
    const counts = await fireDispatch(db, NOW, { limit: 3 }); // one batch, so that the cut hits its statement only
    expect(counts).toMatchObject({ processed: 3, failed: 0, remaining: 0 });
    expect((await queued(direct)).every(({ status, attempts }) => status === "sent" && attempts === 1)).toBe(true);
    await fireDispatch(direct, afterMinutes(15));
    expect(server.mails.length).toBe(3);
  });

  it("for good before the outcomes of a batch leaves their delivery unknown, and they are not sent again", async () => {
    const { server, db, direct, cut } = await setUp();
    cut(SETTLE, false, 1000);
    await expect(fireDispatch(db, NOW)).rejects.toThrow("expected a completed run");
    expect(server.mails.length).toBe(3);
    expect(await fireDispatch(direct, afterMinutes(15))).toMatchObject({ processed: 0, failed: 3, remaining: 0 });
    expect((await queued(direct)).map(({ error }) => error)).toEqual(Array(3).fill("delivery-unknown"));
    await fireDispatch(direct, afterMinutes(30));
    expect(server.mails.length).toBe(3);
  });

  it("for good before the hand-over mark keeps the mails in the queue, and they are sent once later", async () => {
    const { server, db, direct, cut } = await setUp();
    cut(HAND_OVER, false, 1000);
    const counts = await fireDispatch(db, NOW);
    expect(counts).toMatchObject({ processed: 0, retrying: 3, remaining: 3 });
    expect(counts).not.toHaveProperty("unreachable"); // the mail server was reachable
    expect(server.mails).toEqual([]);
    expect(await fireDispatch(direct, afterMinutes(15))).toMatchObject({ processed: 3, remaining: 0 });
    expect(server.mails.length).toBe(3);
  });
});
