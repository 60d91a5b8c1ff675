/**
 * What the page of a booking asks the server. The token stands behind the `#` of the page's address, which no browser
 * sends to a server; it leaves the page in the Authorization header only.
 */

/** @typedef {{id: string, status: string, slotId: number | null, serviceId: string, serviceName: string, providerName: string,
 *   startsAt: string, localStart: string, localEnd: string, timezone: string, price: number, category: string,
 *   rushFeePercent: number, language: string}} Booking */
/** @typedef {{id: number, localStart: string, localEnd: string, price: number, category: string, rushFeePercent: number}} Slot */

/** Why the server refuses, in words of the page's; whatever is not here is `unavailable`. */
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

/** What is to be explained to the customer: `message` is the page's word for it. */
export class Problem extends Error {}

/** Asks for the booking of the link, or for a change of it. @returns {Promise<Booking>} as it is then. */
export async function ask(method, path, body) {
  const [, id, token] = /^#([\da-f-]{36})\.([\w-]{16,})$/i.exec(location.hash) ?? [];
  if (id === undefined) throw new Problem("bad-link");
  const answer = await request(method, `/api/bookings/${id}${path}`, { Authorization: `Bearer ${token}` }, body);
  return answer.booking;
}

/** What can be booked. @returns {Promise<Slot[]>} */
export async function freeSlots(query) {
  return (await request("GET", `/api/slots?${new URLSearchParams(query)}`)).slots;
}

/** @throws Problem with the page's word for what the server said. */
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
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Problem(PROBLEMS[answer.error?.code] ?? PROBLEMS[response.status] ?? "unavailable");
}
