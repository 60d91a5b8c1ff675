import { expect, inject } from "vitest";
import type { Connection } from "../../lib/db/client.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { createDatabase } from "../support/database/databases.ts";
import { dumpDerived } from "../support/database/dump.ts";
import { addBigClub } from "./big-club.ts";

/** A club whose evaluation is to be hit: as often as wanted in a database of its own, and what an evaluation makes of it. */
export interface HitClub {
  copy(): Promise<Connection & { url: string }>;
  undisturbed: Awaited<ReturnType<typeof dumpDerived>>;
}

/**
 * @param evaluate Evaluates the club, calling back at each step.
 * @param steps How many steps that has to take.
 */
export async function clubToHit(
  size: number,
  evaluate: (db: Db, onProgress: () => void) => Promise<unknown>,
  steps: number,
): Promise<HitClub> {
  const filled = await createDatabase();
  const connection = openPostgres(filled);
  await addBigClub(connection.db, size);
  await connection.close();
  const copy = async () => {
    const url = await createDatabase(inject("postgresUrl"), new URL(filled).pathname.slice(1));
    return { url, ...openPostgres(url) };
  };
  const { db, close } = await copy();
  let taken = 0;
  await evaluate(db, () => (taken += 1));
  expect(taken).toBe(steps);
  const undisturbed = await dumpDerived(db);
  await close();
  return { copy, undisturbed };
}
