import { asc, sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { type Db, rows } from "../../../lib/db/db.ts";
import { addressHash } from "../../../lib/mail/queue/suppressions.ts";
import { emailQueue, emailSuppressions } from "../../../lib/mail/schema.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { POST } from "../../support/http/api.ts";
import { call, dump, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { addMails } from "../../worlds/ledger.ts";

const it = databaseTest(SETTINGS);

const FAILED = { status: "failed", attempts: 3, error: "451 later", failure: "transient", failedAfterRetries: true };
const UNKNOWN = {
  status: "failed",
  attempts: 1,
  error: "delivery-unknown",
  failure: "unknown",
  handedOverAt: new Date(0),
};

describe("queueing failed mails again", () => {
  const now = new Date();

  const ask = <Body = Record<string, unknown>>(json: unknown) => call<Body>(POST, "/api/admin/emails/retry", { json });
  const statuses = async (db: Db) =>
    (await db.select().from(emailQueue).orderBy(asc(emailQueue.id))).map(({ status }) => status);
  const suppress = (db: Db, address: string) =>
    rows(
      db,
      sql`insert into email_suppressions (address_hash, reason, created_at) values (${addressHash(sql`${address}::text`)}, '', now())`,
    );

  it("by id resets them, and leaves all others", async ({ db }) => {
    const [first] = await addMails(db, now, FAILED, FAILED, { status: "sent" });
    expect((await ask({ ids: [first] })).body).toMatchObject({ requeued: 1, notFailed: 0 });
    expect(await statuses(db)).toEqual(["pending", "failed", "sent"]);
    const [mail] = await db.select().from(emailQueue).orderBy(asc(emailQueue.id));
    expect(mail).toMatchObject({ attempts: 0, error: null, failure: null, failedAfterRetries: false });
  });

  it("counts the ids that are not failed mails", async ({ db }) => {
    const ids = await addMails(db, now, FAILED, { status: "sent" });
    expect((await ask({ ids: [...ids, 4711, 4711] })).body).toMatchObject({ requeued: 1, notFailed: 2 });
  });

  it("includes mails that may have been delivered only on request", async ({ db }) => {
    await addMails(db, now, FAILED, UNKNOWN);
    expect((await ask({ all: true })).body).toMatchObject({ requeued: 1, leftUnknown: 1 });
    expect(await statuses(db)).toEqual(["pending", "failed"]);
    expect((await ask({ all: true, includeUnknown: true })).body).toMatchObject({ requeued: 1, leftUnknown: 0 });
    expect(await statuses(db)).toEqual(["pending", "pending"]);
  });

  it("by id includes a mail that may have been delivered, ready to be handed over again", async ({ db }) => {
    const ids = await addMails(db, now, UNKNOWN);
    expect((await ask({ ids })).body).toMatchObject({ requeued: 1 });
    expect((await db.select().from(emailQueue))[0]).toMatchObject({ status: "pending", handedOverAt: null });
  });

  it("leaves mails to suppressed addresses, unless they are named by id", async ({ db }) => {
    const ids = await addMails(db, now, { ...FAILED, recipient: "Gone@club.example" });
    await suppress(db, "gone@CLUB.example");
    expect((await ask({ all: true })).body).toMatchObject({ requeued: 0, leftSuppressed: 1 });
    expect((await ask({ ids })).body).toMatchObject({ requeued: 1 });
    expect(await db.$count(emailSuppressions)).toBe(0);
  });

  it("leaves emptied mails", async ({ db }) => {
    const ids = await addMails(db, now, { ...FAILED, recipient: "", text: "", html: "" });
    expect((await ask({ ids })).body).toMatchObject({ requeued: 0, notFailed: 1 });
  });

  it.for([
    [{}, "ids"],
    [{ ids: [1], all: true }, "ids"],
    [{ ids: [] }, "ids"],
    [{ ids: [1.5] }, "ids[0]"],
    [{ ids: ["1"] }, "ids[0]"],
    [{ ids: [-1] }, "ids[0]"],
    [{ all: false }, "all"],
    [{ all: true, includeUnknown: "yes" }, "includeUnknown"],
    [{ all: true, status: "sent" }, "status"],
    [[1], "body"],
  ] as const)("refuses the body %j, names the field, and changes nothing", async ([json, field], { db }) => {
    await addMails(db, now, FAILED, UNKNOWN);
    const before = await dump(db, "email_queue");
    const answer = await ask<Refusal>(json);
    expect(answer).toMatchObject({ status: 422, body: { error: { code: "invalid-body", field } } });
    expect(await dump(db, "email_queue")).toEqual(before);
  });

  it("requires the admin token", async ({ db }) => {
    await addMails(db, now, FAILED);
    expect(
      (await call(POST, "/api/admin/emails/retry", { json: { all: true }, token: "somebody-else-entirely" })).status,
    ).toBe(401);
    expect(await statuses(db)).toEqual(["failed"]);
  });
});
