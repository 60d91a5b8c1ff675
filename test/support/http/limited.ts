import { vi } from "vitest";
import * as z from "zod";
import type { Environment } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";

/** One instance of the functions: modules of its own, so that it has counted nothing, on a database that others share. */
export async function newInstance(connection: Connection, settings: Environment) {
  vi.resetModules();
  const { configure } = await import("../../../lib/config/config.ts");
  const { useConnection } = await import("../../../lib/db/client.ts");
  const { admins, everyone } = await import("../../../lib/http/access.ts");
  const { pathEndpoint } = await import("../../../lib/http/app/path-endpoint.ts");
  const { operation } = await import("../../../lib/http/operation.ts");
  const { redirectLog } = await import("../../../lib/log.ts");
  const { closeRedis } = await import("../../../lib/http/rate-limit/redis.ts");
  const { pingRateLimitStore } = await import("../../../lib/http/rate-limit/store.ts");
  const lines: Record<string, unknown>[] = [];
  redirectLog((_level, line) => lines.push(JSON.parse(line)));
  configure({ ADMIN_TOKEN: "an-admin-token-of-tests", ...settings });
  useConnection(connection);
  const responses = { 200: { description: "Done.", schema: z.looseObject({}) } };
  const shared = { path: "/api/things", responses };
  const handle = async () => ({ status: "ok" });
  const endpoint = pathEndpoint([
    operation({ ...shared, id: "readThings", method: "GET", access: everyone, summary: "Reads.", handle }),
    operation({
      ...shared,
      id: "writeThings",
      method: "POST",
      access: everyone,
      summary: "Writes.",
      body: z.unknown(),
      handle,
    }),
    operation({
      ...shared,
      id: "deleteThings",
      method: "DELETE",
      access: admins,
      summary: "Deletes.",
      handle: async ({ caller }) => ({ ...caller }),
    }),
  ]);
  const ask = (
    verb: "GET" | "POST" | "DELETE" | "PUT" | "OPTIONS",
    address: string,
    token?: string,
  ): Promise<Response> =>
    endpoint[verb](
      new Request("https://taktwerk.example/api/things", {
        method: verb,
        headers: {
          ...(address && { "x-real-ip": address }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      }),
    );
  return { ask, lines, closeRedis, pingRateLimitStore };
}

/** The statuses of as many requests, one after the other. */
export async function statusesOf(times: number, ask: () => Promise<Response>): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) statuses.push((await ask()).status);
  return statuses;
}
