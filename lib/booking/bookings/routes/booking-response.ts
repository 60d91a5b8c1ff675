import { localTime, wallClock } from "../../../time/wall-clock.ts";
import type { Booking } from "../schema.ts";

/** A booking as its customer gets it: nothing secret, instants in UTC and in the zone they read times in. */
export function bookingAnswer(booking: Booking) {
  const { id, status, slotId, serviceId, serviceName, providerId, providerName, startsAt, endsAt, timezone } = booking;
  const { price, category, rushFeePercent, sequence, customerName, customerEmail, language } = booking;
  const clock = wallClock(timezone);
  return {
    id,
    status,
    slotId,
    serviceId,
    serviceName,
    providerId,
    providerName,
    startsAt,
    endsAt,
    timezone,
    localStart: localTime(startsAt, clock),
    localEnd: localTime(endsAt, clock),
    price,
    category,
    rushFeePercent,
    sequence,
    name: customerName,
    email: customerEmail,
    language,
    createdAt: booking.createdAt,
    cancelledAt: booking.cancelledAt,
  };
}

/** A booking as the operator gets it. */
export function operatorsAnswer(booking: Booking) {
  const { providerTimezone, updatedAt, cancelReason } = booking;
  return { ...bookingAnswer(booking), providerTimezone, updatedAt, cancelReason };
}
