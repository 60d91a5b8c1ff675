import * as z from "zod";
import { count, sentDate } from "../http/responses/fields.ts";
import { OUTCOMES } from "./classification/rules.ts";
import { metricsFields } from "./metrics/metrics-schema.ts";
import { GROUP_NAMES } from "./metrics/report-queries.ts";

/** What operators read about the attendance (docs/domain.md, section 7). */

export const timezone = z.string().meta({ description: "The zone of days and hours (`TRACKING_TIMEZONE`)." });

export const outcome = z.enum(OUTCOMES, { error: `one of ${OUTCOMES.join(", ")}` }).meta({
  id: "AppointmentOutcome",
  description:
    "What became of an appointment. `pending`: it is not over yet. `placeholder`: it is none, such as a lunch break.",
});

const figures = z
  .object(metricsFields)
  .meta({ id: "AttendanceFigures", description: "Counts and rates of appointments." });

const group = z
  .object({
    group: z.string().meta({
      description:
        "A date, the Monday of a week, a month `YYYY-MM`, a weekday (0 = Monday), an hour, a consultant or a potential.",
      examples: ["2026-02-02", "2026-02", "0", "09:00", "Anna Vogel"],
    }),
    label: z.string().optional().meta({ description: "The weekday's English name, of groups by weekday." }),
    ...metricsFields,
  })
  .meta({ id: "AttendanceGroup", description: "The appointments of a group." });

const difference = z.number().nullable();
const differences = Object.fromEntries(Object.keys(metricsFields).map((field) => [field, difference])) as Record<
  keyof typeof metricsFields,
  typeof difference
>;

const trend = z.object(differences).meta({
  id: "AttendanceTrend",
  description:
    "The difference from the range before; of rates in percentage points. Null where it is not known: everything if days of the range before were not read, counts also if days of this range were not.",
});

const coverage = z
  .object({
    days: z.int().meta({ description: "The days of the range." }),
    read: z.int().meta({ description: "Those that were read." }),
    final: z.int().meta({ description: "Those whose figures no longer change." }),
    imported: z.int().meta({ description: "Those that were imported instead of read from a calendar." }),
    unread: z.array(sentDate).meta({ description: "The first 31 days up to today that were never read." }),
  })
  .meta({ id: "DayCoverage", description: "How many days of a range are known, and how well." });

const range = { from: sentDate, to: sentDate, days: coverage, total: figures };

export const groupBy = z
  .enum(GROUP_NAMES, { error: `one of ${GROUP_NAMES.join(", ")}` })
  .meta({ id: "AttendanceGrouping", description: "By what appointments are grouped." });

export const attendance = z
  .object({
    timezone,
    groupBy,
    ...range,
    previous: z.object(range).meta({
      id: "AttendanceRange",
      description: "The attendance of a range of days, both included, as a whole.",
    }),
    trend,
    groups: z.array(group).meta({ description: "By their names. A group without a day that was read is missing." }),
  })
  .meta({ id: "Attendance", description: "The attendance of a range of days, both included." });

export const heatmap = z
  .object({
    timezone,
    from: sentDate,
    to: sentDate,
    cells: z
      .array(
        z
          .object({
            weekday: z.int().min(0).max(6).meta({ description: "0 = Monday." }),
            hour: z.int().min(0).max(23),
            total: count,
            completed: count,
            noShows: count.meta({ description: "No-shows and ghosts." }),
            showRate: metricsFields.showRate,
          })
          .meta({ id: "HeatmapCell", description: "The appointments that start in one local hour of a weekday." }),
      )
      .meta({ description: "By weekday and hour. Hours without appointments are missing." }),
  })
  .meta({ id: "AttendanceHeatmap", description: "The attendance by weekday and hour." });
