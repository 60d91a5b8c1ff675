import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { slotHolds } from "../../../../lib/booking/schema.ts";
import { setClock } from "../../../support/clock.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { GET } from "../../../support/http/api.ts";
import { expectRefused } from "../../../support/http/refused.ts";
import { call, SETTINGS } from "../../../support/http/requests.ts";
import { addException, addProvider, addService, addSlots } from "../../../worlds/slots.ts";

const PATH = "/api/admin/slots";
const it = databaseTest(SETTINGS);

interface Slots {
  items: { id: number; booked: number; held: number; conflict: boolean }[];
  nextCursor: string | null;
}

describe("GET /api/admin/slots", () => {
  it("lists all slots of the days, full ones too, and marks those that are booked on a closed day", async ({ db }) => {
    setClock("2026-03-02T12:00:00Z");
    await addProvider(db);
    await addProvider(db, { id: "other" });
    await addService(db, { name: "Massage" }, [{ weekday: 1 }, { weekday: 2 }]);
    await addService(db, { id: "talk", providerId: "other" });
    await addException(db, { date: "2026-03-03" });
    const at = (text: string) => new Date(`${text}:00Z`);
    const [free, closed, kept, held, other, later] = await addSlots(
      db,
      { startsAt: at("2026-03-02T09:00") },
      { startsAt: at("2026-03-03T09:00"), bookedCount: 1 },
      { startsAt: at("2026-03-04T09:00"), bookedCount: 1 },
      { startsAt: at("2026-03-04T10:00"), heldCount: 1 },
      { startsAt: at("2026-03-04T11:00"), serviceId: "talk", providerId: "other" },
      { startsAt: at("2026-03-09T09:00") },
    );
    const hold = { id: randomUUID(), slotId: held ?? 0, providerId: "praxis" };
    await db.insert(slotHolds).values({ ...hold, expiresAt: at("2026-03-02T12:01") });
    const read = async (query: string) =>
      (await call<Slots>(GET, `${PATH}?from=2026-03-02&to=2026-03-08${query}`)).body;
    const { items } = await read("");
    expect(items).toMatchObject([
      { id: free, serviceName: "Massage", booked: 0, conflict: false },
      { id: closed, booked: 1, conflict: true },
      { id: kept, booked: 1, conflict: false },
      { id: held, held: 1, conflict: false },
      { id: other, providerId: "other" },
    ]);
    expect((await read("&providerId=other")).items.map(({ id }) => id)).toEqual([other]);
    const first = await read("&limit=3");
    expect((await read(`&limit=3&cursor=${first.nextCursor}`)).items.map(({ id }) => id)).toEqual([held, other]);
    expect((await call<Slots>(GET, `${PATH}?from=2026-03-09&to=2026-03-09`)).body.items).toMatchObject([{ id: later }]);
    await expectRefused(GET, `${PATH}?from=2026-03-02&to=2026-03-01`, "to", '"2026-03-01"');
    await expectRefused(GET, `${PATH}?from=2026-03-02&to=2026-04-02`, "to", '"2026-04-02"');
  });
});
