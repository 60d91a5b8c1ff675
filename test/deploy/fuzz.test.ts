import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "../support/database/databases.ts";
import type { FuzzRequest } from "../support/fuzz/fuzz-requests.ts";
import { startTarget, type Target } from "../support/fuzz/fuzz-run.ts";

/** The built functions answer every request with a response of their own. `npm run bench -- fuzz` sends more. */

const SEED = 20_260_202;
const REQUESTS = 1_000;

describe("the built functions", () => {
  let target: Target;
  beforeAll(async () => {
    target = await startTarget(await createDatabase());
  });
  afterAll(() => target.close());

  it(`answer ${REQUESTS} requests of every kind as the document says (seed ${SEED})`, async () => {
    const { statuses, findings, faults } = await target.fuzz(REQUESTS, SEED);
    expect({ findings, faults }).toEqual({ findings: [], faults: [] });
    // It is of no use where nothing gets through, or all.
    for (const status of [200, 400, 401, 403, 405, 422]) expect(statuses[status]).toBeGreaterThan(0);
  });

  it("answer what is nasty by design", async () => {
    const { findings, faults } = await target.send(nasty(target));
    expect({ findings, faults }).toEqual({ findings: [], faults: [] });
  });
});

function nasty({ world: { secrets } }: Target): FuzzRequest[] {
  const bearer = (name: string) => ({ authorization: `Bearer ${secrets[name]}` });
  const json = { "content-type": "application/json" };
  const post = (target: string, secret: string, body: string): FuzzRequest => ({
    method: "POST",
    target,
    headers: { ...bearer(secret), ...json },
    body,
  });
  const get = (target: string, secret: string, headers = {}): FuzzRequest => ({
    method: "GET",
    target,
    headers: { ...bearer(secret), ...headers },
  });
  const order = (slotId: unknown) => JSON.stringify({ slotId, name: "Ada", email: "ada@club.example" });
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  return [
    post("/api/sport/users", "adminToken", `{"users":[{"id":"ada","preferences":${deep}}]}`),
    post("/api/sport/users", "adminToken", `{"users":[{"id":"ada","__proto__":{"isActive":false}}]}`),
    post("/api/sport/users", "userToken", `{"users":[{"id":"bob","nickname":"mine"}]}`),
    post("/api/sport/users", "adminToken", `{"users":[{"id":"ada","nickname":"\\u0000\\ud800"}]}`),
    post("/api/sport/users", "adminToken", `{"users":["${"x".repeat(3_900_000)}"]}`),
    post("/api/sport/users", "adminToken", `{"users":["${"x".repeat(4_100_000)}"]}`),
    post("/api/v1/track/process", "siteReadKey", `["replay"]`),
    post("/api/v1/track", "siteWriteKey", `{"event_type":"x","occurred_at":1e308}`),
    post("/api/v1/track", "siteWriteKey", `{"event_type":"x","occurred_at":"-271821-04-20T00:00:00Z"}`),
    post("/api/v1/track", "siteWriteKey", `{"event_type":"x","event_data":${deep}}`),
    ...[0, -1, 1.5, 2 ** 53, 1e308, "7", null].map((slotId) => ({
      ...post("/api/bookings", "", order(slotId)),
      headers: { ...json, "idempotency-key": `a-key-for-a-slot-${slotId}` },
    })),
    get("/api/events/slots?daysAhead=", "cronSecret"),
    get("/api/events/weekly?week=9999-12-31", "cronSecret"),
    get("/api/events/monthly?month=2999-12", "cronSecret"),
    get("/api/events/cleanup", "cronSecret", {
      "x-taktwerk-continuation": "+275760-09-13T00:00:00Z",
    }),
    get("/api/events/cleanup", "cronSecret", {
      "x-taktwerk-continuation": "-000044-03-15T00:00:00Z",
    }),
    get("/api/tracking/metrics?from=9999-12-30&to=9999-12-31", "adminToken"),
    get("/api/tracking/appointments?date=9999-12-31", "adminToken"),
    get("/api/v1/track/dashboard?from=9999-12-31&to=9999-12-31&interval=hour", "siteReadKey"),
    get("/api/v1/track/dashboard?to=2000-01-01&interval=month", "siteReadKey"),
    get("/api/admin/bookings?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59Z", "adminToken"),
    get("/api/admin/bookings?to=9999-12-31", "adminToken"),
    post("/api/admin/jobs/run", "adminToken", `{"job":"dispatch"}`),
    get("/api/slots?serviceId=massage&from=2026-03-29&to=2026-03-29&timezone=Europe/Berlin", ""),
    get("/api/sport/results?week=9999-12-31", "userToken"),
    get("/api/bookings/%00", "cancelToken"),
    get("/api/bookings/%zz", "cancelToken"),
  ];
}
