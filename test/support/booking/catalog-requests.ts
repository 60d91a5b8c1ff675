import * as availability from "../../../api/admin/availability.ts";
import * as exceptions from "../../../api/admin/exceptions.ts";
import * as providers from "../../../api/admin/providers.ts";
import * as services from "../../../api/admin/services.ts";
import * as timeSlots from "../../../api/admin/time-slots.ts";
import type { Handler } from "../../../lib/http/handler.ts";
import { type Answer, call, type Sent, type Taken } from "../http/requests.ts";

/** Requests of an operator about the catalog: providers, services and hours. */

interface Api {
  GET: Handler;
  POST: Handler;
  DELETE: Handler;
}

/** The five kinds of catalog items, by the key of their list. */
const KINDS = {
  providers: { api: providers, path: "/api/admin/providers" },
  services: { api: services, path: "/api/admin/services" },
  availability: { api: availability, path: "/api/admin/availability" },
  exceptions: { api: exceptions, path: "/api/admin/exceptions" },
  timeSlots: { api: timeSlots, path: "/api/admin/time-slots" },
} satisfies Record<string, { api: Api; path: string }>;

export type Kind = keyof typeof KINDS;
export const ALL_KINDS: readonly Kind[] = ["providers", "services", "availability", "exceptions", "timeSlots"];

export type SetUp = Answer<Taken & { maintenance?: Record<string, unknown> }>;

export const setUp = (kind: Kind, items: unknown[], query = "", sent: Sent = {}): Promise<SetUp> =>
  call(KINDS[kind].api.POST, KINDS[kind].path + query, { json: { [kind]: items }, ...sent });

export const tearDown = (kind: Kind, items: unknown[], query = "", sent: Sent = {}): Promise<SetUp> =>
  call(KINDS[kind].api.DELETE, KINDS[kind].path + query, { method: "DELETE", json: { [kind]: items }, ...sent });

type Lists = Record<string, Record<string, unknown>[]>;

export const read = (kind: Kind, sent: Sent = {}, query = ""): Promise<Answer<Lists>> =>
  call<Lists>(KINDS[kind].api.GET, KINDS[kind].path + query, sent);

/** Lists the items of a kind. */
export async function listed(kind: Kind, query = ""): Promise<Record<string, unknown>[]> {
  const { body } = await read(kind, {}, query);
  const list = body[kind];
  if (list === undefined) throw new Error(`expected a list of ${kind}, got ${JSON.stringify(body)}`);
  return list;
}
