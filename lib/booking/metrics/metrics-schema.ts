import * as z from "zod";
import { count, sentDate, sentInstant } from "../../http/responses/fields.ts";

/** What operators read of slots in figures (docs/domain.md, section 6). Values without a basis are null. */

const percent = z.number().nullable().meta({ description: "With two decimals; null without a basis." });

const places = {
  booked: count.meta({ description: "Booked places." }),
  offered: count.meta({ description: "Offered places." }),
};

const rate = z.object({ ...places, percent }).meta({ id: "BookingRate", description: "Booked of offered places." });

const coverage = {
  activeServices: count,
  coveredServices: count.meta({ description: "Active services with a bookable slot." }),
};

const warning = z
  .object({
    code: z.enum(["coverage-low", "coverage-below-recommendation", "density-low", "slots-capped"]),
    level: z.enum(["warning", "recommendation"]),
    message: z.string().meta({ description: "A sentence for people." }),
  })
  .meta({ id: "SlotWarning", description: "A warning for operators." });

const providerMetrics = z
  .object({
    providerId: z.string(),
    name: z.string(),
    timezone: z.string(),
    ...coverage,
    bookableSlots: count,
    ...places,
  })
  .meta({ id: "ProviderMetrics", description: "The metrics of one provider in the window ahead." });

export const slotMetricsAnswer = z
  .object({
    at: sentInstant.meta({ description: "When the metrics were computed." }),
    window: z
      .object({ from: sentInstant, to: sentInstant, days: z.int() })
      .meta({ description: "The window ahead, in days of 24 hours." }),
    coverage: z
      .object({ ...coverage, percent })
      .meta({ description: "How many of the active services can be booked." }),
    density: z
      .object({ bookableSlots: count, days: z.int(), perDay: z.number().nullable() })
      .meta({ description: "How many slots a day can be booked." }),
    bookingRate: z
      .object({ past: rate, ahead: rate })
      .meta({ description: "The booking rate of the past 30 days, and of the window ahead." }),
    uncovered: z.array(z.string()).meta({
      description: "The ids of active services without a bookable slot, at most 50.",
    }),
    warnings: z.array(warning),
    providers: z.array(providerMetrics),
  })
  .meta({ id: "SlotMetrics", description: "Coverage, density and booking rate. Values without a basis are null." });

export const slotDay = z
  .object({
    date: sentDate,
    slots: count,
    capacity: count.meta({ description: "Offered places." }),
    booked: count.meta({ description: "Booked places." }),
    providers: count.meta({ description: "The number of providers with a slot." }),
  })
  .meta({ id: "SlotDay", description: "The offered and booked places of a local date." });

export type SlotMetrics = Omit<z.input<typeof slotMetricsAnswer>, "at">;
export type ProviderMetrics = z.output<typeof providerMetrics>;
export type SlotWarning = z.output<typeof warning>;
export type BookingRate = z.output<typeof rate>;
export type SlotDay = z.output<typeof slotDay>;
