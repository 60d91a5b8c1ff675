import { inArray } from "drizzle-orm";
import type { Db } from "../db/db.ts";
import { users } from "../users/schema.ts";

/** Which of these users there are, with what points need of them; locked, so that none goes away meanwhile. */
export async function knownUsers(tx: Db, ids: string[]): Promise<Map<string, { bodyWeightKg: number | null }>> {
  const found = await tx
    .select({ id: users.id, bodyWeightKg: users.bodyWeightKg })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]))
    .orderBy(users.id)
    .for("share");
  return new Map(found.map((user) => [user.id, user]));
}
