import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { markGone } from "../../../lib/attendance/appointment-store.ts";
import { OUTCOMES } from "../../../lib/attendance/classification/rules.ts";
import type { Db } from "../../../lib/db/db.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET } from "../../support/http/api.ts";
import { idsOfPages, wrongCursors } from "../../support/http/pages-of-list.ts";
import { call, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { AFTERWARDS, appointment, inLockedTransaction, writePage } from "../../worlds/attendance.ts";

const PATH = "/api/tracking/appointments";

type Listed = Record<string, unknown>;

const it = databaseTest(SETTINGS);

describe("GET /api/tracking/appointments", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const ask = (query: string) =>
    call<{ date: string; timezone: string; items: Listed[]; nextCursor: string | null }>(GET, `${PATH}${query}`);

  it("lists a day's appointments by start, each with its outcome and reason", async () => {
    const hour = (hours: number) => new Date(Date.parse("2026-02-09T00:00:00Z") + 3_600_000 * hours);
    await writePage(db, [
      appointment({ startsAt: hour(12), title: "Max Mustermann", colorId: null }),
      appointment({ startsAt: hour(9), eventId: "one", title: "Zoë Ünlü (ghost)", colorId: "7" }),
      appointment({ startsAt: hour(10), title: "4711" }),
      appointment({ startsAt: hour(11), title: "Bert verkauft", organizer: null, bookedBy: "Cleo" }),
      appointment({ startsAt: hour(24), title: "am Tag danach" }),
    ]);
    const { status, body } = await ask("?date=2026-02-09");
    expect(status).toBe(200);
    expect(body).toMatchObject({ date: "2026-02-09", timezone: "Europe/Berlin", nextCursor: null });
    expect(body.items[0]).toEqual({
      id: expect.any(Number),
      calendarId: "team@club.example",
      eventId: "one",
      originalStart: null,
      startsAt: "2026-02-09T09:00:00.000Z",
      endsAt: "2026-02-09T10:00:00.000Z",
      title: "Zoë Ünlü (ghost)",
      status: "confirmed",
      colorId: "7",
      potential: "top",
      consultant: "Anna Vogel",
      customer: "Zoë Ünlü",
      outcome: "ghost",
      sold: false,
      reason: '"ghost" marks the title',
      confidence: "high",
      ruleVersion: expect.any(Number),
      counted: true,
      goneAt: null,
      readAt: AFTERWARDS.toISOString(),
    });
    expect(body.items.slice(1)).toMatchObject([
      { title: "4711", outcome: "placeholder", counted: false, customer: null, reason: "a title of digits only" },
      {
        title: "Bert verkauft",
        outcome: "completed",
        sold: true,
        consultant: "Cleo",
        reason: '"verkauft" in the title',
      },
      { title: "Max Mustermann", outcome: "completed", confidence: "low", potential: "unknown" },
    ]);
  });

  it("lists gone appointments, and does not count them", async () => {
    await writePage(db, [appointment()]);
    const days = { first: "2026-02-09", last: "2026-02-09" };
    await inLockedTransaction(db, (tx) =>
      markGone(tx, "team@club.example", days, [], AFTERWARDS, new Date("2026-03-02T10:00:00Z")),
    );
    const [gone] = (await ask("?date=2026-02-09")).body.items;
    expect(gone).toMatchObject({ outcome: "completed", counted: false, goneAt: "2026-03-02T10:00:00.000Z" });
  });

  it("filters by outcome", async () => {
    await writePage(
      db,
      OUTCOMES.flatMap((outcome) => [appointment({ outcome }), appointment({ outcome })]),
    );
    for (const outcome of OUTCOMES) {
      const { items } = (await ask(`?date=2026-02-09&outcome=${outcome}`)).body;
      expect(items.map((listed) => listed.outcome)).toEqual([outcome, outcome]);
    }
    expect((await ask("?date=2026-02-08")).body.items).toEqual([]);
  });

  it("gives pages that neither repeat nor leave out an appointment, also of those that start together", async () => {
    const [early, late] = [new Date("2026-02-09T09:00:00Z"), new Date("2026-02-09T10:00:00Z")];
    const starts = [late, early, early, late, early, early, late];
    await writePage(
      db,
      starts.map((startsAt) => appointment({ startsAt })),
    );
    const { items: all, nextCursor: none } = (await ask("?date=2026-02-09")).body;
    expect(all.map(({ startsAt }) => startsAt)).toEqual(
      [early, early, early, early, late, late, late].map((start) => start.toISOString()),
    );
    expect(none).toBeNull();
    expect(await idsOfPages(PATH, "date=2026-02-09&limit=3")).toEqual(
      [all.slice(0, 3), all.slice(3, 6), all.slice(6)].map((page) => page.map(({ id }) => id)),
    );
  });

  it.each([
    ["", "date"],
    ["?date=2026-02-30", "date"],
    ["?date=heute", "date"],
    ["?date=1999-12-31", "date"],
    ["?date=2026-02-09&outcome=lost", "outcome"],
    ["?date=2026-02-09&limit=1001", "limit"],
    ...wrongCursors.map((cursor) => [`?date=2026-02-09&cursor=${cursor}`, "cursor"]),
  ])("refuses %j and names %s", async (query, field) => {
    const { status, body } = await call<Refusal>(GET, `${PATH}${query}`);
    expect({ status, field: body.error.field, code: body.error.code }).toEqual({
      status: 400,
      field,
      code: "invalid-parameter",
    });
  });

  it("shows the outcome of an emptied appointment, without the customer", async () => {
    await writePage(db, [appointment({ title: "Max (ghost)" })]);
    await db.execute(sql`update calendar_appointments set title = null, customer_key = null, customer_name = null`);
    const { items } = (await ask("?date=2026-02-09")).body;
    expect(items).toMatchObject([{ title: null, customer: null, outcome: "ghost", counted: true }]);
  });
});
