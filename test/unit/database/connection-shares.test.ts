import { describe, expect, it } from "vitest";
import { Places } from "../../../lib/db/admission/connection-shares.ts";
import { JOBS, READS, type Work, workHere, writesOf } from "../../../lib/db/admission/work.ts";

const BOOKINGS = writesOf("/api/bookings/7/reschedule");
const TRACK = writesOf("/api/v1/track/async");
const hasty = (work: Work): Work => ({ ...work, patienceMs: 1 });
const reasonOf = (error: { cause: Error }) => error.cause.message;

/** How many of a kind of work get a place at once. */
async function entering(places: Places, work: Work): Promise<number> {
  const tries = Array.from({ length: 10 }, () => places.take(hasty(work)));
  return (await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled").length;
}

describe("the places of a pool of five", () => {
  it("are all for reads, and all but one for jobs", async () => {
    expect(await entering(new Places(5), READS)).toBe(5);
    expect(await entering(new Places(5), JOBS)).toBe(4);
    expect(await entering(new Places(5), workHere())).toBe(5);
  });

  it("leave one to other areas and one to reads if one area wants them all", async () => {
    const places = new Places(5);
    expect(await entering(places, BOOKINGS)).toBe(3);
    expect(await entering(places, TRACK)).toBe(1);
    expect(await entering(places, JOBS)).toBe(0);
    expect(await entering(places, READS)).toBe(1);
  });

  it("are given in the order of asking, past those that may not have one yet", async () => {
    const places = new Places(5);
    const taken = await Promise.all([1, 2, 3].map(() => places.take(BOOKINGS)));
    const order: string[] = [];
    const wait = async (name: string, work: Work) => {
      const leave = await places.take(work);
      order.push(name);
      return leave;
    };
    const waiting = [wait("first booking", BOOKINGS), wait("second booking", BOOKINGS), wait("track", TRACK)];
    await waiting[2];
    taken[0]?.();
    taken[0]?.(); // twice does no harm
    await waiting[0];
    expect(order).toEqual(["track", "first booking"]);
    taken[1]?.();
    await waiting[1];
  });

  it("are refused at once if too many of a kind wait, with a message", async () => {
    const places = new Places(1);
    await places.take(READS);
    const work = { ...BOOKINGS, mostWaiting: 1 };
    void places.take(work).catch(() => {});
    const refusal = await places.take(work).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "unavailable", outage: "busy", headers: { "Retry-After": "2" } });
    expect(reasonOf(refusal as { cause: Error })).toBe("1 wait for a connection already (writes:bookings)");
  });

  it("are waited for only so long; who gave up takes none", async () => {
    const places = new Places(1);
    const leave = await places.take(READS);
    const late = await places.take(hasty(READS)).catch((error: unknown) => error);
    expect(reasonOf(late as { cause: Error })).toBe("no connection was free within 1 ms (reads)");
    leave();
    await places.take(READS);
  });
});

it.each([1, 2, 3])("a pool of %i has nothing to share out", async (size) => {
  for (const work of [READS, JOBS, BOOKINGS]) expect(await entering(new Places(size), work)).toBe(size);
});

it.each([
  ["/api/bookings", "writes:bookings"],
  ["/api/slots/7/hold", "writes:slots"],
  ["/api/v1/track", "writes:track"],
  ["/api/admin/sites/shop/keys", "writes:admin"],
])("what %s writes is %s", (path, kind) => {
  expect(writesOf(path).kind).toBe(kind);
});
