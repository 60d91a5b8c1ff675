import { describe, expect } from "vitest";
import { providers, services } from "../../../../lib/booking/schema.ts";
import type { Db } from "../../../../lib/db/db.ts";
import { setClock } from "../../../support/clock.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { GET } from "../../../support/http/api.ts";
import { type Answer, call, type Refusal, SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService, addSlots } from "../../../worlds/slots.ts";

/** The public endpoints: providers, services and free slots. */

const it = databaseTest({ ...SETTINGS, ALLOWED_ORIGINS: "https://www.club.example" });

let db: Db;
it.beforeEach(async ({ db: fresh }) => {
  db = fresh;
  await addProvider(db, { name: "Praxis am Markt", timezone: "Asia/Kathmandu" }, []);
  await addService(db, { name: "Massage", price: 45.5, minNoticeMinutes: 60, confirmationRequired: true });
});

const open = { token: null };

describe("providers and services", () => {
  const listProviders = async () => {
    const { body } = await call<{ items: { id: string }[] }>(GET, "/api/providers", open);
    return body.items;
  };
  const listServices = async (query = "") => {
    const { body } = await call<{ items: { id: string }[] }>(GET, `/api/services${query}`, open);
    return body.items;
  };

  it("are listed with the fields that customers need", async () => {
    const { status, headers, body } = await call(GET, "/api/providers", {
      token: null,
      headers: { origin: "https://www.club.example" },
    });
    expect([status, headers.get("cache-control"), headers.get("access-control-allow-origin")]).toEqual([
      200,
      "private, no-cache",
      "https://www.club.example",
    ]);
    const praxis = { id: "praxis", name: "Praxis am Markt", timezone: "Asia/Kathmandu" };
    expect(body).toEqual({ items: [praxis], nextCursor: null });
    expect(await listServices()).toEqual([
      {
        id: "massage",
        providerId: "praxis",
        providerName: "Praxis am Markt",
        name: "Massage",
        durationMinutes: 60,
        price: 45.5,
        minNoticeMinutes: 60,
        confirmationRequired: true,
      },
    ]);
  });

  it("are listed once each, by name", async () => {
    await addProvider(db, { id: "z", name: "Atelier" }, []);
    await addService(db, { id: "b", providerId: "z", name: "Aquarell" });
    await addService(db, { id: "a", providerId: "z", name: "Aquarell" });
    expect((await listProviders()).map(({ id }) => id)).toEqual(["z", "praxis"]);
    expect((await listServices()).map(({ id }) => id)).toEqual(["a", "b", "massage"]);
    expect((await listServices("?providerId=z")).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(await listServices("?providerId=nobody")).toEqual([]);
  });

  it("are omitted if they, or all of their services, are inactive", async () => {
    await addProvider(db, { id: "idle" }, []);
    await addProvider(db, { id: "away", active: false }, []);
    await addService(db, { id: "yoga", providerId: "away" });
    await addService(db, { id: "old", active: false });
    expect((await listProviders()).map(({ id }) => id)).toEqual(["praxis"]);
    expect((await listServices()).map(({ id }) => id)).toEqual(["massage"]);
    await db.update(services).set({ active: false });
    expect([await listProviders(), await listServices()]).toEqual([[], []]);
  });

  it("refuse unknown parameters", async () => {
    expect((await call(GET, "/api/providers?active=false", open)).status).toBe(400);
    expect((await call(GET, "/api/services?providerId=a&providerId=b", open)).status).toBe(400);
    expect((await call(GET, "/api/services?providerId=", open)).status).toBe(400);
  });
});

describe("slots", () => {
  interface SlotsResponse extends Refusal {
    from: string;
    to: string;
    timezone: string;
    items: { startsAt: string; localStart: string }[];
    nextCursor: string | null;
  }
  const ask = (query: string): Promise<Answer<SlotsResponse>> => call<SlotsResponse>(GET, `/api/slots?${query}`, open);

  it("are listed from one local date to another, both included, in the provider's zone", async () => {
    // Kathmandu is 5:45 ahead: its 1 March begins on 28 February at 18:15 UTC.
    const instants = ["02-28T18:14", "02-28T18:15", "03-02T18:14", "03-02T18:15"];
    await addSlots(
      db,
      ...instants.map((time) => ({ startsAt: new Date(`2098-${time}:00Z`), busyUntil: new Date("2099") })),
    );
    const { status, headers, body } = await ask("serviceId=massage&from=2098-03-01&to=2098-03-02");
    expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(body).toMatchObject({ from: "2098-03-01", to: "2098-03-02", timezone: "Asia/Kathmandu" });
    expect(body.items.map(({ startsAt }) => startsAt)).toEqual([
      "2098-02-28T18:15:00.000Z",
      "2098-03-02T18:14:00.000Z",
    ]);
    const berlin = await ask("providerId=praxis&from=2098-03-01&to=2098-03-02&timezone=Europe/Berlin");
    expect(berlin.body.timezone).toBe("Europe/Berlin");
    expect(berlin.body.items.map(({ localStart }) => localStart)).toEqual([
      "2098-03-02T19:14:00+01:00",
      "2098-03-02T19:15:00+01:00",
    ]);
  });

  it.each([
    ["Asia/Kathmandu", "2026-03-11"],
    ["Pacific/Kiritimati", "2026-03-12"],
    ["Pacific/Pago_Pago", "2026-03-10"],
  ])("are listed for a week from today in %s by default", async (zone, today) => {
    setClock("2026-03-11T10:30:00Z");
    const { body } = await ask(`providerId=praxis&timezone=${zone}`);
    expect(body.from).toBe(today);
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(6 * 86_400_000);
    const { body: own } = await ask("providerId=praxis&from=2098-02-26");
    expect([own.from, own.to]).toEqual(["2098-02-26", "2098-03-04"]);
  });

  it("can be listed for up to 62 days, including a leap day", async () => {
    expect((await ask("providerId=praxis&from=2096-02-01&to=2096-04-02")).status).toBe(200);
    expect((await ask("providerId=praxis&from=2096-02-01&to=2096-04-03")).body.error).toMatchObject({ field: "to" });
    expect((await ask("providerId=praxis&from=2096-02-29&to=2096-02-29")).status).toBe(200);
    expect((await ask("providerId=praxis&from=2999-12-31")).status).toBe(200);
  });

  it.each([
    ["", "serviceId", "the id of a service, or providerId"],
    ["providerId=praxis&timezone=Europe/Bern", "timezone", "an IANA time zone such as Europe/Berlin"],
    ["providerId=praxis&timezone=", "timezone", "an IANA time zone such as Europe/Berlin"],
    ["providerId=praxis&timezone=+05:45", "timezone", "an IANA time zone such as Europe/Berlin"],
    ["providerId=praxis&from=2026-02-30", "from", "a calendar date YYYY-MM-DD"],
    ["providerId=praxis&from=2026-02-28&to=2026-02-30", "to", "a calendar date YYYY-MM-DD"],
    ["providerId=praxis&from=tomorrow", "from", "a calendar date YYYY-MM-DD"],
    ["providerId=praxis&from=2026-3-1", "from", "a calendar date YYYY-MM-DD"],
    ["providerId=praxis&from=1999-12-31", "from", "a calendar date from 2000 on"],
    ["providerId=praxis&from=9999-12-31", "from", "a calendar date before the year 3000"],
    ["providerId=praxis&from=2098-03-02&to=2098-03-01", "to", "a date from 2098-03-02 on"],
    ["providerId=praxis&from=2098-01-01&to=2098-12-31", "to", "at most 62 days, from and to included"],
    ["providerId=praxis&to=2999-01-01", "to", "at most 62 days, from and to included"],
    ["providerId=praxis&from=2098-03-02&from=2098-03-03", "from", "one value"],
    ["providerId=two%20words", "providerId", "an id of 1 to 128 printable ASCII characters"],
    ["providerId=praxis&limit=0", "limit", "a whole number from 1 to 2000"],
    ["providerId=praxis&cursor=WzFd", "cursor", "the `nextCursor` of a page"],
    ["providerId=praxis&surprise=5", "surprise", "no such field"],
  ])("are refused for %j with the name of the field %s", async (query, field, expected) => {
    const { status, body } = await ask(query);
    expect([status, body.error]).toMatchObject([400, { code: "invalid-parameter", field, expected }]);
    expect(body.error.message).toMatch(new RegExp(`^${field}: expected .+, got .+`));
  });

  it.each([
    ["serviceId=nothing", "There is no service with the id nothing."],
    ["providerId=nobody", "There is no provider with the id nobody."],
    ["serviceId=massage&providerId=studio", "The provider studio has no service with the id massage."],
  ])("of an unknown service or provider (%s) are not found", async (query, message) => {
    await addProvider(db, { id: "studio" }, []);
    const { status, body } = await ask(query);
    expect([status, body.error]).toMatchObject([404, { code: "not-found", message }]);
  });

  it("come in pages that neither repeat nor leave out a slot, even if several start at once", async () => {
    await addService(db, { id: "yoga" });
    const starts = ["10:00", "11:00", "12:00"].map((time) => new Date(`2098-03-01T${time}:00Z`));
    for (const serviceId of ["massage", "yoga"]) {
      await addSlots(db, ...starts.map((startsAt) => ({ startsAt, serviceId })));
    }
    const query = "providerId=praxis&from=2098-03-01&to=2098-03-01";
    const pages = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body }: Answer<SlotsResponse> = await ask(`${query}&limit=2${cursor && `&cursor=${cursor}`}`);
      pages.push(body.items);
      cursor = body.nextCursor;
    }
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2]);
    expect(pages.flat()).toEqual((await ask(query)).body.items);
  });

  it("of an inactive provider are none", async () => {
    await addSlots(db, { startsAt: new Date("2098-03-01T10:00:00Z") });
    const query = "serviceId=massage&providerId=praxis&from=2098-03-01";
    expect((await ask(query)).body.items).toHaveLength(1);
    await db.update(providers).set({ active: false });
    expect(await ask(query)).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
  });
});
