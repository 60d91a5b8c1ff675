import { sql } from "drizzle-orm";
import * as z from "zod";
import { computeTrend, loadGroupMetrics, loadTotalMetrics } from "../../attendance/metrics/report-queries.ts";
import { config } from "../../config/config.ts";
import { type Db, row, rows } from "../../db/db.ts";
import { count, sentDate } from "../../http/responses/fields.ts";
import { addDays, precedingRange } from "../../time/dates.ts";
import { localDate } from "../../time/periods.ts";

const DAYS = 30;
/** The days before today whose outcomes a person should have noted by now. */
const UNJUDGED_DAYS = 7;

const showRate = z
  .number()
  .nullable()
  .meta({ description: "In percent with two decimals; null without appointments." });

export const unjudgedAppointments = z
  .object({
    from: sentDate,
    to: sentDate,
    count: count.meta({ description: "Appointments that say nothing about their outcome." }),
    appointments: count.meta({ description: "All appointments of these days that are over." }),
    consultant: z.string().nullable().meta({ description: "Who has most of them; null without any." }),
  })
  .meta({ id: "UnjudgedAppointments", description: "The appointments of the last week without a stated outcome." });

export const attendanceFigures = z
  .object({
    timezone: z.string().meta({ description: "The zone of the dates (`TRACKING_TIMEZONE`)." }),
    from: sentDate,
    to: sentDate,
    appointments: count,
    showRate,
    previousShowRate: showRate.meta({ description: "Of the 30 days before; null if they were not all read." }),
    trendPoints: z
      .number()
      .nullable()
      .meta({ description: "The difference in percentage points; null if one of the two rates is unknown." }),
    days: z
      .array(
        z
          .object({ date: sentDate, showRate, appointments: count, pending: count, final: z.boolean() })
          .meta({ id: "AttendanceDay", description: "A day that was read. Its figures may change until it is final." }),
      )
      .meta({ description: "Days that were not read are missing." }),
    unjudged: unjudgedAppointments,
  })
  .meta({ id: "AttendanceOverview", description: "The show rate of 30 days, and of those before." });

/** Reads the show rate of the 30 days up to today by day, and what the last week leaves to judge. */
export async function readAttendanceFigures(db: Db, now: Date): Promise<z.input<typeof attendanceFigures>> {
  const { zone } = config().tracking;
  const today = localDate(now, zone);
  const range = { from: addDays(today, 1 - DAYS), to: today };
  const [days, current, previous, open, unjudged] = await Promise.all([
    loadGroupMetrics(db, range, "day"),
    loadTotalMetrics(db, range, today),
    loadTotalMetrics(db, precedingRange(range), today),
    rows<{ date: string }>(
      db,
      sql`select date::text as date from daily_metrics
        where date between ${range.from}::date and ${range.to}::date and not final`,
    ),
    readUnjudged(db, today),
  ]);
  const trend = computeTrend(current, previous).showRate;
  const notFinal = new Set(open.map(({ date }) => date));
  return {
    timezone: zone,
    ...range,
    appointments: current.total.totalSlots,
    showRate: current.total.showRate,
    previousShowRate: trend === null ? null : previous.total.showRate,
    trendPoints: trend,
    days: days.map(({ group, showRate, totalSlots, pending }) => {
      return { date: group, showRate, appointments: totalSlots, pending, final: !notFinal.has(group) };
    }),
    unjudged,
  };
}

/** Counts the appointments whose outcome no rule found in their title or colour. They have a low confidence. */
async function readUnjudged(db: Db, today: string): Promise<z.input<typeof unjudgedAppointments>> {
  const [from, to] = [addDays(today, -UNJUDGED_DAYS), addDays(today, -1)];
  const counted = await row<{ count: number; appointments: number; consultant: string | null }>(
    db,
    sql`with judged as materialized (
        select consultant, count(*)::int as appointments, (count(*) filter (where confidence = 'low'))::int as unjudged
        from calendar_appointments
        where local_date between ${from}::date and ${to}::date and gone_at is null
          and outcome not in ('placeholder', 'pending')
        group by consultant)
      select coalesce(sum(unjudged), 0)::int as count, coalesce(sum(appointments), 0)::int as appointments,
        (select consultant from judged where unjudged > 0 order by unjudged desc, consultant limit 1) as consultant
      from judged`,
  );
  return { from, to, ...counted };
}
