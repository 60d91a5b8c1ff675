import * as z from "zod";
import { count, sentDate } from "../http/responses/fields.ts";
import { changedDays, metricsFields } from "./metrics/metrics-schema.ts";
import { REPORT_RESULTS } from "./report/weekly-report.ts";

const day = z.object({ date: sentDate, final: z.boolean(), ...metricsFields }).meta({
  id: "TrackedDay",
  description: "The attendance of a day. Figures of a day that is not final may still change.",
});

/** What calendar tracking returns. Without calendars and credentials it returns `disabled` and `detail` alone. */
export const trackingResult = z
  .object({
    disabled: z.boolean(),
    detail: z.string(),
    start: sentDate.meta({ description: "The run's first day." }),
    end: sentDate.meta({ description: "The run's last day." }),
    daysSkipped: count.meta({ description: "Days that were final already." }),
    daysRead: count,
    daysOutOfReach: count.meta({ description: "Days that are not final and lie too far back for the daily run." }),
    appointments: count,
    added: count,
    changed: count,
    gone: count.meta({ description: "Appointments that the calendars do not have any more." }),
    placeholders: count,
    uncertain: count.meta({ description: "Appointments whose outcome neither title nor colour states." }),
    unplaced: count.meta({ description: "Deleted events without a known time." }),
    reclassified: count.meta({ description: "Stored appointments that newer rules classify differently." }),
    requests: count.meta({ description: "Requests to Google for events." }),
    report: z.enum(REPORT_RESULTS).meta({ description: "What happened to the weekly report." }),
    days: z.array(day),
    daysTruncated: z.boolean().meta({ description: "Whether there are more days than listed." }),
    ...changedDays,
  })
  .partial();
