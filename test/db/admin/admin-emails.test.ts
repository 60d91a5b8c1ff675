import { describe, expect, it } from "vitest";
import { lastDays } from "../../../lib/admin/get-mail-overview.ts";
import { readMailDays } from "../../../lib/admin/mail-summary.ts";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { localDate } from "../../../lib/time/periods.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { idsOfPages, wrongCursors } from "../../support/http/pages-of-list.ts";
import { expectRefused } from "../../support/http/refused.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { addMails } from "../../worlds/ledger.ts";

const PATH = "/api/admin/emails";
const DAY = 24 * 60;
const NONE = { sent: 0, failed: 0, skipped: 0, pending: 0, retrying: 0 };

interface Emails {
  timezone: string;
  days: ({ date: string } & typeof NONE)[];
  queue: Record<string, unknown>;
  items: Record<string, unknown>[];
  nextCursor: string | null;
}

describe("GET /api/admin/emails", () => {
  let db: Db;
  const settings = SETTINGS;
  ownDatabase((own) => {
    db = own;
  }, settings);

  const ask = async (query = "") => (await call<Emails>(GET, `${PATH}${query}`)).body;

  it.each([
    ["days", "?days=0", '"0"'],
    ["days", "?days=91", '"91"'],
    ["limit", "?limit=201", '"201"'],
    ["limit", "?limit=1.5", '"1.5"'],
    ["status", "?status=failed", "one"],
    ...wrongCursors.map((cursor) => ["cursor", `?cursor=${cursor}`, JSON.stringify(cursor)]),
  ])("names a wrong %s: %s", (field, query, got) => expectRefused(GET, `${PATH}${query}`, field, got));

  it("has a row of zeros for every day of the last fortnight without mails", async () => {
    const now = new Date();
    const { days, items, nextCursor, queue, timezone } = await ask();
    expect(timezone).toBe("UTC");
    expect(days).toHaveLength(14);
    expect(days.map(({ date: _, ...counts }) => counts)).toEqual(days.map(() => NONE));
    expect([localDate(now, "UTC"), localDate(new Date(), "UTC")]).toContain(days.at(-1)?.date);
    expect({ items, nextCursor }).toEqual({ items: [], nextCursor: null });
    expect(queue).toEqual({
      waiting: 0,
      due: 0,
      scheduled: 0,
      oldestDueSeconds: null,
      secondsToDrain: 0,
      failed: 0,
      deliveryUnknown: 0,
    });
  });

  it("counts mails by the day they were queued and by status, without those scheduled for later", async () => {
    const now = new Date();
    await addMails(
      db,
      now,
      { status: "sent" },
      { status: "sent" },
      { status: "skipped" },
      { status: "pending" },
      { minutesAgo: DAY, status: "failed", failure: "permanent" },
      { minutesAgo: DAY, status: "retrying", failure: "transient" },
      { minutesAgo: 2 * DAY, status: "sent" },
      { minutesAgo: 30 * DAY, status: "sent" },
      { minutesAgo: -1 },
    );
    const total = (days: Emails["days"]) =>
      days.reduce((sum, { date: _, ...day }) => {
        return Object.fromEntries(
          Object.entries(sum).map(([k, n]) => [k, n + day[k as keyof typeof NONE]]),
        ) as typeof sum;
      }, NONE);
    expect(total((await ask("?days=4")).days)).toEqual({ sent: 3, failed: 1, skipped: 1, pending: 1, retrying: 1 });
    expect(total((await ask("?days=90")).days)).toMatchObject({ sent: 4 });
  });

  it("lets days begin at midnight in the zone of the events, also those of 23 and 25 hours", async () => {
    const days = async (zone: string, until: string, count: number, instants: string[]) => {
      const now = new Date(until);
      await addMails(db, now, ...instants.map((at) => ({ status: "sent" as const, createdAt: new Date(at) })));
      const found = await readMailDays(db, lastDays(count, now, zone), now);
      return found.map(({ date, sent }) => [date, sent]);
    };
    // The clocks go forward on 2026-03-29 in Berlin: that day is from 23:00 to 22:00 UTC.
    expect(
      await days("Europe/Berlin", "2026-03-30T12:00:00Z", 3, [
        "2026-03-28T22:59:59.999Z",
        "2026-03-28T23:00:00Z",
        "2026-03-29T21:59:59.999Z",
        "2026-03-29T22:00:00Z",
      ]),
    ).toEqual([
      ["2026-03-28", 1],
      ["2026-03-29", 2],
      ["2026-03-30", 1],
    ]);
    // And back on 2026-10-25: from 22:00 to 23:00 UTC.
    expect(
      await days("Europe/Berlin", "2026-10-25T23:30:00Z", 2, [
        "2026-10-24T21:59:59.999Z",
        "2026-10-24T22:00:00Z",
        "2026-10-25T22:59:59.999Z",
        "2026-10-25T23:00:00Z",
      ]),
    ).toEqual([
      ["2026-10-25", 2],
      ["2026-10-26", 1],
    ]);
    // A fixed offset is east of Greenwich here, where Postgres would take it for west.
    expect(await days("+05:45", "2026-07-02T00:00:00Z", 2, ["2026-07-01T18:14:59Z", "2026-07-01T18:15:00Z"])).toEqual([
      ["2026-07-01", 1],
      ["2026-07-02", 1],
    ]);
  });

  it("says in which zone its days are", async () => {
    configure({ ...settings, EVENTS_TIMEZONE: "Asia/Kathmandu" });
    const now = new Date();
    const { timezone, days } = await ask("?days=1");
    expect(timezone).toBe("Asia/Kathmandu");
    expect([now, new Date()].map((at) => localDate(at, timezone))).toContain(days[0]?.date);
  });

  it("lists failed mails, the latest failure first even if it was queued long ago, with shortened addresses", async () => {
    const now = new Date();
    const ids = await addMails(
      db,
      now,
      { status: "failed", failure: "permanent", processedAt: new Date(1_000), recipient: "barbara@club.example" },
      { status: "failed", failure: "unknown", processedAt: new Date(3_000), error: "delivery-unknown" },
      { status: "failed", failure: "transient", processedAt: new Date(2_000), failedAfterRetries: true, attempts: 3 },
      { minutesAgo: 60 * DAY, status: "failed", failure: "connection", processedAt: new Date(4_000) },
      { status: "failed", failure: "permanent", processedAt: new Date(5_000), recipient: "", subject: "" },
      { status: "sent", processedAt: now },
    );
    const { items: failed, queue } = await ask();
    expect(failed.map(({ id }) => id)).toEqual([ids[3], ids[1], ids[2], ids[0]]);
    expect(failed[2]).toEqual({
      id: ids[2],
      recipient: "m…@club.example",
      subject: "Hallo",
      error: null,
      failedAfterRetries: true,
      attempts: 3,
      failure: "transient",
      createdAt: now.toISOString(),
      processedAt: "1970-01-01T00:00:02.000Z",
    });
    expect(failed[3]?.recipient).toBe("b…@club.example");
    expect(queue).toMatchObject({ failed: 4, deliveryUnknown: 1 });
    expect(await idsOfPages(PATH, "limit=2")).toEqual([
      [ids[3], ids[1]],
      [ids[2], ids[0]],
    ]);
  });

  it("gives pages that neither repeat nor leave out a mail, also of those that failed together", async () => {
    const kinds = ["permanent", "unknown", "transient", "connection", "permanent", "unknown", "transient"];
    const failed = kinds.map((failure) => ({ status: "failed", failure, processedAt: new Date(2_000) }));
    const ids = await addMails(db, new Date(), ...failed);
    const newestFirst = ids.toReversed();
    expect(await idsOfPages(PATH, "days=1&limit=3")).toEqual([
      newestFirst.slice(0, 3),
      newestFirst.slice(3, 6),
      newestFirst.slice(6),
    ]);
  });

  it("has the same figures of the queue as monitoring", async () => {
    await addMails(db, new Date(), ...Array.from({ length: 30 }, () => ({ minutesAgo: 10 })));
    const { queue } = await ask();
    expect(queue).toMatchObject({ waiting: 30, due: 30, secondsToDrain: 1_800 });
    expect(queue.oldestDueSeconds).toBeGreaterThanOrEqual(600);
  });
});
