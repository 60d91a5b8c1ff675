import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { type Db, rows } from "../../lib/db/db.ts";
import { incidents } from "../../lib/jobs/schema.ts";
import { emailSuppressions } from "../../lib/mail/schema.ts";
import { fireMonthly } from "../support/jobs/invoke-monthly.ts";
import { fireWeekly } from "../support/jobs/invoke-weekly.ts";
import { addDays, appointment, closeDays, writePage } from "./attendance.ts";
import { addBookings } from "./bookings.ts";
import { addUsers, addWorkouts, befriend, pushups } from "./club.ts";
import { addMails, addRuns } from "./ledger.ts";
import { addSite, processAll, send } from "./site.ts";
import { addProvider, addService, addSlots } from "./slots.ts";

/** A world with a person in every table that can hold one, and with others beside. */

/** A Wednesday. */
export const NOW = new Date("2026-03-04T12:00:00Z");

export const ADA = {
  id: "user-ada-4711",
  email: "Ada.Lovelace@mail.example",
  firstName: "Adalgisa",
  nickname: "Countess",
};
const NAME = "Ada Lovelace";

/** Every text that identifies her. */
export const NEEDLES = [
  ADA.id,
  ADA.id.replaceAll("-", "%2d"),
  ADA.email,
  ADA.firstName,
  ADA.nickname,
  NAME,
  hashed(ADA.email),
];

/** As the operator names her. */
export const PERSON = { userId: ADA.id, addresses: [ADA.email.toLowerCase()], names: [NAME] };

export const FRIENDS = ["bob", "carl"];

function hashed(address: string): string {
  return createHash("sha256").update(address.toLowerCase()).digest("hex");
}

const hours = (n: number): Date => new Date(NOW.getTime() + n * 3_600_000);

/** The club: three friends, and weeks and a month of theirs, of which the first week is long settled. */
export async function addClub(db: Db, withAda = true): Promise<void> {
  await addUsers(db, ...FRIENDS, ...(withAda ? [{ ...ADA, preferences: { note: NAME } }] : []));
  const pairs: [string, string][] = [["bob", "carl"]];
  if (withAda) pairs.push([ADA.id, "bob"], [ADA.id, "carl"]);
  await befriend(db, ...pairs);
  const points: Record<string, number> = { [ADA.id]: 900, bob: 700, carl: 300 };
  for (const [userId, reps] of Object.entries(points)) {
    if (userId === ADA.id && !withAda) continue;
    await addWorkouts(
      db,
      ...["2026-02-03T10:00:00Z", "2026-02-25T10:00:00Z"].map((at) => ({ userId, at, activities: [pushups(reps)] })),
    );
  }
  await fireWeekly(db, "2026-02-09T00:05:00Z");
  await fireWeekly(db, "2026-03-02T00:05:00Z");
  await fireMonthly(db, "2026-03-01T00:10:00Z");
}

/** Everything else that is stored of people. @returns the ids of the slots: one that Ada shares, one of hers alone. */
export async function addEverythingElse(db: Db): Promise<number[]> {
  await addMails(
    db,
    NOW,
    {
      userId: ADA.id,
      recipient: ADA.email,
      text: `${NAME}: https://taktwerk.example/u?token=a-secret-token`,
      status: "sent",
    },
    { userId: ADA.id, recipient: "old-address@mail.example", subject: "waits" },
    { recipient: ADA.email.toUpperCase(), status: "retrying", subject: "is tried again" },
    { recipient: ADA.email, status: "failed", failure: "unknown", error: `550 <${ADA.email}> no such user` },
    {
      recipient: ADA.email,
      status: "pending",
      leaseToken: "00000000-0000-4000-8000-000000000001",
      leaseUntil: hours(1),
    },
    { recipient: `x${ADA.email}`, subject: "of another person" },
    { userId: "bob", recipient: "bob@club.example", subject: "to Bob" },
  );
  await db.insert(emailSuppressions).values([
    { addressHash: hashed(ADA.email), reason: "no such mailbox", createdAt: NOW },
    { addressHash: hashed("bob@club.example"), reason: "no such mailbox", createdAt: NOW },
  ]);
  const slots = await addPractice(db);
  await addCalendar(db);
  await addSiteEvents(db);
  await addRuns(db, NOW, {
    minutesAgo: 5,
    jobName: "weekly-events",
    status: "failed",
    metadata: {
      progress: {
        pass: 1,
        after: ADA.id,
        emails: { counts: {}, results: [{ userId: ADA.id, status: "failed" }, { userId: "bob" }] },
      },
      error: { message: `could not write to ${ADA.email}` },
    },
  });
  const details = { lastError: `550 <${ADA.email}> no such user`, user: ADA.id };
  await db.insert(incidents).values({ key: "mail:given-up", title: "mails", details, openedAt: NOW, seenAt: NOW });
  return slots;
}

async function addPractice(db: Db): Promise<number[]> {
  await addProvider(db);
  await addService(db);
  const ahead = { customerName: NAME, customerEmail: ADA.email.toLowerCase() };
  const slots = await addSlots(
    db,
    { startsAt: hours(21), capacity: 2, bookedCount: 2 },
    { startsAt: hours(23), bookedCount: 1 },
    { startsAt: hours(-27), bookedCount: 1 },
  );
  const [shared, own, past] = slots;
  const bob = { customerName: "Bob", customerEmail: "bob@club.example" };
  await addBookings(
    db,
    { ...ahead, slotId: shared!, startsAt: hours(21) },
    { ...bob, slotId: shared!, startsAt: hours(21) },
    { ...ahead, customerEmail: ADA.email, slotId: own!, startsAt: hours(23), status: "pending" },
    { ...ahead, slotId: past!, startsAt: hours(-27), status: "completed" },
    { ...ahead, startsAt: hours(-400), status: "cancelled", cancelReason: `${NAME} is ill` },
  );
  return slots;
}

/** Ada as a customer, and as the consultant of another customer; and figures of an older system, where she was a consultant too. */
async function addCalendar(db: Db): Promise<void> {
  await writePage(db, [
    appointment({ title: `${NAME} - Erstgespräch` }),
    appointment({ title: `Max Muster ${ADA.email}` }),
    appointment({ organizer: ADA.email.toLowerCase(), consultant: NAME, title: "Eva Klein" }),
    appointment({ organizer: null, bookedBy: NAME, consultant: NAME, title: "Udo Groß" }),
    appointment({ title: "Eva Klein" }),
  ]);
  await closeDays(db, ["2026-02-09"]);
  await addDays(db, { date: "2025-02-10", completed: 5, source: "figures" });
  const byUser = {
    [NAME]: { total_slots: 3, completed: 3, sold: null },
    Unknown: { total_slots: 1, completed: 1, sold: 1 },
    "Anna Vogel": { total_slots: 1, completed: 1, sold: 0 },
  };
  await db.execute(sql`update daily_metrics set by_user = ${JSON.stringify(byUser)}::jsonb where date = '2025-02-10'`);
}

async function addSiteEvents(db: Db): Promise<void> {
  await addSite(db);
  const page = { event_type: "page_view", page_url: "https://shop.example/" };
  const encoded = encodeURIComponent(ADA.email);
  await send(
    db,
    [
      { ...page, event_id: "as-visitor", visitor_id: ADA.id, session_id: "s1" },
      { ...page, event_id: "in-data", visitor_id: "v2", event_data: { who: { userId: ADA.id }, name: NAME, order: 5 } },
      { ...page, event_id: "by-address", visitor_id: ADA.email, event_data: { to: `<${ADA.email}>` } },
      { ...page, event_id: `signup:${ADA.email}`, page_url: `https://shop.example/u/${ADA.email}?e=${encoded}` },
      { ...page, event_id: "by-campaign", page_url: `https://shop.example/a?utm_source=${encoded}`, visitor_id: "v3" },
      {
        ...page,
        event_id: "in-path",
        visitor_id: "v4",
        page_url: `https://shop.example/u/${ADA.id}/orders?next=%2Fu%2F${ADA.id}`,
      },
      {
        ...page,
        event_id: "in-path-encoded",
        visitor_id: "v5",
        page_url: `https://shop.example/v/${ADA.id.replaceAll("-", "%2D")}`,
      },
      {
        ...page,
        event_id: "in-campaign",
        visitor_id: "v6",
        page_url: `https://shop.example/b?utm_campaign=${ADA.id}&u=${ADA.id}`,
      },
      { ...page, event_id: "in-link", visitor_id: "v7", event_data: { href: `/u/${ADA.id}?x`, order: 6 } },
      { ...page, event_id: ADA.id, visitor_id: "v8" },
      { ...page, event_id: "bobs-page", visitor_id: "v9", page_url: `https://shop.example/u/x${ADA.id}` },
      { event_id: "dead-in-path", event_type: "click", page_url: `ftp://shop.example/u/${ADA.id}` },
      { ...page, event_id: "bobs", visitor_id: "bob", event_data: { userId: "bob", seller: `x${ADA.id}` } },
      { event_id: "dead", event_type: 7, visitor_id: ADA.id },
      { event_id: "dead-too", event_type: "click", page_url: ADA.email },
    ],
    { now: NOW },
  );
  await processAll(db, NOW);
  await send(db, [{ ...page, event_id: "waits", visitor_id: ADA.id, event_data: { email: ADA.email } }], { now: NOW });
}

/** Where in all tables a text stands, ignoring case: `schema.table`, once for each row. */
export async function tablesWith(db: Db, needles: readonly string[]): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    db,
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('public', 'raw', 'staging', 'business') and table_type = 'BASE TABLE' order by 1`,
  );
  const hits: string[] = [];
  for (const { name } of tables) {
    for (const needle of needles) {
      // As text that is one value or a part of one: other people's values that only contain it are planted too.
      const pattern = `(?<![[:alnum:]])${needle.replace(/[^a-z0-9]/gi, "\\$&").replace("\\@", "(@|%40)")}`;
      const found = await rows(db, sql`select from ${sql.raw(name)} as held where to_jsonb(held)::text ~* ${pattern}`);
      hits.push(...found.map(() => `${name}: ${needle}`));
    }
  }
  return hits;
}
