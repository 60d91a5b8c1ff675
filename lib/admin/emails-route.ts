import * as z from "zod";
import { config } from "../config/config.ts";
import { defineRoute, method } from "../http/define-route.ts";
import { whole } from "../http/fields.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { addDays, datesBetween } from "../time/dates.ts";
import { localDate, periodOfDate } from "../time/periods.ts";
import { dispatchIntervalMs } from "./dispatch-interval.ts";
import { type MailDay, readFailedMails, readMailDays, readQueue } from "./mail-summary.ts";

/** `GET /api/admin/emails?days&limit`: mails by day and fate, those that failed last, and what waits. */
export const emailsRoute = (jobs: JobRegistry) =>
  defineRoute({
    GET: method({
      summary: "Mails by day and fate, those that failed last, and what waits.",
      query: z.strictObject({ days: whole(1, 90).default(14), limit: whole(1, 200).default(50) }),
      handle: async ({ db, query, now }) => {
        const { mail, timeZone } = config();
        const [days, failed, queue] = await Promise.all([
          readMailDays(db, lastDays(query.days, now, timeZone), now),
          readFailedMails(db, query.limit),
          readQueue(db, now, mail.dispatchLimit, dispatchIntervalMs(jobs, now)),
        ]);
        return { status: "ok", timezone: timeZone, days, failed, queue };
      },
    }),
  });

/** The local days up to today, oldest first. Pure. */
export function lastDays(count: number, now: Date, zone: string): MailDay[] {
  const today = localDate(now, zone);
  return datesBetween(addDays(today, 1 - count), today).map((date) => ({ date, ...periodOfDate("day", date, zone) }));
}
