import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { configure } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { defineRoute, method, publicMethod } from "../../../lib/http/define-route.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { GET } from "../../support/http/api.ts";
import { call, type Refusal, SETTINGS } from "../../support/http/requests.ts";

const OWN = "https://taktwerk.example";
const FRONTEND = "https://www.club.example";

const id = z.string().regex(/^\d+$/, { error: "a number" });
const route = defineRoute(
  {
    GET: publicMethod({
      summary: "One part.",
      path: z.strictObject({ id }),
      query: z.strictObject({ page: z.string().optional() }),
      handlePublic: async ({ path, query }) => ({ ...path, ...query }),
    }),
    POST: publicMethod({ summary: "Writes it.", path: z.strictObject({ id }), handlePublic: async ({ path }) => path }),
    DELETE: method({
      summary: "Deletes it.",
      path: z.strictObject({ id }),
      handle: async ({ path, caller }) => ({ ...path, ...caller }),
    }),
  },
  "/api/things/[id]/parts",
);

describe("a route with a public method and a segment in its path", () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await freshPostgres();
    useConnection(connection);
    configure({ ...SETTINGS, ALLOWED_ORIGINS: FRONTEND });
  });
  afterAll(() => connection.close());

  const ask = (method: string, origin?: string, path = "/api/things/7/parts") =>
    call<Refusal>(route[method as "GET"], path, { method, token: null, headers: origin ? { origin } : {} });

  it("answers everybody, and knows the segment", async () => {
    expect(await ask("GET")).toMatchObject({ status: 200, body: { id: "7" } });
  });

  it("takes no harm from the segment in the query, where the platform puts it", async () => {
    const { body } = await ask("GET", undefined, "/api/things/7/parts?id=7&page=2");
    expect(body).toEqual({ id: "7", page: "2" });
  });

  it("names the wrong segment", async () => {
    expect(await ask("GET", undefined, "/api/things/seven/parts")).toMatchObject({
      status: 400,
      body: { error: { code: "invalid-parameter", field: "id", expected: "a number", got: '"seven"' } },
    });
  });

  it.each([undefined, OWN, FRONTEND])("lets %s write", async (origin) => {
    expect((await ask("POST", origin)).status).toBe(200);
  });

  it.each(["https://evil.example", "null"])("refuses what a page of %s sends, and lets it read", async (origin) => {
    expect(await ask("POST", origin)).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
    expect((await ask("GET", origin)).status).toBe(200);
  });

  it("lets a browser on an allowed origin send an Idempotency-Key", async () => {
    const { headers } = await ask("OPTIONS", FRONTEND);
    expect(headers.get("access-control-allow-headers")).toContain("idempotency-key");
  });

  it("still asks who calls a method that is not public", async () => {
    expect((await ask("DELETE")).status).toBe(401);
    const admin = await call(route.DELETE, "/api/things/7/parts", { method: "DELETE" });
    expect(admin.body).toEqual({ id: "7", role: "admin" });
  });
});

it.each(["/api/_hidden", "/api/../lib/config", "/api/events/.weekly", "/api/nothing/7"])(
  "nothing is served at %s",
  async (path) => {
    expect(await call<Refusal>(GET, path)).toMatchObject({ status: 404, body: { error: { code: "not-found" } } });
  },
);
