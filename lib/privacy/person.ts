import { eq } from "drizzle-orm";
import type { Db } from "../db/db.ts";
import { spellingsOf } from "../email-address.ts";
import { users } from "../users/schema.ts";
import type { Person } from "./match-person.ts";

/** Whom an operator asks about. */
export interface Asked {
  userId: string | undefined;
  addresses: readonly string[];
  names: readonly string[];
}

/**
 * The person with all addresses known of them: the user's, and those that are given, since customers of bookings need not
 * be users, and users may have been customers under another address.
 * @returns also whether there is such a user.
 */
export async function personOf(db: Db, { userId, addresses, names }: Asked): Promise<Person & { isUser: boolean }> {
  const [user] = userId === undefined ? [] : await db.select().from(users).where(eq(users.id, userId));
  const all = [user?.email, ...addresses].flatMap((address) => (address ? spellingsOf(address) : []));
  return { userId, addresses: [...new Set(all)], names, isUser: user !== undefined };
}
