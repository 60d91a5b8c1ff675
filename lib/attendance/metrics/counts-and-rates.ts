import { type SQL, sql } from "drizzle-orm";

/** What is counted and computed of a day, or of any other group of appointments (domain, section 7). */

/** The counts, by column. They add up to `total_slots`, but for `sold`, which is part of `completed`. */
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

/** Rates in percent with two decimals, half away from zero, over the columns of the counts. Null where there is no whole. */
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

/** Counts and rates, as JSON has them. */
export interface Metrics {
  totalSlots: number;
  completed: number;
  /** Null where an import does not say. */
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

/** The columns of a query's figures, from columns named as the counts. */
export const METRIC_COLUMNS: SQL = sql.raw(
  [
    ...COUNTS.map((column) => `${column} as "${fieldName(column)}"`),
    ...Object.entries(RATES).map(([name, formula]) => `(${formula})::float8 as "${fieldName(name)}"`),
  ].join(", "),
);

/** The counts of several rows together. Where one does not say what was sold, nobody can say it of all. */
export const SUM_COLUMNS: SQL = sql.raw(
  COUNTS.map((column) =>
    column === "sold"
      ? "case when count(sold) = count(*) then coalesce(sum(sold), 0)::int end as sold"
      : `coalesce(sum(${column}), 0)::int as ${column}`,
  ).join(", "),
);
