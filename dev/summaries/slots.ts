import { slotMetrics } from "../../lib/booking/metrics/slot-metrics.ts";
import type { Db } from "../../lib/db/db.ts";
import { table } from "../../lib/text-table.ts";
import { indented, type Summary } from "./summary.ts";

const DAYS = 30;

/** Summarises the slots ahead by provider, for a terminal. */
export async function slotSummary(db: Db, now: Date): Promise<Summary> {
  const { coverage, density, bookingRate, providers } = await slotMetrics(db, DAYS, undefined, now);
  const percent = (share: number | null) => (share === null ? "-" : `${share.toLocaleString("en")} %`);
  const facts = [
    `Slots of the next ${DAYS} days: ${density.bookableSlots.toLocaleString("en")} to book, ${density.perDay} a day;`,
    `${coverage.coveredServices} of ${coverage.activeServices} services covered; booked so far`,
    `${percent(bookingRate.ahead.percent)}, of the past days ${percent(bookingRate.past.percent)}.`,
  ];
  const lines = providers.map((provider) => [
    provider.name,
    provider.timezone,
    `${provider.activeServices}`,
    `${provider.bookableSlots}`,
    `${provider.booked} of ${provider.offered}`,
  ]);
  const count = density.bookableSlots.toLocaleString("en");
  const providerTable = table(["provider", "zone", "services", "to book", "places booked"], lines);
  return {
    sentence: `${count} slots to book in ${DAYS} days, ${coverage.coveredServices} services`,
    report: [facts.join(" "), "", indented(providerTable)].join("\n"),
  };
}
