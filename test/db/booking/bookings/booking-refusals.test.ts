import { describe, expect } from "vitest";
import { bookings } from "../../../../lib/booking/bookings/schema.ts";
import { configure } from "../../../../lib/config/config.ts";
import type { Db } from "../../../../lib/db/db.ts";
import {
  book,
  bookWith,
  hold,
  inHours,
  list,
  outcome,
  patch,
  releaseHold,
  reschedule,
} from "../../../support/booking/booking-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService, addSlots } from "../../../worlds/slots.ts";

const it = databaseTest();

describe("an invalid request about bookings", () => {
  let db: Db;
  let slotId: number;
  it.beforeAll(async ({ connection }) => {
    configure(SETTINGS);
    db = connection.db;
    await addProvider(db);
    await addService(db);
    [slotId] = (await addSlots(db, { startsAt: inHours(30) })) as [number];
  });

  it.each([
    ["slotId", "1"],
    ["slotId", 1.5],
    ["slotId", 0],
    ["slotId", 1e20],
    ["slotId", null],
    ["name", ""],
    ["name", "   "],
    ["name", "x".repeat(121)],
    ["name", "Ada\r\nBcc: eve@example.org"],
    ["name", "a\u0000b"],
    ["name", "a\ud800b"],
    ["name", 5],
    ["email", "ada"],
    ["email", "ada@club.example, eve@example.org"],
    ["email", `${"a".repeat(250)}@club.example`],
    ["email", undefined],
    ["language", "fr"],
    ["timezone", "Mars/Olympus"],
    ["timezone", ""],
    ["timezone", "2026-01-01T00:00[Europe/Berlin]"],
    ["timezone", null],
    ["holdId", "a-hold"],
    ["price", 0],
    ["status", "confirmed"],
  ])("is answered with the name of the field %s if it is %j", async (field, value) => {
    expect(outcome(await book(slotId, { [field]: value }))).toBe(`422 invalid-body ${field}`);
    expect(await db.$count(bookings)).toBe(0);
  });

  it.each(["", "x".repeat(15), "x".repeat(256), "sixteen-letters-é"])(
    "is answered with the name of the key if it is '%s'",
    async (key) => {
      expect(outcome(await bookWith(key, slotId))).toBe("400 invalid-parameter Idempotency-Key");
    },
  );

  it.each(["x".repeat(16), "x".repeat(255), "with space, and ~"])("is not one because of the key '%s'", async (key) => {
    expect(outcome(await bookWith(key, 999_999))).toBe("404 not-found");
  });

  it("is answered with the name of an id that is none", async () => {
    const none = { id: "seven", token: "t" };
    expect(outcome(await reschedule(none, slotId))).toBe("400 invalid-parameter id");
    expect(outcome(await patch("seven", { status: "cancelled" }))).toBe("400 invalid-parameter id");
    for (const id of ["seven", "1.5", "-1", "0", "9".repeat(20), "1e3"]) {
      expect(outcome(await hold(id))).toBe("400 invalid-parameter id");
    }
    expect(outcome(await releaseHold(slotId, "a-hold"))).toBe("422 invalid-body holdId");
    expect(outcome(await reschedule({ ...none, id: crypto.randomUUID() }, "next"))).toBe("403 forbidden"); // before it is read
  });

  it.each([
    ["?limit=0", "limit"],
    ["?limit=501", "limit"],
    ["?status=lost", "status"],
    ["?from=2026-02-30T00:00:00Z", "from"],
    ["?to=yesterday", "to"],
    ["?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "to"],
    ["?from=2026-03-02&to=2026-03-01", "to"],
    ["?from=2026-03-02&to=2026-03-02T00:00:00Z", "to"],
    ["?from=2026-03-02T10:00", "from"],
    ["?from=1999-12-31", "from"],
    ["?timezone=Europe/Bern", "timezone"],
    ["?cursor=7", "cursor"],
    ["?cursor=WyIyMDI2LTAyLTAyIiw3XQ", "cursor"], // of another list
    ["?before=2026-02-03", "before"],
    ["?providerId=a%20b", "providerId"],
    ["?since=2026", "since"],
  ])("is answered with the wrong parameter of the list %s", async (query, field) => {
    expect(outcome(await list(query))).toBe(`400 invalid-parameter ${field}`);
  });

  it.each([
    [{ status: "pending" }, "status"],
    [{ status: "done" }, "status"],
    [{}, "status"],
    [{ status: "cancelled", reason: "a\nb" }, "reason"],
    [{ status: "cancelled", reason: "x".repeat(201) }, "reason"],
    [{ status: "confirmed", reason: "because" }, "reason"],
    [{ status: "cancelled", price: 0 }, "price"],
  ])("is answered with the wrong field of the change %j", async (change, field) => {
    expect(outcome(await patch(crypto.randomUUID(), change))).toBe(`422 invalid-body ${field}`);
  });
});
