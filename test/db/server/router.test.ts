import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { type Listening, listen } from "../../../lib/server/listen.ts";
import { asPlatform } from "../../../lib/server/platform-headers.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { addRoutedSites, headersOf, ROUTED, type RoutedRequest, wordsOf } from "../../support/http/routes-table.ts";

/** The same for the platform's build is in test/deploy/router.test.ts. */

describe("npm run serve", () => {
  let db: Db;
  ownDatabase(
    (own) => {
      db = own;
    },
    { ...SETTINGS, RATE_LIMIT_READS: "0", RATE_LIMIT_WRITES: "0" },
  );
  let server: Listening;
  beforeAll(async () => {
    server = await listen("127.0.0.1", 0, asPlatform());
  });
  afterAll(() => server.close());
  beforeEach(() => addRoutedSites(db));

  it.each(ROUTED.map((routed) => [`${routed.method} ${routed.path}`, routed.answer, routed] as const))(
    "answers %s with %s",
    async (_name, answer, routed) => {
      const response = await fetch(`${server.url}${routed.path}`, init(routed));
      const text = await response.text();
      expect(wordsOf(response.status, text)).toBe(answer);
      if (!response.ok) {
        expect(JSON.parse(text)).toMatchObject({ error: { requestId: response.headers.get("x-request-id") } });
      }
    },
  );

  it.each(["PROPFIND", "QUERY"])("refuses the method %s in the shape of all errors", async (method) => {
    const response = await fetch(`${server.url}/api/services`, { method });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ status: "error", error: { code: "method-not-allowed" } });
  });
});

const init = (routed: RoutedRequest): RequestInit => ({
  method: routed.method,
  headers: headersOf(routed),
  ...(routed.json !== undefined && { body: JSON.stringify(routed.json) }),
});
