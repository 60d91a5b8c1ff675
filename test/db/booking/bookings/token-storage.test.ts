import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, onTestFinished } from "vitest";
import { bookings } from "../../../../lib/booking/bookings/schema.ts";
import { services } from "../../../../lib/booking/schema.ts";
import { configure } from "../../../../lib/config/config.ts";
import { type Db, rows } from "../../../../lib/db/db.ts";
import { bookingSeed, makeLinkToken } from "../../../../lib/mail/queue/link-token.ts";
import { emailQueue } from "../../../../lib/mail/schema.ts";
import { unsubscribeClaim } from "../../../../lib/mail/unsubscribe/token.ts";
import { smtpSink } from "../../../fakes/smtp-sink.ts";
import {
  booked,
  bookWith,
  cancel,
  inHours,
  outcome,
  patch,
  reschedule,
  show,
} from "../../../support/booking/booking-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { SETTINGS } from "../../../support/http/requests.ts";
import { fireWeekly } from "../../../support/jobs/invoke-weekly.ts";
import { fireDispatch } from "../../../support/mail/dispatch-run.ts";
import { signedUnsubscribeUrl } from "../../../support/mail/unsubscribe-url.ts";
import { addBookings } from "../../../worlds/bookings.ts";
import { addUsers } from "../../../worlds/club.ts";
import { addMails } from "../../../worlds/ledger.ts";
import { addProvider, addService, addSlots } from "../../../worlds/slots.ts";

/** A copy of the database opens no booking: tokens are in responses and sent mails, but in no table. */

const BASE = "https://taktwerk.example";
const SECRET = "the-secret-of-links-in-mails";
const LINK_SETTINGS = {
  ...SETTINGS,
  EVENTS_BASE_URL: BASE,
  EMAIL_FROM: "Taktwerk <mail@club.example>",
  EMAIL_PREFERENCES_SECRET: SECRET,
};

const it = databaseTest(LINK_SETTINGS);

let db: Db;
it.beforeEach(({ db: fresh }) => {
  db = fresh;
});

/** The tables with a row that contains a text in any column. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    db,
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE' order by 1`,
  );
  expect(tables.length).toBeGreaterThan(30);
  const tablesFound: string[] = [];
  for (const { name } of tables) {
    const [hit] = await rows(db, sql`select from ${sql.raw(name)} as row where strpos(row::text, ${text}) > 0 limit 1`);
    if (hit !== undefined) tablesFound.push(name);
  }
  return tablesFound;
}

async function sink() {
  const server = await smtpSink();
  onTestFinished(() => server.close());
  configure({ ...LINK_SETTINGS, SMTP_HOST: "127.0.0.1", SMTP_PORT: String(server.port), EMAIL_DISPATCH_LIMIT: "100" });
  const sent = () =>
    server.mails.map(({ raw }) => raw.toString("latin1").replaceAll("=\r\n", "").replaceAll("=3D", "="));
  return { sent };
}

describe("the token of a booking", () => {
  beforeEach(async () => {
    await addProvider(db);
    await addService(db);
  });
  const slot = async (hours: number) => (await addSlots(db, { startsAt: inHours(hours) }))[0] ?? 0;

  it("is in no table after any change, and in each mail with a link", async () => {
    const { sent } = await sink();
    const [from, to, another] = [await slot(200), await slot(210), await slot(220)];
    const moved = await booked(from);
    expect(outcome(await reschedule(moved, to))).toBe("200");
    expect(outcome(await patch(moved.id, { status: "cancelled", reason: "ill" }))).toBe("200");
    await db.update(services).set({ confirmationRequired: true });
    const requested = await booked(another);
    expect(outcome(await patch(requested.id, { status: "confirmed" }))).toBe("200");
    const replayed = await bookWith("the-key-of-a-customer", await slot(230));
    expect((await bookWith("the-key-of-a-customer", replayed.body.booking.slotId as number)).body.cancelToken).toBe(
      replayed.body.cancelToken,
    );
    const tokens = [moved.token, requested.token, replayed.body.cancelToken];
    for (const token of tokens) expect(await tablesWith(token)).toEqual([]);

    await fireDispatch(db, new Date());
    for (const token of tokens) expect(await tablesWith(token)).toEqual([]);
    const linked = (token: string) => sent().filter((mail) => mail.includes(`.${token}`)).length;
    // Booked and moved (a cancellation has no link); requested and confirmed; requested.
    expect(tokens.map(linked)).toEqual([2, 2, 1]);
    for (const mail of sent()) expect(mail).not.toContain("token-is-inserted");
    expect(outcome(await cancel(requested))).toBe("200");
    expect(await tablesWith(requested.token)).toEqual([]);
  });

  it("in a mail that waited while the secret changed is valid, and so is the earlier one", async () => {
    const { sent } = await sink();
    const made = await booked(await slot(200));
    configure({ ...LINK_SETTINGS, EMAIL_PREFERENCES_SECRET: "the-secret-after-that-one", SMTP_HOST: "127.0.0.1" });
    const [row] = await db.select().from(bookings);
    const later = makeLinkToken(bookingSeed(made.id, row?.tokenSalt ?? ""));
    expect(later).not.toBe(made.token);
    for (const token of [made.token, later]) expect(outcome(await show({ id: made.id, token }))).toBe("200");
    expect(sent()).toEqual([]);
  });

  it("is not revealed to a customer whose name is the placeholder: that mail contains only their own token", async () => {
    const { sent } = await sink();
    const victim = await booked(await slot(200), { email: "bob@club.example" });
    const name = `x ${victim.id}.-token-is-inserted-when-sent-`;
    const made = await booked(await slot(210), { name, email: "eve@club.example" });
    await fireDispatch(db, new Date());
    const mail = sent().find((text) => text.includes("eve@club.example")) ?? "";
    expect(mail).toContain(made.token);
    expect(mail).not.toContain(victim.token);
  });
});

it("an unsubscribe token is in no table, and in the mail it was made for", async () => {
  const { sent } = await sink();
  await addUsers(db, "ada");
  await fireWeekly(db, "2026-03-09T00:05:00Z");
  const end = new Date("2026-03-09T00:00:00Z");
  const url = signedUnsubscribeUrl(BASE, SECRET, "ada", end);
  const token = new URL(url).searchParams.get("token") ?? "";
  expect(await db.$count(emailQueue)).toBe(1);
  expect(await tablesWith(token)).toEqual([]);
  await fireDispatch(db, new Date("2026-03-09T00:10:00Z"));
  expect(await tablesWith(token)).toEqual([]);
  expect(sent()[0]).toContain(`List-Unsubscribe: <${url}>`);
  expect(sent()[0]?.split(token).length).toBeGreaterThanOrEqual(4); // in the header, the text and the HTML
});

it("tokens queued by earlier releases are removed from the queue by the migration, and still sent", async () => {
  const { sent } = await sink();
  await addUsers(db, "ada");
  await addProvider(db);
  await addService(db);
  await addBookings(db, { tokenSalt: "salt-of-it" });
  const [booking] = await db.select().from(bookings);
  const old = "A".repeat(43);
  const link = `${BASE}/booking.html#${booking?.id}.${old}`;
  const url = signedUnsubscribeUrl(BASE, SECRET, "ada", new Date("2026-03-09T00:00:00Z"));
  const now = new Date();
  const later = new Date(now.getTime() + 2 * 3_600_000);
  const texts = (address: string) => ({ text: `see ${address}\n`, html: `<a href="${address}">see</a>` });
  await addMails(
    db,
    now,
    { ...texts(link), dedupeKey: `booking:${booking?.id}:reminder:0`, scheduledAt: later },
    { ...texts(url), unsubscribeUrl: url, userId: "ada", scheduledAt: later },
    { ...texts(link), dedupeKey: `booking:${booking?.id}:booked:0`, status: "sent" },
    { ...texts(link), dedupeKey: `booking:${booking?.id}:confirmed:1` },
  );
  const statements = readFileSync("drizzle/0012_queued_tokens.sql", "utf8").split("--> statement-breakpoint").slice(1);
  for (const statement of statements) await db.execute(sql.raw(statement));
  // One that is due within the hour may still be sent by an instance of the earlier release.
  const clear = await rows<{ key: string }>(
    db,
    sql`select dedupe_key as key from email_queue as mail where strpos(mail::text, ${old}) > 0`,
  );
  expect(clear.map(({ key }) => key)).toEqual([`booking:${booking?.id}:confirmed:1`]);
  const signature = url.split(".").at(-1) ?? "";
  expect(await tablesWith(signature)).toEqual([]);
  const seeds = await rows<{ seed: string | null }>(db, sql`select token_seed as seed from email_queue order by id`);
  const seed = bookingSeed(booking?.id ?? "", "salt-of-it");
  const claim = unsubscribeClaim("ada", new Date("2026-03-09T00:00:00Z"));
  expect(seeds.map((mail) => mail.seed)).toEqual([seed, `unsubscribe:${claim}`, seed, null]);
  await fireDispatch(db, later);
  expect(sent().filter((mail) => mail.includes(`#${booking?.id}.${makeLinkToken(seed)}`))).toHaveLength(1);
  expect(sent().filter((mail) => mail.includes(url))).toHaveLength(1);
});
