import { sql } from "drizzle-orm";
import { eraseOperators, operatorSections } from "../admin/accounts/erase-operators.ts";
import { eraseCounted, eraseRaw, siteEventSections } from "../analytics/personal-data.ts";
import { appointmentSections, eraseFromAttendance, eraseFromSyncErrors } from "../attendance/personal-data.ts";
import { forgetCustomer } from "../booking/bookings/forget-customers.ts";
import { bookingSections } from "../booking/personal-data.ts";
import { type Db, rows } from "../db/db.ts";
import { eraseFromRuns } from "../jobs/personal-data.ts";
import { mailSections } from "../mail/personal-data.ts";
import { eraseMails } from "../mail/queue/erase.ts";
import { forgetSuppressions } from "../mail/queue/suppressions.ts";
import { type ErasedRows, type EraseStep, type EraseSteps, erasePerson } from "../privacy/erase.ts";
import { exportPerson } from "../privacy/export.ts";
import type { Person, Sections } from "../privacy/person.ts";
import { eraseUsers } from "../sport/erase.ts";
import { userSections } from "../sport/personal-data.ts";
import { eraseFromIncidents } from "../supervision/personal-data.ts";

/** The lists of an export. Secrets (hashes of tokens and keys, salts, leases) are left out. */
const sections: Sections = (person) => ({
  ...userSections(person),
  ...mailSections(person),
  ...bookingSections(person),
  ...appointmentSections(person),
  ...siteEventSections(person),
  ...operatorSections(person),
});

const eraseSteps: EraseSteps = async (db, person, alias, now) => {
  const sites = await rows<{ id: string }>(db, sql`select customer_id as id from sites order by 1`);
  return [
    (tx) => eraseRaw(tx, person, alias),
    ...sites.map(
      ({ id }): EraseStep =>
        (tx) =>
          eraseCounted(tx, id, person, alias),
    ),
    (tx) => eraseFromAttendance(tx, person),
    (tx) => eraseAccount(tx, person, now),
  ];
};

/** Bookings, mails and the user. Bookings come first, because they take the locks of providers. */
async function eraseAccount(tx: Db, person: Person, now: Date): Promise<ErasedRows> {
  const { userId, addresses } = person;
  const { bookingIds, cancelled } = await forgetCustomer(tx, addresses, now);
  const user: { counts: ErasedRows } = userId === undefined ? { counts: {} } : await eraseUsers(tx, [userId], now);
  const mails = await eraseMails(tx, { userIds: [], addresses, bookingIds }, now);
  const suppressions = await forgetSuppressions(tx, addresses);
  return {
    ...user.counts,
    email_queue: (user.counts.email_queue ?? 0) + mails,
    email_suppressions: suppressions,
    bookings: bookingIds.length,
    "bookings cancelled": cancelled,
    ...(await eraseOperators(tx, addresses)),
    ...(await eraseFromRuns(tx, person)),
    ...(await eraseFromIncidents(tx, person)),
    ...(await eraseFromSyncErrors(tx, person)),
  };
}

/** Erases a person from all areas (lib/privacy/erase.ts). */
export const erase = (db: Db, person: Person, now: Date, options: { dry?: boolean } = {}): Promise<ErasedRows> =>
  erasePerson(db, person, eraseSteps, now, options);

/** Exports a person's data from all areas (lib/privacy/export.ts). */
export const exportData = (db: Db, person: Person, now: Date): AsyncGenerator<string> =>
  exportPerson(db, person, sections, now);
