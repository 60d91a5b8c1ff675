import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { type Db, rows } from "../../db/db.ts";
import { viewers } from "../../http/access.ts";
import { operation } from "../../http/operation.ts";
import type { DateRange } from "../../time/dates.ts";
import { localDate } from "../../time/periods.ts";
import { heatmap } from "../response-schemas.ts";
import { RATES } from "./counts-and-rates.ts";
import { parseDateRange, rangeQuery } from "./query-range.ts";

export const getHeatmap = operation({
  id: "getAttendanceHeatmap",
  method: "GET",
  path: "/api/tracking/heatmap",
  access: viewers,
  summary: "Shows the attendance by weekday and local hour.",
  query: z.strictObject(rangeQuery),
  responses: { 200: { description: "The hours with appointments.", schema: heatmap } },
  handle: async ({ db, query, now }) => {
    const { zone } = config().tracking;
    const range = parseDateRange(query, localDate(now, zone));
    return { timezone: zone, ...range, cells: await loadCells(db, range) };
  },
});

/** The appointments that start in one local hour of one weekday. */
interface Cell {
  /** 0 = Monday. */
  weekday: number;
  hour: number;
  total: number;
  completed: number;
  /** No-shows and ghosts. */
  noShows: number;
  showRate: number | null;
}

/** Hours without appointments are missing. */
function loadCells(db: Db, { from, to }: DateRange): Promise<Cell[]> {
  return rows(
    db,
    sql`select weekday, hour, total_slots as total, completed, missed as "noShows", (${sql.raw(RATES.show_rate)})::float8 as "showRate"
      from (
        select (extract(isodow from date) - 1)::int as weekday, left(part.key, 2)::int as hour,
          sum(counts.total_slots)::int as total_slots, sum(counts.completed)::int as completed,
          sum(counts.no_shows + counts.ghosts)::int as missed
        from daily_metrics cross join lateral jsonb_each(by_hour) as part
          cross join lateral jsonb_to_record(part.value)
            as counts (total_slots int, completed int, no_shows int, ghosts int)
        where date between ${from}::date and ${to}::date
        group by 1, 2) as sums
      where total_slots > 0 order by weekday, hour`,
  );
}
