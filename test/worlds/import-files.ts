/** Days in the format of the older system: `daily_metrics.json` and `daily_outcomes.json`. */

/** The metrics of a day: 20 appointments, 8 of them completed. */
export const importedMetrics = (over: Record<string, unknown> = {}) => ({
  date: "2025-09-16",
  total_slots: 20,
  no_shows: 12,
  completed: 8,
  cancelled: 0,
  by_hour: { "11:00": { total: 5, no_shows: 5, completed: 0, cancelled: 0 } },
  by_user: {},
  by_potential: { recall: { total: 1, completed: 1 } },
  calculated_at: "2025-09-16T21:00:04.123456",
  no_show_rate: 60.0,
  show_rate: 40.0,
  ...over,
});

/** One appointment of a day. */
export const importedOutcome = (over: Record<string, unknown> = {}) => ({
  id: "2025-09-16_11:00_Max_Mustermann",
  customer: "Max Mustermann (ghost)",
  date: "2025-09-16",
  time: "11:00",
  outcome: "ghost",
  color_id: "9",
  potential_type: "standard",
  checked_at: "21:00",
  description: "Telefon 0171 23\n[Booked by: Bert]",
  consultant: "Anna",
  ...over,
});
