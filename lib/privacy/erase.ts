import { randomBytes } from "node:crypto";
import { type Db, transact } from "../db/db.ts";
import { log } from "../log.ts";

import type { Person } from "./person.ts";

/** Number of rows that were deleted, emptied or made anonymous, by table. */
export type ErasedRows = Record<string, number>;

/** One transaction of an erasure. */
export type EraseStep = (tx: Db) => Promise<ErasedRows>;

/** The new names of an erased person. They cannot be computed again, because the secret is not stored. */
export interface Alias {
  /** Replaces an address within a text. */
  text: string;
  /** Goes into the replacement of an id, so that different ids stay different. */
  secret: string;
}

/** The steps of all areas, in order. The last one deletes the user and the address by which the others find the rest. */
export type EraseSteps = (db: Db, person: Person, alias: Alias, now: Date) => Promise<EraseStep[]>;

/**
 * Erases a person (docs/privacy.md). Afterwards no table holds anything that identifies them, and every sum stays what it
 * was, or becomes what it would be without them. An interrupted erasure is repeated and finds the rest; a second one finds
 * nothing.
 * @param dry Does everything and rolls it back.
 */
export async function erasePerson(
  db: Db,
  person: Person,
  stepsOf: EraseSteps,
  now: Date,
  { dry = false } = {},
): Promise<ErasedRows> {
  const secret = randomBytes(24).toString("base64url");
  const alias = { text: `erased-${randomBytes(9).toString("base64url")}`, secret };
  const sums: ErasedRows = {};
  for (const step of await stepsOf(db, person, alias, now)) {
    const counts = await (dry ? rolledBack(db, step) : transact(db, step));
    for (const [table, count] of Object.entries(counts)) sums[table] = (sums[table] ?? 0) + count;
  }
  // The log must not say who it was.
  if (!dry) log("info", "person_erased", { rows: sums });
  return sums;
}

class RollBack extends Error {}

async function rolledBack(db: Db, step: EraseStep): Promise<ErasedRows> {
  let counts: ErasedRows = {};
  const undone = db.transaction(async (tx) => {
    counts = await step(tx);
    throw new RollBack();
  });
  await undone.catch((error: unknown) => {
    if (!(error instanceof RollBack)) throw error;
  });
  return counts;
}
