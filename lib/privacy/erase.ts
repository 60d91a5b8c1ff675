import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { type Alias, eraseCounted, eraseRaw } from "../analytics/personal-data.ts";
import { eraseFromAttendance } from "../attendance/personal-data.ts";
import { forgetCustomer } from "../booking/bookings/forget-customers.ts";
import { type Db, rows, transact } from "../db/db.ts";
import { eraseFromLedger } from "../jobs/personal-data.ts";
import { log } from "../log.ts";
import { eraseMails } from "../mail/queue/erase.ts";
import { forgetSuppressions } from "../mail/queue/suppressions.ts";
import { eraseUsers } from "../sport/erase.ts";
import type { Person } from "./match-person.ts";

type Counts = Record<string, number>;
type Step = (tx: Db) => Promise<Counts>;

/**
 * Erases a person: after it no table holds anything by which they can be told, and every sum is what it was, or what it
 * would be without them (docs/privacy.md says which). In steps of one transaction each. The user's own row goes last, with
 * their address, from which all else is found: who is interrupted begins again and finds the rest, and a second time finds
 * nothing. Mails that wait are not sent.
 * @param dry Does everything, and takes it back.
 * @returns how many rows of each table were deleted, emptied or made anonymous.
 */
export async function erasePerson(db: Db, person: Person, now: Date, { dry = false } = {}): Promise<Counts> {
  const secret = randomBytes(24).toString("base64url");
  const alias = { text: `erased-${randomBytes(9).toString("base64url")}`, secret };
  const sums: Counts = {};
  for (const step of await stepsFor(db, person, alias, now)) {
    const counts = await (dry ? rolledBack(db, step) : transact(db, step));
    for (const [table, n] of Object.entries(counts)) sums[table] = (sums[table] ?? 0) + n;
  }
  // Who it was, nobody is to read in a log.
  if (!dry) log("info", "person_erased", { rows: sums });
  return sums;
}

async function stepsFor(db: Db, person: Person, alias: Alias, now: Date): Promise<Step[]> {
  const sites = await rows<{ id: string }>(db, sql`select customer_id as id from sites order by 1`);
  return [
    (tx) => eraseRaw(tx, person, alias),
    ...sites.map(
      ({ id }): Step =>
        (tx) =>
          eraseCounted(tx, id, person, alias),
    ),
    (tx) => eraseFromAttendance(tx, person),
    (tx) => eraseAccount(tx, person, now),
  ];
}

/** What a person has with us: bookings, mails, and the user they are. The locks of providers come first. */
async function eraseAccount(tx: Db, person: Person, now: Date): Promise<Counts> {
  const { userId, addresses } = person;
  const { bookingIds, cancelled } = await forgetCustomer(tx, addresses, now);
  const user = userId === undefined ? { counts: {} as Counts } : await eraseUsers(tx, [userId], now);
  const mails = await eraseMails(tx, { userIds: [], addresses, bookingIds }, now);
  const suppressions = await forgetSuppressions(tx, addresses);
  const ledger = await eraseFromLedger(tx, person);
  return {
    ...user.counts,
    email_queue: (user.counts.email_queue ?? 0) + mails,
    email_suppressions: suppressions,
    bookings: bookingIds.length,
    "bookings cancelled": cancelled,
    ...ledger,
  };
}

class TakenBack extends Error {}

async function rolledBack(db: Db, step: Step): Promise<Counts> {
  let counts: Counts = {};
  const undone = db.transaction(async (tx) => {
    counts = await step(tx);
    throw new TakenBack();
  });
  await undone.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return counts;
}
