import { beforeEach, describe, expect } from "vitest";
import type { Appointment } from "../../../lib/attendance/appointment.ts";
import { markGone } from "../../../lib/attendance/appointment-store.ts";
import type { Db } from "../../../lib/db/db.ts";
import { addDays as shift } from "../../../lib/time/dates.ts";
import { localDate, periodOfDate } from "../../../lib/time/periods.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET } from "../../support/http/api.ts";
import { valuesOfPages, wrongCursors } from "../../support/http/pages-of-list.ts";
import { call, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { AFTERWARDS, appointment, inLockedTransaction, writePage } from "../../worlds/attendance.ts";

const PATH = "/api/tracking/customers";

type Listed = Record<string, unknown>;

const it = databaseTest(SETTINGS);

describe("GET /api/tracking/customers", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const today = localDate(new Date(), "Europe/Berlin");
  const ask = async (query = "") =>
    (await call<{ since: string; total: number; items: Listed[]; nextCursor: string | null }>(GET, `${PATH}${query}`))
      .body;
  const names = async (query = "") => (await ask(query)).items.map(({ customer }) => customer);

  /** Appointments with these titles, so many days ago, at the start of the day in Berlin. */
  const met = (daysAgo: number, ...titles: string[]): Appointment[] =>
    titles.map((title, n) => {
      const date = shift(today, -daysAgo);
      const { start } = periodOfDate("day", date, "Europe/Berlin");
      return appointment(
        { title, startsAt: new Date(start.getTime() + 1_000 * n), localDate: date },
        new Date(8.64e15),
      );
    });

  it("rates the risk as high from three missed appointments, with ghosts, and as medium from one", async () => {
    await writePage(db, [
      ...met(3, "Drei (ghost)", "Drei nicht erschienen", "Zwei (ghost)", "Eins nicht erschienen", "Null"),
      ...met(
        2,
        "Drei (ghost)",
        "Zwei nicht erschienen",
        "Eins",
        "Null verkauft",
        "Null abgesagt",
        "Null verschoben",
        "Null Überhang",
      ),
      ...met(1, "Drei verkauft", "Zwei", "Eins"),
    ]);
    const { items: customers, total } = await ask();
    expect(total).toBe(4);
    expect(customers).toMatchObject([
      { customer: "Drei", risk: "high", total: 4, completed: 1, sold: 1, noShows: 1, ghosts: 2, reliability: 25 },
      { customer: "Zwei", risk: "medium", total: 3, completed: 1, noShows: 1, ghosts: 1, reliability: 33.33 },
      { customer: "Eins", risk: "medium", total: 3, completed: 2, noShows: 1, ghosts: 0, reliability: 66.67 },
      {
        customer: "Null",
        risk: "low",
        total: 5,
        completed: 2,
        sold: 1,
        cancelled: 1,
        rescheduled: 1,
        overhang: 1,
        reliability: 40,
      },
    ]);
    expect(customers.map(({ lastDate, lastNoShow }) => [lastDate, lastNoShow])).toEqual([
      [shift(today, -1), shift(today, -2)],
      [shift(today, -1), shift(today, -2)],
      [shift(today, -1), shift(today, -3)],
      [shift(today, -2), null],
    ]);
    expect(await names("?risk=high")).toEqual(["Drei"]);
    expect(await names("?risk=medium")).toEqual(["Zwei", "Eins"]);
    expect(await names("?risk=low")).toEqual(["Null"]);
  });

  it("ignores pending and gone appointments and placeholders", async () => {
    const [tocome] = met(-3, "Max");
    const [gone] = met(2, "Max (ghost)");
    await writePage(db, [
      { ...(tocome as Appointment), outcome: "pending" },
      gone as Appointment,
      ...met(1, "Max", "4711"),
      ...met(1, "Moritz").map((one): Appointment => ({ ...one, outcome: "pending" })),
      ...met(1, "Witwe Bolte").map((one): Appointment => ({ ...one, outcome: "placeholder" })),
    ]);
    const day = { first: shift(today, -2), last: shift(today, -2) };
    await inLockedTransaction(db, (tx) => markGone(tx, "team@club.example", day, [], AFTERWARDS, AFTERWARDS));
    expect((await ask()).items).toMatchObject([{ customer: "Max", total: 1, completed: 1, ghosts: 0, risk: "low" }]);
  });

  it("groups spellings of a name, and shows the newest one", async () => {
    await writePage(db, [
      ...met(4, "zoë ünlü - Erstgespräch"),
      ...met(3, "ZOË  ÜNLÜ (ghost)"),
      ...met(2, "Zoë Ünlü: verkauft".normalize("NFD")),
      ...met(1, "Abgesagt - Zoë Ünlü"),
    ]);
    expect((await ask()).items).toMatchObject([
      { customer: "Zoë Ünlü", total: 4, completed: 2, ghosts: 1, cancelled: 1 },
    ]);
  });

  it("sorts by missed appointments, then by reliability, and counts all customers beyond the limit", async () => {
    await writePage(db, [
      ...met(2, "Cäsar", "Anna (ghost)", "Anna", "Bert (ghost)", "Dora", "Dora abgesagt"),
      ...met(1, "Bert (ghost)", "Emil (ghost)"),
    ]);
    expect(await names()).toEqual(["Bert", "Emil", "Anna", "Dora", "Cäsar"]);
    const few = await ask("?limit=2");
    expect({ total: few.total, names: few.items.map(({ customer }) => customer) }).toEqual({
      total: 5,
      names: ["Bert", "Emil"],
    });
    expect(await ask("?risk=medium&limit=1")).toMatchObject({ total: 3, items: [{ customer: "Bert" }] });
    expect(await ask("?risk=high")).toMatchObject({ total: 0, items: [] });
    expect(few.items[0]).not.toHaveProperty("firstId");
  });

  it("gives pages that neither repeat nor leave out a customer, and whose cursors name none", async () => {
    await writePage(db, [
      ...met(2, "Cäsar", "Anna (ghost)", "Anna", "Bert (ghost)", "Dora", "Dora abgesagt", "Fritz", "Gerd", "Hans"),
      ...met(1, "Bert (ghost)", "Emil (ghost)"),
    ]);
    const all = await names();
    expect(all).toEqual(["Bert", "Emil", "Anna", "Dora", "Cäsar", "Fritz", "Gerd", "Hans"]);
    expect(await valuesOfPages(PATH, "limit=3", "customer")).toEqual([all.slice(0, 3), all.slice(3, 6), all.slice(6)]);
    const { nextCursor, total } = await ask("?limit=2");
    expect(Buffer.from(nextCursor ?? "", "base64url").toString()).not.toMatch(/emil/i);
    expect(await ask(`?limit=1&cursor=${nextCursor}`)).toMatchObject({ total, items: [{ customer: "Anna" }] });
  });

  it("covers the given number of days up to today, by default a year", async () => {
    await writePage(db, [
      ...met(0, "Heute"),
      ...met(8, "Acht"),
      ...met(11, "Elf"),
      ...met(363, "Lange"),
      ...met(366, "Vorbei"),
    ]);
    expect((await names("?days=10")).toSorted()).toEqual(["Acht", "Heute"]);
    expect((await names()).toSorted()).toEqual(["Acht", "Elf", "Heute", "Lange"]);
    expect([shift(today, -9), shift(today, -8)]).toContain((await ask("?days=10")).since);
  });

  it.each([
    ["?risk=huge", "risk"],
    ["?days=0", "days"],
    ["?days=3661", "days"],
    ["?limit=0", "limit"],
    ["?limit=1001", "limit"],
    ["?limit=many", "limit"],
    ["?name=max", "name"],
    ...wrongCursors.map((cursor) => [`?cursor=${cursor}`, "cursor"]),
  ])("refuses %j and names %s", async (query, field) => {
    const { status, body } = await call<Refusal>(GET, `${PATH}${query}`);
    expect({ status, field: body.error.field }).toEqual({ status: 400, field });
  });
});
