import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { forgetOldMails } from "../../../lib/mail/queue/retention.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { afterMinutes, mail, NOW, queue, queued } from "../../support/mail/dispatch-run.ts";

const afterDays = (days: number) => afterMinutes(days * 1440);

describe.each(DATABASES)("old mails on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => empty(db));

  it.each([
    [{ status: "sent" }, true],
    [{ status: "skipped", error: "address-suppressed" }, true],
    [{ status: "failed", failure: "permanent", error: "550 no ada@club.example" }, true],
    [{ status: "failed", failure: "connection", failedAfterRetries: true }, true],
    [{ status: "failed" }, true],
    [{ status: "failed", failure: "unknown", error: "delivery-unknown" }, false],
    [{ status: "pending" }, false],
    [{ status: "retrying", failure: "transient" }, false],
  ])("%j are emptied after the retention time and deleted 100 days later: %s", async (state, isFinished) => {
    const content = {
      unsubscribeUrl: "https://taktwerk.example/out",
      calendar: "BEGIN:VCALENDAR",
      inlineImage: "aGk=",
    };
    await queue(db, [mail("ada", content)]);
    await db.update(emailQueue).set(state);
    const before = await queued(db);
    expect(await forgetOldMails(db, afterDays(30), 30, 100)).toEqual({ emptied: 0, deleted: 0 });
    expect(await queued(db)).toEqual(before);

    const late = new Date(afterDays(30).getTime() + 1);
    expect(await forgetOldMails(db, late, 30, 100)).toEqual({ emptied: isFinished ? 1 : 0, deleted: 0 });
    const [row] = await queued(db);
    const without = { unsubscribeUrl: null, calendar: null, inlineImage: null, error: null };
    const bare = { recipient: "", subject: "", text: "", html: "", ...without };
    expect(row).toEqual(isFinished ? { ...before[0], ...bare } : before[0]);
    expect(await forgetOldMails(db, afterDays(130), 30, 100)).toEqual({ emptied: 0, deleted: 0 });

    expect(await forgetOldMails(db, afterDays(131), 30, 100)).toEqual({ emptied: 0, deleted: isFinished ? 1 : 0 });
    expect(await db.$count(emailQueue)).toBe(isFinished ? 0 : 1);
  });

  it("are emptied and deleted in batches, oldest first", async () => {
    for (let day = 0; day < 5; day += 1) await queue(db, [mail(`day-${day}`)], afterDays(day));
    await db.update(emailQueue).set({ status: "sent", processedAt: NOW });
    expect(await forgetOldMails(db, afterDays(100), 30, 2)).toEqual({ emptied: 2, deleted: 0 });
    expect((await queued(db)).map(({ recipient }) => recipient === "")).toEqual([true, true, false, false, false]);
    expect(await forgetOldMails(db, afterDays(100), 30, 2)).toEqual({ emptied: 2, deleted: 0 });
    expect(await forgetOldMails(db, afterDays(100), 30, 2)).toEqual({ emptied: 1, deleted: 0 });
    expect(await forgetOldMails(db, afterDays(200), 30, 4)).toEqual({ emptied: 0, deleted: 4 });
    expect(await forgetOldMails(db, afterDays(200), 30, 4)).toEqual({ emptied: 0, deleted: 1 });
  });

  it("keep their key, so that the same mail is not queued again", async () => {
    await queue(db, [mail("ada")]);
    await db.update(emailQueue).set({ status: "sent" });
    await forgetOldMails(db, afterDays(40), 30, 10);
    await queue(db, [mail("ada")], afterDays(40));
    expect(await queued(db)).toMatchObject([{ status: "sent", recipient: "" }]);
  });
});
