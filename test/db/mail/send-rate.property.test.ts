import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { decideOutcome } from "../../../lib/mail/delivery/outcome.ts";
import { claimMails, MAIL_LEASE_MS, recordOutcomes } from "../../../lib/mail/queue/queue-claims.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { empty } from "../../support/database/databases.ts";
import { NOW, queue } from "../../support/mail/dispatch-run.ts";
import { databaseRuns } from "../../support/thorough.ts";

const it = databaseTest();

/** The shared rate, compared with a naive model: a list of all grants that is searched each time. */

const MINUTE = 60_000;

interface Grant {
  token: string;
  ids: number[];
  count: number;
  /** When it stops counting. */
  until: number;
  taken: number;
  settled: boolean;
}

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("claim" as const), size: fc.integer({ min: 1, max: 7 }) }),
    fc.record({
      // A dispatcher records the outcomes of its mails; the server saw each of them at some moment before.
      do: fc.constant("settle" as const),
      who: fc.nat(5),
      moments: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
    }),
    fc.record({
      do: fc.constant("wait" as const),
      ms: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 90_000 }), fc.constant(61_000)),
    }),
  ),
  { minLength: 10, maxLength: 40 },
);

describe("the shared rate", () => {
  it("grants the same as a list of all grants, and is never exceeded in any minute", async ({ db }) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), steps, async (rate, plan) => {
        await empty(db);
        await queue(db, 300);
        let now = NOW.getTime();
        const grants: Grant[] = [];
        const seen: number[] = [];
        for (const step of plan) {
          if (step.do === "wait") now += step.ms;
          if (step.do === "claim") {
            const live = grants.filter(({ until }) => until > now);
            const used = live.reduce((sum, { count }) => sum + count, 0);
            const allowed = Math.max(0, Math.min(step.size, rate - used));
            const token = randomUUID();
            const { mails, nextAt } = await claimMails(db, token, step.size, rate, new Date(now));
            expect(mails.length).toBe(allowed);
            const soonest = Math.min(...live.filter(({ count }) => count > 0).map(({ until }) => until));
            expect(nextAt?.getTime()).toBe(allowed > 0 ? undefined : soonest);
            if (allowed === 0) continue;
            const until = now + MAIL_LEASE_MS + MINUTE + 1_000;
            const ids = mails.map(({ id }) => id);
            grants.push({ token, ids, count: allowed, until, taken: now, settled: false });
          }
          if (step.do === "settle") {
            const open = grants.filter(({ settled, taken }) => !settled && now - taken < MAIL_LEASE_MS);
            const grant = open[step.who % Math.max(1, open.length)];
            if (grant === undefined) continue;
            const sent = { sent: true as const, response: "250" };
            const outcomes = grant.ids.map((id) => decideOutcome({ id, attempts: 1 }, sent, new Date(now), 0));
            expect(await recordOutcomes(db, grant.token, outcomes, rate, new Date(now))).toBe(grant.ids.length);
            for (const [n] of grant.ids.entries()) {
              seen.push(grant.taken + (now - grant.taken) * (step.moments[n] ?? 1));
            }
            Object.assign(grant, { settled: true, until: now + MINUTE + 1_000 });
          }
        }
        for (const from of seen) {
          expect(seen.filter((at) => at >= from && at < from + MINUTE).length).toBeLessThanOrEqual(rate);
        }
      }),
      { numRuns: databaseRuns(60) },
    );
  });

  it("counts only attempted mails, and returns the unused grants", async ({ db }) => {
    await queue(db, 2);
    const token = randomUUID();
    const { mails } = await claimMails(db, token, 5, 5, NOW);
    expect(mails.length).toBe(2);
    expect((await claimMails(db, randomUUID(), 5, 5, NOW)).nextAt).toEqual(
      new Date(NOW.getTime() + MAIL_LEASE_MS + MINUTE + 1_000),
    );
    const skipped = mails.map(({ id }) => ({
      ...decideOutcome({ id, attempts: 1 }, { sent: true, response: "" }, NOW, 0),
      status: "skipped" as const,
    }));
    await recordOutcomes(db, token, skipped, 5, NOW);
    expect((await claimMails(db, randomUUID(), 5, 5, NOW)).nextAt).toBeUndefined(); // the queue is empty; the rate is not used up
    await queue(db, 9);
    await db.execute("update email_queue set status = 'pending', lease_until = null, handed_over_at = null");
    expect((await claimMails(db, randomUUID(), 9, 5, NOW)).mails.length).toBe(5);
  });
});
