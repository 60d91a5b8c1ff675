import { openApiDocument } from "../../../scripts/openapi.ts";
import { api } from "./api.ts";

/** Requests to every path of the API, also to what is added tomorrow: tests of what holds for all of them. */

const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";
export const METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;

export interface Asked {
  /** Its path in the document, such as `/api/bookings/{id}`. */
  name: string;
  method: (typeof METHODS)[number];
  /** With a query where one is needed. */
  path: string;
  json?: unknown;
}

const ACTIVITY = { exerciseId: "pushups", quantity: 9 };
const EVENT = { event_type: "page_view", page_url: "https://shop.example/" };

/** What those take that do not take nothing. */
const BODIES: Record<string, unknown> = {
  "POST /api/admin/emails/retry": { all: true },
  "POST /api/admin/jobs/run": { job: "cleanup" },
  "POST /api/admin/sites": { customerId: "shop" },
  "PATCH /api/admin/sites/{id}": { name: "Shop" },
  "POST /api/admin/sites/{id}/keys": { kind: "read" },
  "PATCH /api/admin/bookings/{id}": { status: "confirmed" },
  "POST /api/bookings": { slotId: 7, name: "Ada", email: "ada@club.example" },
  "POST /api/bookings/{id}/reschedule": { slotId: 7 },
  "DELETE /api/slots/{id}/hold": { holdId: UNKNOWN_ID },
  "POST /api/sport/users": { users: [{ id: "ada" }] },
  "POST /api/sport/friendships": { friendships: [{ userId: "ada", friendId: "bob" }] },
  "POST /api/sport/workouts": {
    workouts: [{ id: "w", userId: "ada", startTime: "2026-02-02T10:00:00Z", activities: [ACTIVITY] }],
  },
  "POST /api/v1/track": EVENT,
  "POST /api/v1/track/async": EVENT,
};

const QUERIES: readonly (readonly [RegExp, string])[] = [
  [/^GET .*(results|leaderboard|rankings|badges|friendships)$/, "?userId=ada"],
  [/^GET \/api\/slots$/, "?providerId=nobody"],
  [/^GET \/api\/tracking\/appointments$/, "?date=2026-02-02"],
  [/^GET \/api\/admin\/sites\/dashboard$/, "?customerId=shop"],
  [/^DELETE .*keys$/, "?kind=read"],
];

/** One request for each path and method, valid where it says what it takes. */
export async function everyRequest(): Promise<Asked[]> {
  const { paths } = await openApiDocument();
  return Object.keys(paths).flatMap((name) =>
    METHODS.map((method): Asked => {
      const path = name.replace("slots/{id}", "slots/7").replace("{id}", UNKNOWN_ID);
      const call = `${method} ${name}`;
      const query = QUERIES.find(([of]) => of.test(call))?.[1] ?? "";
      const json = BODIES[call] ?? (method === "POST" || method === "PATCH" ? {} : undefined);
      return { name, method, path: path + query, ...(json !== undefined && { json }) };
    }),
  );
}

/** Sends it as a client does, to an origin of one's own choice. */
export function send(
  { method, path, json }: Asked,
  headers: Record<string, string> = {},
  origin = "https://taktwerk.example",
): Promise<Response> {
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const type: Record<string, string> = json === undefined ? {} : { "content-type": "application/json" };
  const idempotent = { "idempotency-key": "a-key-of-the-tests" };
  const request = new Request(new URL(path, origin), {
    method,
    headers: { ...type, ...idempotent, ...headers },
    ...body,
  });
  return api(request);
}
