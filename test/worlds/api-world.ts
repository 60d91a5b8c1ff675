import type { Db } from "../../lib/db/db.ts";
import { sha256 } from "../../lib/hash.ts";
import { addBookings } from "./bookings.ts";
import { addUsers } from "./club.ts";
import { addSite } from "./site.ts";
import { addProvider, addService, addSlots } from "./slots.ts";

/** A world in which the examples of the API's document name something: of each kind one thing, and another's. */

/** The id that the examples have, and one that they do not have. */
export const MINE = "one-of-mine";
export const ANOTHERS = "one-of-anothers";

const BOOKING = "00000000-0000-4000-8000-000000000000";
const ANOTHERS_BOOKING = "11111111-1111-4111-8111-111111111111";

/** The cancel token of the booking with an id. */
const cancelTokenOf = (bookingId: string): string => `the-cancel-token-of-${bookingId}`;
export const CANCEL_TOKEN = cancelTokenOf(BOOKING);
export const ANOTHERS_CANCEL_TOKEN = cancelTokenOf(ANOTHERS_BOOKING);

export async function addApiWorld(db: Db): Promise<{ writeKey: string; readKey: string }> {
  await addUsers(db, MINE, ANOTHERS);
  await addProvider(db, { id: MINE });
  await addService(db, { id: MINE, providerId: MINE });
  const tomorrow = new Date(Date.now() + 86_400_000);
  await addSlots(db, { serviceId: MINE, providerId: MINE, startsAt: tomorrow });
  await addBookings(
    db,
    ...[BOOKING, ANOTHERS_BOOKING].map((id) => ({
      id,
      serviceId: MINE,
      providerId: MINE,
      startsAt: tomorrow,
      cancelTokenHash: sha256(cancelTokenOf(id)),
    })),
  );
  return addSite(db, { customerId: MINE });
}
