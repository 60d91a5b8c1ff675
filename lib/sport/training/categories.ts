/** The categories of a month's rankings: all points, or an exercise's own measure. */
export const CATEGORIES = ["points", "pullups", "pushups", "situps"] as const;

export type Category = (typeof CATEGORIES)[number];

/** The column of `monthly_results` that holds a category's value. */
export const VALUE_COLUMN: Readonly<Record<Category, string>> = {
  points: "total_points",
  pullups: "pullups",
  pushups: "pushups",
  situps: "situps",
};
