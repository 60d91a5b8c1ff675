import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Access } from "../../../lib/http/access.ts";
import { createApp } from "../../../lib/http/app/app.ts";
import { operation } from "../../../lib/http/operation.ts";

const everyone: Access<undefined> = {
  credentials: [],
  cors: undefined,
  largestBody: 1_000,
  authenticate: async () => undefined,
};

const readName = operation({
  id: "readName",
  method: "GET",
  path: "/api/names",
  access: everyone,
  summary: "Reads a name.",
  opensDatabase: true,
  headers: z.object({ "X-Name": z.string() }),
  responses: { 200: { description: "The name.", schema: z.object({ name: z.string() }) } },
  handle: async ({ headers }) => ({ name: headers["X-Name"] }),
});

describe("the app", () => {
  const app = createApp([{ tag: "Names", paths: ["/api/names"], load: async () => [readName] }]);

  it("answers HEAD as GET for the request object of any server", async () => {
    const request = Object.create(Request.prototype, {
      method: { value: "HEAD" },
      url: { value: "https://taktwerk.example/api/names" },
      headers: { value: new Headers({ "x-name": "Ada" }) },
      signal: { value: new AbortController().signal },
    });
    const response = await app.HEAD(request);
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 200, text: "" });
  });

  it.each([
    ["/api/names", 200],
    ["/api/names/", 200],
    ["//api/names", 404],
    ["/api//names", 404],
    ["/API/names", 404],
    ["/api/n%61mes", 404],
    ["/%61pi/names", 404],
    ["/api%2Fnames", 404],
  ])("answers %s with %i, because a path has one spelling", async (path, status) => {
    const request = new Request(`https://taktwerk.example${path}`, { headers: { "x-name": "Ada" } });
    expect((await app.GET(request)).status).toBe(status);
  });
});
