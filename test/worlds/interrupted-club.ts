import { expect, inject } from "vitest";
import type { Connection } from "../../lib/db/connection.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { createDatabase } from "../support/database/databases.ts";
import { dumpDerived } from "../support/database/dump.ts";
import { addBigClub } from "./big-club.ts";

/** A club for tests that interrupt its evaluation. */
export interface InterruptedClub {
  /** Copies the club, not evaluated, into a database of its own. */
  copy(): Promise<Connection & { url: string }>;
  /** The derived tables after an evaluation without interruption. */
  undisturbed: Awaited<ReturnType<typeof dumpDerived>>;
}

/**
 * @param evaluate Evaluates the club and calls back after each step.
 * @param steps The number of steps to expect.
 */
export async function clubToInterrupt(
  size: number,
  evaluate: (db: Db, onProgress: () => void) => Promise<unknown>,
  steps: number,
): Promise<InterruptedClub> {
  const filled = await createDatabase();
  const connection = openPostgres(filled);
  await addBigClub(connection.db, size);
  await connection.close();
  const copy = async () => {
    const url = await createDatabase(inject("postgresUrl"), new URL(filled).pathname.slice(1));
    return { url, ...openPostgres(url) };
  };
  const { db, close } = await copy();
  let stepsDone = 0;
  await evaluate(db, () => (stepsDone += 1));
  expect(stepsDone).toBe(steps);
  const undisturbed = await dumpDerived(db);
  await close();
  return { copy, undisturbed };
}
