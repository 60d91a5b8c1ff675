import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { type Db, rows } from "../../../lib/db/db.ts";
import { eraseMails } from "../../../lib/mail/queue/erase.ts";
import { addressHash, forgetSuppressions } from "../../../lib/mail/queue/suppressions.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { mail, NOW, queue, queued } from "../../support/mail/dispatch-run.ts";
import { addUsers } from "../../worlds/club.ts";

/** Erasing the mails of one person leaves those of all others. */

const it = databaseTest();

const SELECTION = { userIds: [], addresses: [], bookingIds: [] };
const ADDRESS = "family@club.example";

/** The keys of mails that still have a recipient. */
const remaining = async (db: Db) =>
  (await queued(db)).filter(({ recipient }) => recipient !== "").map(({ dedupeKey }) => dedupeKey);

describe("erasing mails", () => {
  it("by address leaves the mails of users who have the same address", async ({ db }) => {
    await addUsers(db, "bob");
    await queue(db, [
      mail("guest", { recipient: "Family@club.example" }),
      mail("bob", { recipient: ADDRESS, userId: "bob" }),
      mail("other"),
    ]);
    expect(await eraseMails(db, { ...SELECTION, addresses: [ADDRESS] }, NOW)).toBe(1);
    expect(await remaining(db)).toEqual(["bob", "other"]);
  });

  it("by user or booking leaves the mails of other users and bookings", async ({ db }) => {
    await addUsers(db, "ada", "bob");
    await queue(db, [
      mail("ada", { userId: "ada" }),
      mail("bob", { userId: "bob" }),
      mail("booking:1:confirmed"),
      mail("booking:11:confirmed"),
      mail("report:1:x"),
    ]);
    expect(await eraseMails(db, { ...SELECTION, userIds: ["ada"], bookingIds: ["1"] }, NOW)).toBe(2);
    expect(await remaining(db)).toEqual(["bob", "booking:11:confirmed", "report:1:x"]);
  });

  it("with an empty selection leaves all mails", async ({ db }) => {
    await queue(db, 2);
    expect(await eraseMails(db, SELECTION, NOW)).toBe(0);
    expect(await remaining(db)).toHaveLength(2);
  });
});

describe("deleting suppressions", () => {
  it("keeps those of other addresses, and of addresses that a user has", async ({ db }) => {
    await addUsers(db, { id: "bob", email: "Family@club.example" });
    for (const address of [ADDRESS, "ada@club.example", "eve@club.example"]) {
      await rows(
        db,
        sql`insert into email_suppressions (address_hash, reason, created_at)
          values (${addressHash(sql`${address}::text`)}, '', now())`,
      );
    }
    expect(await forgetSuppressions(db, [ADDRESS, "ada@club.example"])).toBe(1);
    const kept = await rows<{ known: boolean }>(
      db,
      sql`select address_hash = ${addressHash(sql`${ADDRESS}::text`)} as known from email_suppressions order by 1`,
    );
    expect(kept).toEqual([{ known: false }, { known: true }]);
  });
});
