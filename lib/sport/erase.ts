import { inArray } from "drizzle-orm";
import type { Db } from "../db/db.ts";
import { users } from "../users/schema.ts";
import {
  awards,
  leaderboardResults,
  monthlyRankings,
  monthlyResults,
  notifications,
  userBadges,
  weeklyResults,
} from "./results-schema.ts";

/**
 * Tables that hold derived rows of users without a foreign key (schema.ts says why). A month's standings name nobody:
 * they keep counting who took part until the month is evaluated again, as do other people's ranks.
 */
const DERIVED = [
  weeklyResults,
  leaderboardResults,
  monthlyResults,
  monthlyRankings,
  userBadges,
  awards,
  notifications,
] as const;

/** Erases users with everything that is theirs; the rest follows its foreign keys. @returns the ids there were. */
export async function eraseUsers(tx: Db, ids: string[]): Promise<Set<string>> {
  // The users first: this waits for an evaluation that holds them, whose rows are then there to be deleted.
  const gone = await tx.delete(users).where(inArray(users.id, ids)).returning({ id: users.id });
  for (const table of DERIVED) await tx.delete(table).where(inArray(table.userId, ids));
  return new Set(gone.map(({ id }) => id));
}
