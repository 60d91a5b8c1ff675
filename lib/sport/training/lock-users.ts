import { inArray } from "drizzle-orm";
import type { Db } from "../../db/db.ts";
import { users } from "../../users/schema.ts";

/** Which of these users there are, with what points need of them; none is deleted before the transaction ends. */
export async function knownUsers(tx: Db, ids: string[]): Promise<Map<string, { bodyWeightKg: number | null }>> {
  const found = await tx
    .select({ id: users.id, bodyWeightKg: users.bodyWeightKg })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]))
    .orderBy(users.id)
    .for("key share");
  return new Map(found.map((user) => [user.id, user]));
}
