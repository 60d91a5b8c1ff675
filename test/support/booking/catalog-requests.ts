import { DELETE, GET, POST } from "../http/api.ts";
import { type Answer, call, type Sent, type Taken } from "../http/requests.ts";

/** Requests of an operator about the catalog: providers, services and hours. */

/** The paths of the five kinds of catalog items, by the key of their list. */
const PATHS = {
  providers: "/api/admin/providers",
  services: "/api/admin/services",
  availability: "/api/admin/availability",
  exceptions: "/api/admin/exceptions",
  timeSlots: "/api/admin/time-slots",
};

export type Kind = keyof typeof PATHS;
export const ALL_KINDS: readonly Kind[] = ["providers", "services", "availability", "exceptions", "timeSlots"];

export type SetUp = Answer<Taken & { maintenance?: Record<string, unknown> }>;

export const setUp = (kind: Kind, items: unknown[], query = "", sent: Sent = {}): Promise<SetUp> =>
  call(POST, PATHS[kind] + query, { json: { [kind]: items }, ...sent });

export const tearDown = (kind: Kind, items: unknown[], query = "", sent: Sent = {}): Promise<SetUp> =>
  call(DELETE, PATHS[kind] + query, { method: "DELETE", json: { [kind]: items }, ...sent });

interface Page {
  items: Record<string, unknown>[];
  nextCursor: string | null;
}

export const read = (kind: Kind, sent: Sent = {}, query = ""): Promise<Answer<Page>> =>
  call<Page>(GET, PATHS[kind] + query, sent);

/** Lists the items of a kind. */
export async function listed(kind: Kind, query = ""): Promise<Record<string, unknown>[]> {
  const { body } = await read(kind, {}, query);
  if (body.items === undefined) throw new Error(`expected a list of ${kind}, got ${JSON.stringify(body)}`);
  return body.items;
}
