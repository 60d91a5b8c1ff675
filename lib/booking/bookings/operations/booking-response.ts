import { localTime, wallClock } from "../../../time/wall-clock.ts";
import type { Booking } from "../schema.ts";

/** Formats a booking for its customer: without secrets, with times in UTC and in the customer's zone. */
export function bookingResponse(booking: Booking) {
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

/** Formats a booking for an operator. */
export function managedBookingResponse(booking: Booking) {
  const { providerTimezone, updatedAt, cancelReason } = booking;
  return { ...bookingResponse(booking), providerTimezone, updatedAt, cancelReason };
}
