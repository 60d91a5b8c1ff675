// Generated from the OpenAPI document by `npm run client`. Do not edit.

import type { CallOptions } from "../call-options.ts";

export interface BookingRequest {
    slotId: number;
    name: string;
    /** Format: email */
    email: string;
    /**
     * @default de
     */
    language?: ("de" | "en") | undefined;
    /**
     * The zone in which the customer reads times.
     * @example Europe/Berlin
     */
    timezone?: string | undefined;
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    holdId?: string | undefined;
}
export interface MoveRequest {
    slotId: number;
}
export interface ReleaseHoldRequest {
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    holdId: string;
}
/**
 * For machines. Codes are stable.
 */
export type ErrorCode = "invalid-json" | "invalid-parameter" | "unauthorized" | "forbidden" | "token-expired" | "not-found" | "method-not-allowed" | "request-timeout" | "conflict" | "slot-full" | "provider-busy" | "not-bookable" | "too-late" | "payload-too-large" | "unsupported-media-type" | "invalid-body" | "key-reused" | "rate-limited" | "internal" | "job-failed" | "job-timeout" | "calendar-unreadable" | "misconfigured" | "credentials" | "not-configured" | "unavailable";
export interface BookingCreated {
    booking: Booking;
    /** The secret with which the customer reads, moves and cancels it. */
    cancelToken: string;
}
/** A booking. It keeps its own copy of service, provider, period and price. */
export interface Booking {
    /** Format: uuid */
    id: string;
    status: BookingStatus;
    /** Null if the slot does not exist any more. */
    slotId: number | null;
    serviceId: string;
    serviceName: string;
    providerId: string;
    providerName: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    startsAt: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    endsAt: string;
    /** The zone in which the customer reads times. */
    timezone: string;
    /**
     * Format: date-time
     * Local time with its offset.
     * @example 2026-02-02T19:30:00+01:00
     */
    localStart: string;
    /**
     * Format: date-time
     * Local time with its offset.
     * @example 2026-02-02T19:30:00+01:00
     */
    localEnd: string;
    price: number;
    category: SlotCategory;
    /** The surcharge that the price contains, in percent. */
    rushFeePercent: number;
    /** Increases by one with each change. */
    sequence: number;
    name: string;
    email: string;
    language: "de" | "en";
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    createdAt: string;
    cancelledAt: string | null;
}
export type BookingStatus = "pending" | "confirmed" | "cancelled" | "completed" | "no_show";
/**
 * The time of day and week, which decides on the surcharge.
 */
export type SlotCategory = "normal" | "express" | "urgent" | "emergency";
export interface BookingResponse {
    booking: Booking;
}
export interface ProviderList {
    items: Provider[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A provider whose services can be booked. */
export interface Provider {
    id: string;
    name: string;
    timezone: string;
}
export interface ServiceList {
    items: Service[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A service that can be booked. */
export interface Service {
    id: string;
    providerId: string;
    providerName: string;
    name: string;
    durationMinutes: number;
    price: number;
    /** How long before its start a slot can be booked at the latest. */
    minNoticeMinutes: number;
    /** Whether a booking is a request until it is confirmed. */
    confirmationRequired: boolean;
}
/** Slots that can be booked, by start. */
export interface SlotList {
    /**
     * Format: date
     * @example 2026-02-02
     */
    from: string;
    /**
     * Format: date
     * @example 2026-02-02
     */
    to: string;
    /** The zone of dates and local times. */
    timezone: string;
    items: Slot[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A slot that can be booked. */
export interface Slot {
    id: number;
    serviceId: string;
    providerId: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    startsAt: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    endsAt: string;
    /** Format: date */
    localDate: string;
    /**
     * Format: date-time
     * Local time with its offset.
     * @example 2026-02-02T19:30:00+01:00
     */
    localStart: string;
    /**
     * Format: date-time
     * Local time with its offset.
     * @example 2026-02-02T19:30:00+01:00
     */
    localEnd: string;
    price: number;
    category: SlotCategory;
    /** The surcharge that the price contains, in percent. */
    rushFeePercent: number;
    capacity: number;
    /** The places that are still free. */
    places: number;
}
/** A place of a slot that is kept during checkout. */
export interface Hold {
    /** Format: uuid */
    holdId: string;
    slotId: number;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    expiresAt: string;
}
export interface HoldReleased {
    released: boolean;
}
export interface ErrorResponse {
    /** @constant */
    status: "error";
    error: {
        code: ErrorCode;
        /** A sentence for people. */
        message: string;
        /** The id of the request in the log. */
        requestId: string;
        /** The wrong field, such as `workouts[3].startTime`. */
        field?: string | undefined;
        expected?: string | undefined;
        got?: string | undefined;
    };
}
export interface CancelBookingInput {
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface CreateBookingInput {
    /**
     * A new key for each booking. A request that is repeated with the same key does not book twice.
     * @example my-first-booking-of-7
     */
    idempotencyKey?: string | undefined;
    body: BookingRequest;
}
export interface GetBookingInput {
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface HoldSlotInput {
    /** @example 7 */
    id: string;
}
export interface ListServicesInput {
    /**
     * Only this provider.
     * @example one-of-mine
     */
    providerId?: string | undefined;
}
export interface ListSlotsInput {
    /**
     * Only this service.
     * @example one-of-mine
     */
    serviceId?: string | undefined;
    /**
     * Only this provider.
     * @example one-of-mine
     */
    providerId?: string | undefined;
    /**
     * Format: date
     * The first local date; today by default.
     * @example 2026-02-02
     */
    from?: string | undefined;
    /**
     * Format: date
     * The last local date, included; six days after `from` by default.
     * @example 2026-02-02
     */
    to?: string | undefined;
    /**
     * The time zone of days and times. By default the provider's.
     * @example Europe/Berlin
     */
    timezone?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 2000
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyIiw3XQ
     */
    cursor?: string | undefined;
}
export interface MoveBookingInput {
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
    body: MoveRequest;
}
export interface ReleaseHoldInput {
    /** @example 7 */
    id: string;
    body: ReleaseHoldRequest;
}

/** The operations of the API as methods. */
export interface Client {
  /**
   * Cancels a booking for its customer.
   * Token: cancelToken.
   */
  cancelBooking(input: CancelBookingInput, options?: CallOptions): Promise<BookingResponse>;
  /**
   * Books a place. A repeated request with the same key returns the same booking.
   */
  createBooking(input: CreateBookingInput, options?: CallOptions): Promise<BookingCreated>;
  /**
   * Shows a booking to its customer.
   * Token: cancelToken.
   */
  getBooking(input: GetBookingInput, options?: CallOptions): Promise<BookingResponse>;
  /**
   * Holds a place of a slot during checkout.
   */
  holdSlot(input: HoldSlotInput, options?: CallOptions): Promise<Hold>;
  /**
   * Lists the providers that can be booked, by name.
   */
  listProviders(input?: Record<string, never>, options?: CallOptions): Promise<ProviderList>;
  /**
   * Lists the services that can be booked, by name.
   */
  listServices(input?: ListServicesInput, options?: CallOptions): Promise<ServiceList>;
  /**
   * Lists the slots that can be booked from one local date to another, both included.
   * `serviceId` or `providerId` is required. The default is a week from today; the longest range is 62 days.
   */
  listSlots(input?: ListSlotsInput, options?: CallOptions): Promise<SlotList>;
  /**
   * Moves a booking to another slot of its service.
   * Token: cancelToken.
   */
  moveBooking(input: MoveBookingInput, options?: CallOptions): Promise<BookingResponse>;
  /**
   * Releases a held place.
   * A hold that has expired or been released before gives the same answer.
   */
  releaseHold(input: ReleaseHoldInput, options?: CallOptions): Promise<HoldReleased>;
}
