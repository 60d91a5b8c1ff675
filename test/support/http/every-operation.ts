import type { Role } from "../../../lib/operators/roles.ts";
import { openApiDocument } from "../../../scripts/openapi.ts";
import { MINE } from "../../worlds/api-world.ts";
import { api } from "./api.ts";
import { type Described, operationsOf, sampleOf } from "./api-document.ts";

/** A valid request for every operation of the API, also for those that are added tomorrow: tests of what holds for all of them. */

export interface OperationRequest {
  /** The name of the operation, such as `getBooking`. */
  id: string;
  /** What the operation is, such as `GET /api/bookings/{id}`. */
  name: string;
  /** The group that it belongs to. */
  tag: string;
  method: string;
  /** The path with its parameters and the query. */
  path: string;
  headers: Record<string, string>;
  json?: unknown;
  /** The credentials of which one is required. */
  credentials: string[];
  /** The role that an operator needs at least. */
  role?: Role;
}

/** The request that the examples of the document make for each operation. */
export async function everyOperation(): Promise<OperationRequest[]> {
  return operationsOf(await openApiDocument()).map(requestFor);
}

export function requestFor(operation: Described): OperationRequest {
  const { path, query, headers, body } = sampleOf(operation);
  const search = new URLSearchParams(query).toString();
  return {
    id: operation.operationId,
    name: `${operation.method} ${operation.path}`,
    tag: operation.tags[0] ?? "",
    method: operation.method,
    path: search === "" ? path : `${path}?${search}`,
    headers,
    ...(body !== undefined && { json: aboutMine(body) }),
    credentials: operation.security.flatMap((requirement) => Object.keys(requirement)),
    ...(operation["x-role"] && { role: operation["x-role"] }),
  };
}

/** A body whose items are about the user that there is, if they are about users. */
function aboutMine(body: unknown): unknown {
  const lists = Object.entries(body as Record<string, unknown>).map(([list, items]) => [
    list,
    Array.isArray(items) ? items.map((item) => itemAboutMine(list, item)) : items,
  ]);
  return Object.fromEntries(lists);
}

function itemAboutMine(list: string, item: unknown): unknown {
  if (typeof item !== "object" || item === null) return item;
  if (list === "users") return { ...item, id: MINE };
  return "userId" in item ? { ...item, userId: MINE } : item;
}

/** Sends the request as a client does. @param origin Where the API is. */
export function sendTo(
  { method, path, headers, json }: OperationRequest,
  more: Record<string, string> = {},
  origin = "https://taktwerk.example",
): Promise<Response> {
  const request = new Request(new URL(path, origin), {
    method,
    headers: { ...(json !== undefined && { "content-type": "application/json" }), ...headers, ...more },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  return api(request);
}
