import { inArray } from "drizzle-orm";
import type { Db } from "../../db/db.ts";
import { users } from "../../users/schema.ts";

/**
 * Locks users against deletion until the transaction ends.
 * @returns those of the users that exist, by id, with the body weight that points depend on.
 */
export async function lockUsers(tx: Db, ids: string[]): Promise<Map<string, { bodyWeightKg: number | null }>> {
  const locked = await tx
    .select({ id: users.id, bodyWeightKg: users.bodyWeightKg })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]))
    .orderBy(users.id)
    .for("key share");
  return new Map(locked.map((user) => [user.id, user]));
}
