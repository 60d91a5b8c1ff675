/**
 * Computes the metrics of a day a second time, as simply as possible: from docs/domain.md, section 7, and with whole numbers,
 * without the code under test.
 */

/** The fields of an appointment that metrics depend on. */
export interface CountedAppointment {
  date: string;
  hour: number;
  consultant: string;
  potential: string;
  outcome: string;
  sold: boolean;
  /** Whether it is no longer in its calendar. */
  gone: boolean;
}

export type Tally = Record<string, number>;

export interface ReferenceDay {
  counts: Tally;
  byHour: Record<string, Tally>;
  byUser: Record<string, Tally>;
  byPotential: Record<string, Tally>;
  /** Percent with two decimals as text; null for a denominator of 0. */
  rates: Record<string, string | null>;
}

export function referenceDay(all: readonly CountedAppointment[], date: string): ReferenceDay {
  const own = all.filter((one) => one.date === date && one.outcome !== "placeholder" && !one.gone);
  const counts = tally(own);
  return {
    counts,
    byHour: split(own, ({ hour }) => `${hour < 10 ? "0" : ""}${hour}:00`),
    byUser: split(own, ({ consultant }) => consultant),
    byPotential: split(own, ({ potential }) => potential),
    rates: referenceRates(counts),
  };
}

export function referenceRates(counts: Tally): Record<string, string | null> {
  const of = (name: string): number => counts[name] ?? 0;
  const total = of("total_slots");
  return {
    show_rate: percent(of("completed"), total),
    net_show_rate: percent(of("completed"), total - of("cancelled") - of("rescheduled") - of("pending")),
    success_rate: percent(of("sold"), of("completed")),
    no_show_rate: percent(of("no_shows") + of("ghosts"), total),
    ghost_rate: percent(of("ghosts"), total),
    cancellation_rate: percent(of("cancelled"), total),
    completion_rate: percent(of("completed"), total),
  };
}

function tally(some: readonly CountedAppointment[]): Tally {
  const count = (outcome: string): number => some.filter((one) => one.outcome === outcome).length;
  return {
    total_slots: some.length,
    completed: count("completed"),
    sold: some.filter((one) => one.outcome === "completed" && one.sold).length,
    no_shows: count("no_show"),
    ghosts: count("ghost"),
    cancelled: count("cancelled"),
    rescheduled: count("rescheduled"),
    overhang: count("overhang"),
    pending: count("pending"),
  };
}

function split(
  some: readonly CountedAppointment[],
  nameOf: (one: CountedAppointment) => string,
): Record<string, Tally> {
  const names = [...new Set(some.map(nameOf))];
  return Object.fromEntries(names.map((name) => [name, tally(some.filter((one) => nameOf(one) === name))]));
}

/** Rounds half up, with whole numbers. No part is negative. */
function percent(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const hundredths = (BigInt(part) * 20_000n + BigInt(whole)) / (BigInt(whole) * 2n);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;
}
