import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { configure } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { admins, everyone } from "../../../lib/http/access.ts";
import { pathEndpoint } from "../../../lib/http/app/path-endpoint.ts";
import { operation } from "../../../lib/http/operation.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { GET } from "../../support/http/api.ts";
import { call, type Refusal, SETTINGS } from "../../support/http/requests.ts";

const OWN = "https://taktwerk.example";
const FRONTEND = "https://www.club.example";

const id = z.string().regex(/^\d+$/, { error: "a number" });
const shared = { path: "/api/things/{id}/parts", params: z.strictObject({ id }) };
const part = z.object({ id, page: z.string().optional() });
const responses = { 200: { description: "The part.", schema: part } };
const endpoint = pathEndpoint([
  operation({
    ...shared,
    id: "getPart",
    method: "GET",
    access: everyone,
    summary: "One part.",
    query: z.strictObject({ page: z.string().optional() }),
    responses,
    handle: async ({ params, query }) => ({ ...params, ...query }),
  }),
  operation({
    ...shared,
    id: "writePart",
    method: "POST",
    access: everyone,
    summary: "Writes it.",
    responses,
    handle: async ({ params }) => params,
  }),
  operation({
    ...shared,
    id: "deletePart",
    method: "DELETE",
    access: admins,
    summary: "Deletes it.",
    responses: { 200: { description: "Deleted.", schema: z.object({ id, role: z.string() }) } },
    handle: async ({ params, caller }) => ({ ...params, role: caller.role }),
  }),
]);

describe("the operations at a path with a parameter", () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await freshPostgres();
    useConnection(connection);
    configure({ ...SETTINGS, ALLOWED_ORIGINS: FRONTEND });
  });
  afterAll(() => connection.close());

  const ask = (method: string, origin?: string, path = "/api/things/7/parts") =>
    call<Refusal>(endpoint[method as "GET"], path, { method, token: null, headers: origin ? { origin } : {} });

  it("answers everybody, and knows the segment", async () => {
    expect(await ask("GET")).toMatchObject({ status: 200, body: { id: "7" } });
  });

  it("passes the query on beside the segment, and refuses one that it does not know", async () => {
    expect((await ask("GET", undefined, "/api/things/7/parts?page=2")).body).toEqual({ id: "7", page: "2" });
    expect((await ask("GET", undefined, "/api/things/7/parts?id=7")).status).toBe(400);
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
    const admin = await call(endpoint.DELETE, "/api/things/7/parts", { method: "DELETE" });
    expect(admin.body).toEqual({ id: "7", role: "admin" });
  });
});

it.each(["/api/_hidden", "/api/../lib/config", "/api/events/.weekly", "/api/nothing/7"])(
  "nothing is served at %s",
  async (path) => {
    expect(await call<Refusal>(GET, path)).toMatchObject({ status: 404, body: { error: { code: "not-found" } } });
  },
);
