/**
 * The booking page's requests. The token follows the `#` of the page's address, which browsers do not send to servers.
 * The page sends it only in the Authorization header.
 */

/** @typedef {{id: string, status: string, slotId: number | null, serviceId: string, serviceName: string, providerName: string,
 *   startsAt: string, localStart: string, localEnd: string, timezone: string, price: number, category: string,
 *   rushFeePercent: number, language: string}} Booking */
/** @typedef {{id: number, localStart: string, localEnd: string, price: number, category: string, rushFeePercent: number}} Slot */

/** The page's problem for each error code or status of the server. Any other is `unavailable`. */
const PROBLEMS = {
  unauthorized: "bad-link",
  forbidden: "bad-link",
  "invalid-parameter": "bad-link",
  "token-expired": "token-expired",
  "slot-full": "taken",
  "provider-busy": "taken",
  "not-bookable": "gone",
  "not-found": "gone",
  "too-late": "too-late",
  conflict: "conflict",
  429: "busy",
};

/** A problem to explain to the customer. `message` is a key of the page's `problems`. */
export class Problem extends Error {}

/** Reads or changes the booking of the link. @returns {Promise<Booking>} the booking afterwards. */
export async function requestBooking(method, path, body) {
  const [, id, token] = /^#([\da-f-]{36})\.([\w-]{16,})$/i.exec(location.hash) ?? [];
  if (id === undefined) throw new Problem("bad-link");
  const response = await request(method, `/api/bookings/${id}${path}`, { Authorization: `Bearer ${token}` }, body);
  return response.booking;
}

/** Reads the bookable slots. @returns {Promise<Slot[]>} */
export async function freeSlots(query) {
  return (await request("GET", `/api/slots?${new URLSearchParams(query)}`)).slots;
}

/** @throws Problem for every response that is not 2xx. */
async function request(method, url, headers = {}, body = undefined) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const json = body === undefined ? {} : { "Content-Type": "application/json" };
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...json },
    cache: "no-store",
    credentials: "omit",
    ...sent,
  });
  const content = await response.json();
  if (response.ok) return content;
  throw new Problem(PROBLEMS[content.error?.code] ?? PROBLEMS[response.status] ?? "unavailable");
}
