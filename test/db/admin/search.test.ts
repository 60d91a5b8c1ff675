import { describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { jobExecutions } from "../../../lib/jobs/schema.ts";
import { setClock } from "../../support/clock.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { expectRefused } from "../../support/http/refused.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { addBookings } from "../../worlds/bookings.ts";
import { addUsers } from "../../worlds/club.ts";
import { addMails } from "../../worlds/ledger.ts";

const PATH = "/api/admin/search";
const NOW = new Date("2026-03-11T12:00:00Z");

interface Hits {
  members: { id: string; name: string }[];
  bookings: { id: string; customerName: string; customerEmail?: string }[];
  jobs: { command: string }[];
  executions: { id: string; command: string }[];
  mails: { id: number; recipient: string }[];
}

describe("GET /api/admin/search", () => {
  let db: Db;
  ownDatabase(
    (own) => {
      db = own;
    },
    { ...SETTINGS, EVENTS_TIMEZONE: "Europe/Berlin" },
  );

  const find = async (q: string, more = "") => {
    setClock(NOW);
    const { status, body } = await call<Hits>(GET, `${PATH}?q=${encodeURIComponent(q)}${more}`);
    expect(body).toHaveProperty("members");
    expect(status).toBe(200);
    return body;
  };
  const ids = (hits: { id: unknown }[]) => hits.map(({ id }) => id);

  it.each([
    ["q", "", "nothing"],
    ["q", "?q=a", '"a"'],
    ["q", "?q=%20a%20", '" a "'],
    ["limit", "?q=ada&limit=11", '"11"'],
  ])("names a wrong %s: %s", (field, query, got) => expectRefused(GET, `${PATH}${query}`, field, got));

  it("finds members by name, address and id, first those whose name begins with the text", async () => {
    await addUsers(
      db,
      { id: "u1", nickname: "Nadal", email: null },
      { id: "u2", nickname: "Ada Vogel" },
      { id: "u3", nickname: "Zoe", firstName: "Ada" },
      { id: "u4", nickname: "Ben", email: "the.ada@club.example" },
      { id: "u5", nickname: "100%" },
      { id: "adam", nickname: "Max" },
    );
    expect(ids((await find("ADA")).members)).toEqual(["u2", "adam", "u3", "u4", "u1"]);
    expect(ids((await find("ada", "&limit=2")).members)).toEqual(["u2", "adam"]);
    expect(ids((await find("  ada   vog ")).members)).toEqual(["u2"]);
    expect(ids((await find("0%")).members)).toEqual(["u5"]);
    expect((await find("no one")).members).toEqual([]);
  });

  it("finds bookings by customer, address, service and id: upcoming ones first, the soonest first", async () => {
    const at = (days: number) => new Date(Number(NOW) + days * 86_400_000);
    const [past, later, soon, yoga] = await addBookings(
      db,
      { customerName: "Jonas Petersen", startsAt: at(-1) },
      { customerName: "Jonas Petersen", startsAt: at(9) },
      { customerName: "Jonas Petersen", startsAt: at(2) },
      { customerName: "Peter", customerEmail: "p@x.example", serviceName: "Yoga", startsAt: at(1) },
    );
    const { bookings } = await find("petersen");
    expect(ids(bookings)).toEqual([soon?.id, later?.id, past?.id]);
    expect(bookings[0]).not.toHaveProperty("customerEmail");
    expect(ids((await find("yog")).bookings)).toEqual([yoga?.id]);
    expect(ids((await find("p@x")).bookings)).toEqual([yoga?.id]);
    expect(ids((await find(String(past?.id).slice(0, 13))).bookings)).toEqual([past?.id]);
  });

  it("finds jobs by name, and executions by id and by local date", async () => {
    const execution = (id: string, startedAt: string, outcome: "completed" | "failed" = "completed") => ({
      id: `${id}-0000-4000-8000-000000000000`,
      jobName: "weekly-events",
      trigger: "cron" as const,
      startedAt: new Date(startedAt),
      outcome,
    });
    await db
      .insert(jobExecutions)
      .values([
        execution("aaaaaaa1", "2026-02-02T22:59:00Z"),
        execution("aaaaaaa2", "2026-02-02T23:00:00Z", "failed"),
        execution("aaaaaaa3", "2026-02-03T22:59:00Z"),
        execution("aaaaaaa4", "2026-02-03T23:00:00Z"),
      ]);
    expect((await find("week")).jobs).toEqual([{ command: "weekly", jobName: "weekly-events" }]);
    const starts = async (q: string) => (await find(q)).executions.map(({ id }) => id.slice(0, 8));
    expect(await starts("2026-02-03")).toEqual(["aaaaaaa2", "aaaaaaa3"]);
    expect(await starts("3.2.")).toEqual(["aaaaaaa2", "aaaaaaa3"]);
    expect(await starts("aaaaaaa4")).toEqual(["aaaaaaa4"]);
    expect(await starts("31.2.2026")).toEqual([]);
  });

  it("finds mails by recipient, subject, message id and number, and those of a found member; addresses are masked", async () => {
    await addUsers(db, { id: "u1", nickname: "Barbara", email: "b@club.example" });
    const [first, second, third] = await addMails(
      db,
      NOW,
      { recipient: "carla@club.example", subject: "Deine Wochenbilanz ist da!" },
      { recipient: "dora@club.example", messageId: "<12ab@mail.example>" },
      { recipient: "b@club.example", userId: "u1" },
    );
    expect((await find("carla")).mails).toMatchObject([{ id: first, recipient: "c…@club.example" }]);
    expect(ids((await find("wochenbilanz")).mails)).toEqual([first]);
    expect(ids((await find("12ab@")).mails)).toEqual([second]);
    expect(ids((await find("barbara")).mails)).toEqual([third]);
    expect((await find("999999999999999999999")).mails).toEqual([]);
  });
});
