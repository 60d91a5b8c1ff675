import { once } from "node:events";
import { request } from "node:http";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { median, verdict } from "../support.ts";
import { type BuiltServer, startBuiltServer } from "./built-server.ts";

const MB4 = Buffer.alloc(4_000_000, "[");
const ROUNDS = 15;
const PER_ROUND = 4;
/** As long as there is something to compile. */
const WARM_UP = 100;

interface Refused {
  name: string;
  method?: string;
  path: string;
  headers?: Record<string, string>;
}

const REFUSED: Refused[] = [
  { name: "an event without a key", path: "/api/v1/track" },
  { name: "an event with a wrong key", path: "/api/v1/track", headers: { authorization: "Bearer twk_pub_wrong" } },
  { name: "workouts with a wrong token", path: "/api/sport/workouts", headers: { authorization: "Bearer wrong" } },
  { name: "a job with a wrong secret", path: "/api/events/cleanup", headers: { authorization: "Bearer wrong" } },
  { name: "a booking that is too long", path: "/api/bookings", headers: { "idempotency-key": "a-key-of-the-bench" } },
];

/**
 * What a refused request of 4 MB costs the server in processor time, against the same one with nothing in it: with its length
 * declared, and in chunks. Wants `npm run build` first.
 */
export async function refusedBodiesBench(): Promise<void> {
  const postgres = await startPostgres();
  const settings = { CRON_SECRET: "a-cron-secret-of-bench", ADMIN_TOKEN: "an-admin-token-of-bench" };
  const unlimited = { RATE_LIMIT_WRITES: "0" }; // what is measured is the refusal of the body, and not of the caller
  const server = await startBuiltServer({
    DATABASE_URL: await createDatabase(postgres.url),
    ...settings,
    ...unlimited,
  });
  try {
    for (const refused of REFUSED) {
      for (let n = 0; n < WARM_UP; n += 1) await send(server.url, refused, n % 2 === 0 ? "declared" : "chunked");
      const costs: Record<"empty" | "declared" | "chunked", number[]> = { empty: [], declared: [], chunked: [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const kind of ["empty", "declared", "chunked"] as const) {
          costs[kind].push(await costOf(server, refused, kind));
        }
      }
      const empty = median(costs.empty);
      for (const kind of ["declared", "chunked"] as const) {
        const cost = median(costs[kind]);
        console.log(`${refused.name}, ${kind}: ${cost.toFixed(2)} ms, empty ${empty.toFixed(2)} ms`);
        const more = Math.max(0, cost - empty);
        verdict(`4 MB refused: ${refused.name}, ${kind}, beyond an empty one`, more, { atMost: 5 }, " ms");
      }
    }
  } finally {
    await server.stop();
    await postgres.stop();
  }
}

/** Processor time of the server for one request, in ms. */
async function costOf(server: BuiltServer, refused: Refused, kind: "empty" | "declared" | "chunked"): Promise<number> {
  const before = await server.cpu();
  for (let n = 0; n < PER_ROUND; n += 1) await send(server.url, refused, kind);
  return ((await server.cpu()) - before) / PER_ROUND;
}

/** Acts as a client that sends its whole body, even after a refusal. */
async function send(url: string, { method = "POST", path, headers }: Refused, kind: string): Promise<void> {
  const body = kind === "empty" ? "" : MB4;
  const length = kind === "declared" ? { "content-length": String(MB4.length) } : {};
  const sent = request(new URL(path, url), {
    method,
    headers: { "content-type": "application/json", ...headers, ...length },
  });
  sent.on("error", () => {}); // the server may hang up on what it does not want
  sent.end(body);
  const closed = once(sent, "close");
  const answered = once(sent, "response").then(async ([response]) => {
    response.resume();
    if (kind !== "empty" && ![401, 413, 429].includes(response.statusCode)) {
      throw new Error(`${path}: expected to be refused, got ${response.statusCode}`);
    }
  });
  await Promise.race([answered, closed]);
  await closed;
}
