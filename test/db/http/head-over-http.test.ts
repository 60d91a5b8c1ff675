import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen } from "../../../lib/server/listen.ts";
import { asPlatform } from "../../../lib/server/platform-headers.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { SETTINGS } from "../../support/http/requests.ts";

describe("HEAD, over HTTP", () => {
  ownDatabase(() => {}, SETTINGS);
  let server: Listening;
  beforeAll(async () => {
    server = await listen("127.0.0.1", 0, asPlatform());
  });
  afterAll(() => server.close());

  it.each([
    ["/api/services", 200],
    ["/api/health", 200],
    ["/health/db", 200],
    ["/api/slots", 400],
    ["/api/bookings/00000000-0000-4000-8000-000000000000", 401],
    ["/api/nothing", 404],
    ["/api/events/weekly", 405],
  ])("answers %s with %i", async (path, status) => {
    const response = await fetch(server.url + path, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([status, ""]);
  });
});
