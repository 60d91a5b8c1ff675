import { describe, expect, it } from "vitest";
import * as z from "zod";
import { allOperations } from "../../../lib/app/all-operations.ts";
import { AppError } from "../../../lib/errors.ts";
import type { Access } from "../../../lib/http/access.ts";
import { pathEndpoint } from "../../../lib/http/app/path-endpoint.ts";
import { operation } from "../../../lib/http/operation.ts";

/** An operation declares who may call it, and nothing of a request is looked at before the caller is known. */

const declared = {
  id: "doSomething",
  method: "POST" as const,
  path: "/api/something",
  summary: "Does something.",
  opensDatabase: true,
  responses: { 200: { description: "It is done.", schema: z.object({}) } },
  handle: async () => ({}),
};

const noOne: Access<undefined> = {
  credentials: ["adminToken"],
  cors: undefined,
  largestBody: 1_000,
  authenticate: async () => {
    throw new AppError("unauthorized", "You are not let in.");
  },
};

describe("an operation", () => {
  it("does not compile without an access", () => {
    // @ts-expect-error: `access` is missing.
    expect(operation(declared).access).toBeUndefined();
  });

  it("has an access, wherever it is declared", async () => {
    for (const { operation } of await allOperations()) {
      expect(operation.access.authenticate, operation.id).toBeTypeOf("function");
      expect(operation.access.credentials, operation.id).toBeInstanceOf(Array);
    }
  });

  it("looks at nothing of a request that its access refuses", async () => {
    const seen: string[] = [];
    const noting = (name: string) =>
      z.unknown().transform((value) => {
        seen.push(name);
        return value;
      });
    const { POST } = pathEndpoint([
      operation({
        ...declared,
        access: noOne,
        params: noting("params"),
        query: noting("query"),
        headers: noting("headers"),
        body: noting("body"),
        handle: async () => {
          seen.push("handle");
          return {};
        },
      }),
    ]);
    const body = new ReadableStream({ pull: () => void seen.push("stream") }, { highWaterMark: 0 });
    const url = "https://taktwerk.example/api/something?x=1&x=2";
    const response = await POST(new Request(url, { method: "POST", body, duplex: "half" } as RequestInit));
    expect(response.status).toBe(401);
    expect(seen).toEqual([]);
  });
});
