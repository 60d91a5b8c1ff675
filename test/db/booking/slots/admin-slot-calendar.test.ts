import { describe, expect } from "vitest";
import type { Db } from "../../../../lib/db/db.ts";
import { addDays } from "../../../../lib/time/dates.ts";
import { setClock } from "../../../support/clock.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { GET } from "../../../support/http/api.ts";
import { expectRefused } from "../../../support/http/refused.ts";
import { call, SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService, addSlots } from "../../../worlds/slots.ts";

const PATH = "/api/admin/slots/calendar";
const EMPTY = { slots: 0, capacity: 0, booked: 0, providers: 0 };

const it = databaseTest(SETTINGS);

describe("GET /api/admin/slots/calendar", () => {
  let db: Db;
  it.beforeEach(({ db: fresh }) => {
    db = fresh;
  });

  const ask = async (query = "") =>
    (await call<{ items: ({ date: string } & typeof EMPTY)[] }>(GET, `${PATH}${query}`)).body.items;
  const onDay = (date: string, time: string) => new Date(`${date}T${time}Z`);

  it.each([
    ["days", "?days=0", '"0"'],
    ["days", "?days=93", '"93"'],
    ["days", "?days=", '""'],
    ["from", "?from=2026-01-01", "one"],
  ])("names a wrong %s: %s", (field, query, got) => expectRefused(GET, `${PATH}${query}`, field, got));

  it("lists every day from today (UTC) on, even those without slots", async () => {
    setClock("2026-03-11T23:30:00Z");
    const days = await ask();
    const first = "2026-03-11";
    expect(days).toEqual(Array.from({ length: 35 }, (_, n) => ({ date: addDays(first, n), ...EMPTY })));
    expect(await ask("?days=92")).toHaveLength(92);
  });

  it("sums slots, places and bookings, and counts each provider once per day", async () => {
    for (const id of ["anna", "bela"]) await addProvider(db, { id });
    await addService(db, { id: "one", providerId: "anna" });
    await addService(db, { id: "two", providerId: "anna" });
    await addService(db, { id: "three", providerId: "bela" });
    // From tomorrow on, so that a midnight during the test only changes the first day.
    const [first = "", second = "", third = ""] = (await ask("?days=5")).slice(1).map(({ date }) => date);
    await addSlots(
      db,
      { serviceId: "one", providerId: "anna", startsAt: onDay(first, "09:00"), capacity: 5, bookedCount: 2 },
      { serviceId: "two", providerId: "anna", startsAt: onDay(first, "12:00"), capacity: 1 },
      { serviceId: "three", providerId: "bela", startsAt: onDay(first, "09:00"), capacity: 1, bookedCount: 1 },
      { serviceId: "three", providerId: "bela", startsAt: onDay(third, "09:00") },
    );
    const days = new Map((await ask("?days=6")).map(({ date, ...day }) => [date, day]));
    expect(days.get(first)).toEqual({ slots: 3, capacity: 7, booked: 3, providers: 2 });
    expect(days.get(second)).toEqual(EMPTY);
    expect(days.get(third)).toEqual({ slots: 1, capacity: 1, booked: 0, providers: 1 });
  });

  it("uses the local date of each slot in any time zone", async () => {
    await addProvider(db);
    await addService(db);
    const dates = (await ask("?days=6")).map(({ date }) => date);
    const [, first = "", second = "", third = ""] = dates;
    await addSlots(
      db,
      { startsAt: onDay(first, "10:30"), localDate: second }, // 0:30 at UTC+14
      { startsAt: onDay(third, "11:00"), localDate: second }, // 23:00 at UTC-12
    );
    const days = new Map((await ask("?days=6")).map(({ date, slots }) => [date, slots]));
    expect([first, second, third].map((date) => days.get(date))).toEqual([0, 2, 0]);
  });
});
