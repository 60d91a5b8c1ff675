import type { Db } from "../../../lib/db/db.ts";
import { addSite } from "../../worlds/site.ts";
import { ADMIN_TOKEN } from "./requests.ts";

/** Requests whose answer depends on how a path is read, to be sent to each of the ways to run. */

export interface RoutedRequest {
  method: string;
  path: string;
  json?: unknown;
  /** What is expected, as the status with the site's id or the error's code. */
  answer: string;
}

/** Ids of sites: of today, and older ones that any printable character was let into. */
const SITES = [
  "shop",
  "shop.one",
  "shop_1-a",
  "older:one",
  "a.b:c.d",
  "50%",
  "a/b",
  "a?b#c",
  "a+b",
  "user@club.example",
];

const renamed = { name: "Renamed" };
const patch = (segment: string, answer: string): RoutedRequest => ({
  method: "PATCH",
  path: `/api/admin/sites/${segment}`,
  json: renamed,
  answer,
});

export const ROUTED: readonly RoutedRequest[] = [
  ...SITES.map((id) => patch(encodeURIComponent(id), `200 ${id}`)),
  ...["shop.one", "older:one", "a+b", "user@club.example"].map((id) => patch(id, `200 ${id}`)),
  patch("%73hop", "200 shop"),
  patch("shop/", "200 shop"),
  patch("50%2525", "404 not-found"), // decoded once
  patch("a/b", "404 not-found"),
  patch("%C3%A4", "400 invalid-parameter"),
  patch("%00", "400 invalid-parameter"),
  patch("%zz", "400 invalid-parameter"),
  patch("%ff", "400 invalid-parameter"),
  { method: "POST", path: "/api/admin/sites/older%3Aone/keys", json: { kind: "read" }, answer: "201 older:one" },
  { method: "POST", path: "/api/admin/sites/older:one/keys/", json: { kind: "write" }, answer: "201 older:one" },
  { method: "DELETE", path: "/api/admin/sites/shop.one/keys?kind=read", answer: "200 ok" },
  { method: "GET", path: "/api/services/", answer: "200 ok" },
  { method: "GET", path: "/api/bookings/%2e%2e/nothing", answer: "404 not-found" },
  { method: "GET", path: "/api/bookings/..%2f..%2fservices", answer: "400 invalid-parameter" },
  { method: "GET", path: "/api", answer: "404 not-found" },
  { method: "GET", path: "/api/", answer: "404 not-found" },
  { method: "GET", path: "/api/nothing", answer: "404 not-found" },
  { method: "POST", path: "/api/bookings/7/nothing", answer: "404 not-found" },
  { method: "GET", path: "/api/_hidden", answer: "404 not-found" },
  { method: "GET", path: "/api/services.ts", answer: "404 not-found" },
  { method: "GET", path: "/API/services", answer: "404 not-found" },
  { method: "GET", path: "/api/not-found", answer: "404 not-found" },
  { method: "GET", path: "/health", answer: "200 ok" },
  { method: "GET", path: "/health/db", answer: "200 ok" },
  { method: "GET", path: "/wp-login.php", answer: "404 not-found" },
  { method: "DELETE", path: "/", answer: "404 not-found" },
];

/** The sites that the requests are about. */
export async function addRoutedSites(db: Db): Promise<void> {
  for (const customerId of SITES) await addSite(db, { customerId });
}

export const headersOf = ({ json }: RoutedRequest): Record<string, string> => ({
  authorization: `Bearer ${ADMIN_TOKEN}`,
  ...(json !== undefined && { "content-type": "application/json" }),
});

/** An answer in the words of the table. */
export function wordsOf(status: number, text: string): string {
  const body = JSON.parse(text) as { customerId?: string; error?: { code: string } };
  return `${status} ${body.error?.code ?? body.customerId ?? "ok"}`;
}
