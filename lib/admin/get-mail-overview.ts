import * as z from "zod";
import { config } from "../config/config.ts";
import { viewers } from "../http/access.ts";
import { whole } from "../http/fields.ts";
import { operation } from "../http/operation.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../http/responses/pages.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { addDays, datesBetween } from "../time/dates.ts";
import { localDate, periodOfDate } from "../time/periods.ts";
import { dispatchIntervalMs } from "./dispatch-interval.ts";
import { failedMail, mailDay, mailQueue } from "./mail-schema.ts";
import { type MailDay, readFailedMails, readMailDays, readQueue } from "./mail-summary.ts";

const mailOverview = z
  .object({
    timezone: z.string().meta({ description: "The zone of the dates (`EVENTS_TIMEZONE`)." }),
    days: z.array(mailDay).meta({ description: "The days up to today, the oldest first." }),
    queue: mailQueue,
    ...listOf("FailedMailPage", failedMail).shape,
  })
  .meta({ id: "MailOverview", description: "The mails by day, the queue, and in `items` the failed mails." });

const getMailOverview = (jobs: JobRegistry) =>
  operation({
    id: "getMailOverview",
    method: "GET",
    path: "/api/admin/emails",
    access: viewers,
    summary: "Shows the mails by day and by what became of them, what waits, and the mails that failed last.",
    query: z.strictObject({
      days: whole(1, 90).default(14).meta({ description: "The number of days up to today." }),
      ...pageQuery(sortKey(keyPart.instant, keyPart.whole), { most: 200, usual: 50 }),
    }),
    responses: { 200: { description: "The failed mails, the latest failure first.", schema: mailOverview } },
    handle: async ({ db, query, now }) => {
      const { mail, timeZone } = config();
      const [days, failed, queue] = await Promise.all([
        readMailDays(db, lastDays(query.days, now, timeZone), now),
        readFailedMails(db, query.limit + 1, query.cursor),
        readQueue(db, now, mail.dispatchLimit, dispatchIntervalMs(jobs, now)),
      ]);
      const page = toPage(failed, query.limit, ({ processedAt, id }) => [processedAt, id]);
      return { timezone: timeZone, days, queue, ...page };
    },
  });

export const operations = (jobs: JobRegistry) => [getMailOverview(jobs)];

/** The local days up to today, oldest first. Pure. */
export function lastDays(count: number, now: Date, zone: string): MailDay[] {
  const today = localDate(now, zone);
  return datesBetween(addDays(today, 1 - count), today).map((date) => ({ date, ...periodOfDate("day", date, zone) }));
}
