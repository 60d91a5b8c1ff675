import { eq, type SQL } from "drizzle-orm";
import type { Db } from "../db/db.ts";
import { spellingsOf } from "../email-address.ts";
import { users } from "../users/schema.ts";

/** A person, as far as the system can tell them from others. */
export interface Person {
  userId: string | undefined;
  /** In lower case. */
  addresses: readonly string[];
  /** As an operator wrote them; only calendars are searched for these. */
  names: readonly string[];
}

/** Lists of a person's data by name: a query for each, whose rows go into the export as they are. */
export type Sections = (person: Person) => Record<string, SQL>;

/**
 * Completes a person by all addresses known of them: the user's own, and the given ones, since a customer of bookings need
 * not be a user, and a user may have booked under another address before.
 * @returns Also whether there is such a user.
 */
export async function findPerson(db: Db, { userId, addresses, names }: Person): Promise<Person & { isUser: boolean }> {
  const [user] = userId === undefined ? [] : await db.select().from(users).where(eq(users.id, userId));
  const all = [user?.email, ...addresses].flatMap((address) => (address ? spellingsOf(address) : []));
  return { userId, addresses: [...new Set(all)], names, isUser: user !== undefined };
}
