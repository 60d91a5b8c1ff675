import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, vi } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { createClient } from "../../../web/client/client.ts";
import type {
  BookingCreated,
  BookingRequest,
  BookingResponse,
  Leaderboard,
  Slot,
} from "../../../web/client/generated/types.ts";
import { inHours } from "../../support/booking/booking-requests.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { api } from "../../support/http/api.ts";
import { clientExamples } from "../../support/http/client-examples.ts";
import { ADMIN_TOKEN, SETTINGS } from "../../support/http/requests.ts";
import { signed, USER_SECRET } from "../../support/http/tokens.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../worlds/slots.ts";

const it = databaseTest({ ...SETTINGS, AUTH_JWT_SECRET: USER_SECRET });

const SERVICE = "personal-60";
const send = (url: string, init?: RequestInit): Promise<Response> => api(new Request(url, init));

/** A date in the newest week that has ended. */
const lastWeek = (): string => new Date(Date.now() - 7 * 24 * HOUR_MS).toISOString().slice(0, 10);

/** Two slots to choose from, and two friends of whom Ada has more points in the evaluated week. */
it.beforeEach(async ({ db }: { db: Db }) => {
  await addProvider(db);
  await addService(db, { id: SERVICE });
  await addSlots(db, ...[30, 32].map((hours) => ({ serviceId: SERVICE, startsAt: inHours(hours) })));
  await addUsers(db, "ada", "bea");
  await befriend(db, ["ada", "bea"]);
  const at = `${lastWeek()}T10:00:00Z`;
  await addWorkouts(
    db,
    { userId: "ada", at, activities: [pushups(30)] },
    { userId: "bea", at, activities: [pushups(20)] },
  );
  await fireWeekly(db, new Date().toISOString(), { date: lastWeek() });
});

describe("the typed client", () => {
  const client = createClient({ baseUrl: "https://club.example", token: () => signed(), fetch: send });
  const customer = { name: "Ada", email: "ada@club.example" };

  it("books a slot, moves it and reads a leaderboard", async () => {
    const { items } = await client.listSlots({ serviceId: SERVICE });
    const [first, second] = items.map(({ id }) => id);
    const { booking, cancelToken } = await client.createBooking({ body: { slotId: first ?? 0, ...customer } });
    expect(booking.slotId).toBe(first);
    const moved = await client.moveBooking({ id: booking.id, body: { slotId: second ?? 0 } }, { token: cancelToken });
    expect(moved.booking).toMatchObject({ id: booking.id, slotId: second, status: "confirmed" });
    const leaderboard = await client.getLeaderboard();
    expect(leaderboard.items.map(({ userId, rank }) => [userId, rank])).toEqual([
      ["ada", 1],
      ["bea", 2],
    ]);
  });

  it("gives errors their code", async () => {
    const [slot] = (await client.listSlots({ serviceId: SERVICE })).items;
    const body = { slotId: slot?.id ?? 0, ...customer };
    await client.createBooking({ body });
    await expect(client.createBooking({ body })).rejects.toMatchObject({ status: 409, code: "slot-full" });
    await expect(client.listSites({})).rejects.toMatchObject({ status: 403, code: "forbidden" });
    await expect(client.listSites({}, { token: ADMIN_TOKEN })).resolves.toMatchObject({ items: [] });
    const wrong = client.listSlots({ serviceId: SERVICE, from: "2026-02-30" });
    await expect(wrong).rejects.toMatchObject({ code: "invalid-parameter", field: "from", got: '"2026-02-30"' });
  });
});

/** What the example exports. */
interface PlainFetch {
  firstSlot(serviceId: string): Promise<Slot | undefined>;
  book(body: BookingRequest): Promise<BookingCreated>;
  move(created: BookingCreated, slotId: number): Promise<BookingResponse>;
  leaderboard(userToken: string): Promise<Leaderboard>;
}

describe("the example with plain fetch", () => {
  it("books a slot, moves it and reads a leaderboard", async () => {
    vi.stubGlobal("fetch", send);
    onTestFinished(() => void vi.unstubAllGlobals());
    const example = await load("fetch.ts");
    const slot = await example.firstSlot(SERVICE);
    const created = await example.book({ slotId: slot?.id ?? 0, name: "Ada", email: "ada@club.example" });
    const other = await example.firstSlot(SERVICE);
    expect(other?.id).not.toBe(slot?.id);
    const { booking } = await example.move(created, other?.id ?? 0);
    expect(booking).toMatchObject({ id: created.booking.id, slotId: other?.id });
    expect((await example.leaderboard(await signed())).items).toHaveLength(2);
    await expect(example.move(created, 0)).rejects.toThrow(/^invalid-body: /);
  });
});

/** Imports an example as the program that it is. */
async function load(name: string): Promise<PlainFetch> {
  const directory = mkdtempSync(join(tmpdir(), "taktwerk-example-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, name);
  writeFileSync(file, clientExamples().find((example) => example.name === name)?.code ?? "");
  return import(pathToFileURL(file).href);
}
