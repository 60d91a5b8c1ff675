import { describe, expect } from "vitest";
import { appointmentSections, eraseFromAttendance } from "../../../lib/attendance/personal-data.ts";
import { calendarAppointments, dailyMetrics } from "../../../lib/attendance/schema.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { appointment, closeDays, inLockedTransaction, writePage } from "../../worlds/attendance.ts";

/** Export and erasure of one person. The other people of the same appointments stay. */

const it = databaseTest();

const ANNA = { userId: undefined, addresses: ["anna@club.example"], names: ["Anna Vogel"] };
const BEN = { organizer: "ben@club.example", consultant: "Ben Krause" };

const erase = (db: Db) => inLockedTransaction(db, (tx) => eraseFromAttendance(tx, ANNA));
const readAppointments = (db: Db) => db.select().from(calendarAppointments).orderBy(calendarAppointments.eventId);

describe("the erasure of a consultant", () => {
  it("moves only her own appointments to Unknown, and keeps the totals", async ({ db }) => {
    await writePage(db, [
      appointment({ eventId: "a hers" }),
      appointment({ eventId: "b booked by her", ...BEN, bookedBy: "Anna Vogel" }),
      appointment({ eventId: "c his", ...BEN, bookedBy: "Cleo" }),
    ]);
    await closeDays(db, ["2026-02-09"]);
    await erase(db);
    expect(await readAppointments(db)).toMatchObject([
      { consultant: "Unknown", organizer: null, bookedBy: null },
      { ...BEN, bookedBy: null },
      { ...BEN, bookedBy: "Cleo" },
    ]);
    expect(await db.select().from(dailyMetrics)).toMatchObject([
      { totalSlots: 3, byUser: { Unknown: { total_slots: 1 }, "Ben Krause": { total_slots: 2 } } },
    ]);
  });

  it("leaves a customer with the same name as a colleague alone", async ({ db }) => {
    await writePage(db, [appointment({ eventId: "a", ...BEN, title: "Ben Krause - Erstgespräch" })]);
    await erase(db);
    expect(await readAppointments(db)).toMatchObject([{ ...BEN, customerName: "Ben Krause" }]);
  });
});

describe("the export of a consultant", () => {
  it("contains her appointments and those she booked, but no customer's name", async ({ db }) => {
    await writePage(db, [
      appointment({ eventId: "a", title: "Max Mustermann" }),
      appointment({ eventId: "b", title: "Erika Muster", ...BEN, bookedBy: "Anna Vogel" }),
      appointment({ eventId: "c", title: "Lisa Muster", ...BEN }),
    ]);
    const sections = appointmentSections(ANNA);
    const consultant = await rows(db, sections.appointments_as_consultant ?? expect.fail("expected a section"));
    expect(consultant).toHaveLength(2);
    expect(JSON.stringify(consultant)).not.toMatch(/Muster/);
  });
});
