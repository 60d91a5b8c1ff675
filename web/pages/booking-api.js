import { ApiError, createClient } from "/client.js";

/**
 * The booking page's requests. The token follows the `#` of the page's address, which browsers do not send to servers.
 * The client sends it only in the Authorization header.
 */

/** @typedef {import("../client/generated/types.ts").Booking} Booking */
/** @typedef {import("../client/generated/types.ts").Slot} Slot */

/**
 * The page's problem for each error code of the API. Any other is `unavailable`.
 * @type {Partial<Record<import("../client/api-error.ts").ApiErrorCode, string>>}
 */
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
  "rate-limited": "busy",
};

/** A problem to explain to the customer. `message` is a key of the page's `problems`. */
export class Problem extends Error {}

const client = createClient();

/** Reads the booking of the link. @returns {Promise<Booking>} */
export const readBooking = () => ofBooking((id, options) => client.getBooking({ id }, options));

/** Cancels the booking of the link. @returns {Promise<Booking>} */
export const cancelBooking = () => ofBooking((id, options) => client.cancelBooking({ id }, options));

/** Moves the booking of the link. @param {number} slotId @returns {Promise<Booking>} */
export const moveBooking = (slotId) =>
  ofBooking((id, options) => client.moveBooking({ id, body: { slotId } }, options));

/** Reads the bookable slots. @returns {Promise<Slot[]>} */
export async function freeSlots(query) {
  return (await explained(client.listSlots(query))).items;
}

async function ofBooking(call) {
  const [, id, token] = /^#([\da-f-]{36})\.([\w-]{16,})$/i.exec(location.hash) ?? [];
  if (id === undefined) throw new Problem("bad-link");
  return (await explained(call(id, { token }))).booking;
}

/** @throws Problem for every error of the API. */
async function explained(answer) {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof ApiError ? new Problem(PROBLEMS[error.code] ?? "unavailable") : error;
  }
}
