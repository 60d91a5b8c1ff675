import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { ensurePartitions } from "../../lib/analytics/pipeline/partitions.ts";
import { configure } from "../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../lib/db/client.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { backgroundWork } from "../../lib/http/background.ts";
import { type Delivery, restartableServer, sendUntilAccepted } from "../fakes/site-server.ts";
import { tcpRelay, through } from "../fakes/tcp-relay.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { SETTINGS } from "../support/http/requests.ts";
import { addSite, all, counts, processAll } from "../worlds/site.ts";
import { expectOnce, traffic } from "../worlds/site-traffic.ts";

/** A database that becomes unreachable while events arrive: accepted events are there afterwards, once. */

const SENDERS = 8;

/** Starts senders that send one request after another, to both endpoints in turn, until they are stopped. */
function flood() {
  const accepted: Delivery[] = [];
  let isRunning = true;
  const send = async (sender: number) => {
    for (let nth = 0; isRunning; nth += 1) {
      const events = traffic(5, { name: `${sender}-${nth}`, bad: 1000 }).map(({ occurred_at: _, ...event }) => event);
      accepted.push(await sendUntilAccepted(events, (sender + nth) % 2 === 0));
    }
  };
  const senders = Array.from({ length: SENDERS }, (_, sender) => send(sender));
  const end = async () => {
    isRunning = false;
    await Promise.all(senders);
    await backgroundWork();
  };
  const atLeast = async (requests: number) => {
    while (accepted.length < requests) await sleep(20);
  };
  return { accepted, atLeast, end };
}

async function expectAccepted(db: Db, accepted: Delivery[]): Promise<void> {
  await processAll(db, new Date());
  const ids = accepted.flatMap((delivery) => delivery.ids);
  await expectOnce(db, { sent: ids.length });
  expect((await all(db, "business.events")).map(({ event_id }) => event_id).sort()).toEqual(ids.sort());
}

describe("a database that becomes unreachable", () => {
  afterEach(closeDatabase);

  it("and returns after a stop or crash contains the accepted events once", async () => {
    configure(SETTINGS);
    const server = await restartableServer();
    onTestFinished(server.remove);
    const { db, ...connection } = openPostgres(server.url, { max: 10 });
    useConnection({ db, ...connection });
    await addSite(db);
    const { accepted, atLeast, end } = flood();
    for (const how of ["stop", "crash"] as const) {
      await atLeast(accepted.length + 40);
      await server[how]();
      await sleep(1_500);
      await server.start();
    }
    await atLeast(accepted.length + 20);
    await end();
    expect(accepted.filter(({ answers }) => answers.length > 1).length).toBeGreaterThan(0);
    await expectAccepted(db, accepted);
    await closeDatabase();
  });

  it("makes requests fail as unavailable", async () => {
    configure(SETTINGS);
    const direct = await freshPostgres();
    await addSite(direct.db);
    const relay = await tcpRelay(direct.url);
    useConnection(openPostgres(through(relay, direct.url)));
    onTestFinished(async () => {
      await relay.close();
      await direct.close();
    });
    const delivering = sendUntilAccepted(traffic(1), false);
    await sleep(3_000);
    await relay.open();
    const { answers } = await delivering;
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.slice(0, -1)).toEqual(answers.slice(1).map(() => ({ status: 503, code: "unavailable" })));
  });

  it.each([
    ["before it stores them", "insert into raw.event_ids", false, 1],
    ["after it has stored them, without a reply", "insert into raw.event_ids", true, 0],
    ["before it stages them", "insert into staging.pending", false, 1],
    ["after it has staged them, without a reply", "insert into staging.pending", true, 1],
    ["before it loads them", "insert into business.events", false, 1],
    ["after it has loaded them, without a reply", "insert into business.events", true, 1],
    ["before it receives a commit", "commit", false, 1],
    ["after a commit, without a reply", "commit", true, 1],
  ])("%s contains events once that are sent again", async (_, statement, reply, recorded) => {
    configure(SETTINGS);
    const direct = await freshPostgres();
    await addSite(direct.db);
    await ensurePartitions(direct.db, new Date());
    let armed: "statement" | "reply" | undefined = "statement";
    const relay = await tcpRelay(direct.url, {
      fromClient: (sent) => {
        if (armed !== "statement" || !sent.includes(statement)) return undefined;
        armed = reply ? "reply" : undefined;
        return reply ? undefined : "cut";
      },
      fromServer: () => {
        if (armed !== "reply") return undefined;
        armed = undefined;
        return "cut";
      },
    });
    await relay.open();
    useConnection(openPostgres(through(relay, direct.url)));
    onTestFinished(async () => {
      await relay.close();
      await direct.close();
    });
    const events = traffic(5, { bad: 1000 }).map(({ occurred_at: _, ...event }) => event);
    const delivery = await sendUntilAccepted(events, false);
    expect(armed).toBe(undefined);
    expect(delivery.recorded > 0 ? 1 : 0).toBe(recorded);
    expect(await counts(direct.db)).toMatchObject({ raw: 5 });
    await expectAccepted(direct.db, [delivery]);
  });
});
