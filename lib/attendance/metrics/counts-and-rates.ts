import { type SQL, sql } from "drizzle-orm";

/** The counts and rates of a day, or of any other group of appointments (docs/domain.md, section 7). */

/** The counts by column. All but `sold`, which is a part of `completed`, add up to `total_slots`. */
export const COUNTS = [
  "total_slots",
  "completed",
  "sold",
  "no_shows",
  "ghosts",
  "cancelled",
  "rescheduled",
  "overhang",
  "pending",
] as const;

export type Count = (typeof COUNTS)[number];

export type Counts = Record<Count, number>;

const percent = (part: string, whole: string): string => `round(100.0 * (${part}) / nullif(${whole}, 0), 2)`;

/** The rates as SQL over the count columns: percent with two decimals, rounded half up; null if the denominator is 0. */
export const RATES = {
  /** Auftauchquote. */
  show_rate: percent("completed", "total_slots"),
  net_show_rate: percent("completed", "total_slots - cancelled - rescheduled - pending"),
  /** Erfolgsrate. */
  success_rate: percent("sold", "completed"),
  no_show_rate: percent("no_shows + ghosts", "total_slots"),
  ghost_rate: percent("ghosts", "total_slots"),
  cancellation_rate: percent("cancelled", "total_slots"),
  completion_rate: percent("completed", "total_slots"),
} as const;

/** Counts and rates as fields of JSON. */
export interface Metrics {
  totalSlots: number;
  completed: number;
  /** Null where an import does not state it. */
  sold: number | null;
  noShows: number;
  ghosts: number;
  cancelled: number;
  rescheduled: number;
  overhang: number;
  pending: number;
  showRate: number | null;
  netShowRate: number | null;
  successRate: number | null;
  noShowRate: number | null;
  ghostRate: number | null;
  cancellationRate: number | null;
  completionRate: number | null;
}

/** `total_slots` -> `totalSlots`. */
export const fieldName = (column: string): keyof Metrics =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof Metrics;

/** Selects the fields of `Metrics` from the count columns. */
export const METRIC_COLUMNS: SQL = sql.raw(
  [
    ...COUNTS.map((column) => `${column} as "${fieldName(column)}"`),
    ...Object.entries(RATES).map(([name, formula]) => `(${formula})::float8 as "${fieldName(name)}"`),
  ].join(", "),
);

/** Sums the counts of several rows. `sold` is null if one row does not state it. */
export const SUM_COLUMNS: SQL = sql.raw(
  COUNTS.map((column) =>
    column === "sold"
      ? "case when count(sold) = count(*) then coalesce(sum(sold), 0)::int end as sold"
      : `coalesce(sum(${column}), 0)::int as ${column}`,
  ).join(", "),
);
