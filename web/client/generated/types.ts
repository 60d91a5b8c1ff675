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
export interface EmailDispatchParameters {
    limit?: number | undefined;
}
export interface MonthlyEventsParameters {
    /** @default false */
    force?: boolean | undefined;
    /** @default false */
    dryRun?: boolean | undefined;
    /** @example 2026-02 */
    month?: string | undefined;
}
export interface SlotMaintenanceParameters {
    /** @default 30 */
    daysAhead?: number | undefined;
    providerId?: (string | string[]) | undefined;
    serviceId?: (string | string[]) | undefined;
    /** @default false */
    dryRun?: boolean | undefined;
    /** @default false */
    forceCleanup?: boolean | undefined;
    /** @default false */
    verbose?: boolean | undefined;
}
export interface CalendarTrackingParameters {
    /**
     * Format: date
     * @example 2026-02-02
     */
    date?: string | undefined;
    /**
     * Format: date
     * @example 2026-02-02
     */
    start?: string | undefined;
    /**
     * Format: date
     * @example 2026-02-02
     */
    end?: string | undefined;
    /** @default false */
    dryRun?: boolean | undefined;
    /** @default false */
    force?: boolean | undefined;
}
export interface WeeklyEventsParameters {
    /** @default false */
    force?: boolean | undefined;
    /** @default false */
    dryRun?: boolean | undefined;
    /**
     * Format: date
     * @example 2026-02-02
     */
    week?: string | undefined;
}
export interface ReleaseHoldRequest {
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    holdId: string;
}
export interface SiteProcessingParameters {
    /** @example one-of-mine */
    customerId?: string | undefined;
    /** @default false */
    replay?: boolean | undefined;
    reason?: ("event-type-missing" | "event-type-invalid" | "page-url-invalid" | "event-id-invalid" | "session-id-invalid" | "visitor-id-invalid" | "event-data-invalid" | "processing-error") | undefined;
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
export type JobCleanupResponse = JobCleanupCompleted | JobCleanupSkipped;
export interface JobCleanupCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    /** The stuck runs that were failed. */
    cleaned: number;
    /** Those runs. */
    jobs: ExpiredRun[];
    /** The same as `jobs`. */
    runs: ExpiredRun[];
    mailsEmptied: number;
    mailsDeleted: number;
    runsDeleted: number;
    holdsReleased: number;
    bookingsCancelled: number;
    bookingsForgotten: number;
    appointmentsForgotten: number;
    rawDaysDropped: number;
    eventIdsForgotten: number;
    deadLettersForgotten: number;
    ratesForgotten: number;
}
/** A stuck run that was failed, and the reason. */
export interface ExpiredRun {
    id: string;
    jobName: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    startedAt: string;
    reason: string;
}
export interface JobCleanupSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
}
/**
 * Why nothing was run: nothing is due, or another run did or does the work.
 */
export type SkipReason = "already-running" | "already-processed" | "not-due";
export interface JobCleanupPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    progress: RunProgress;
}
/** How far a run is. */
export interface RunProgress {
    done: number;
    /** The number of steps. The unit depends on the job: users, services, days or events. */
    total: number;
}
export type EmailDispatchResponse = EmailDispatchCompleted | EmailDispatchSkipped;
export interface EmailDispatchCompleted {
    /** @constant */
    status: "ok";
    /** Mails that are not sent, for example because the user has no address. */
    skipped: number;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    /** The mails that the mail server accepted. */
    processed: number;
    retrying: number;
    failed: number;
    /** The mails that are due now. */
    remaining: number;
    /** Why no mail reached the mail server. */
    unreachable?: string | undefined;
}
export interface EmailDispatchSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
}
export interface EmailDispatchPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    progress: RunProgress;
}
export type MonthlyEventsResponse = MonthlyEventsCompleted | MonthlyEventsSkipped;
export interface MonthlyEventsCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthEnd: string;
    processedUsers: number;
    points: number;
    workouts: number;
    awards: number;
    badges: number;
    emails: SummaryMailCounts;
    /** At most 100, failed ones first, then skipped ones. */
    emailResults: SummaryMailResult[];
    /** Earlier periods that this call ran first. */
    catchUp?: MonthlyEventsOlder[] | undefined;
}
/** The summary mails of the newest period by what became of them. */
export interface SummaryMailCounts {
    queued: number;
    skipped: number;
    failed: number;
}
export interface SummaryMailResult {
    userId: string;
    status: "queued" | "skipped" | "failed";
    /** Why a mail was not queued. */
    reason?: string | undefined;
}
export type MonthlyEventsOlder = {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthEnd: string;
    processedUsers: number;
    points: number;
    workouts: number;
    awards: number;
    badges: number;
    emails: SummaryMailCounts;
    /** At most 100, failed ones first, then skipped ones. */
    emailResults: SummaryMailResult[];
} | {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthEnd: string;
} | {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthEnd: string;
    progress: RunProgress;
};
export interface MonthlyEventsSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthEnd: string;
    /** Earlier periods that this call ran first. */
    catchUp?: MonthlyEventsOlder[] | undefined;
}
export interface MonthlyEventsPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    monthEnd: string;
    progress: RunProgress;
    /** Earlier periods that this call ran first. */
    catchUp?: MonthlyEventsOlder[] | undefined;
}
export type SlotMaintenanceResponse = SlotMaintenanceCompleted | SlotMaintenanceSkipped;
export interface SlotMaintenanceCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    /** Whether `SLOT_AUTOMATION_ENABLED` is false. */
    disabled?: boolean | undefined;
    services?: number | undefined;
    added?: number | undefined;
    changed?: number | undefined;
    removed?: number | undefined;
    expired?: number | undefined;
    kept?: number | undefined;
    conflicts?: number | undefined;
    capped?: number | undefined;
    /** Whether the run only planned. */
    planned?: boolean | undefined;
    /** Whether this deployment is a preview, which only plans. */
    planOnly?: boolean | undefined;
    days?: ProviderDay[] | undefined;
    daysTruncated?: boolean | undefined;
    conflictSlots?: SlotChange[] | undefined;
    cappedServices?: {
        serviceId: string;
        leftOut: number;
    }[] | undefined;
    /** Every slot that the plan changes, with `verbose`. */
    slots?: SlotChange[] | undefined;
    slotsTruncated?: boolean | undefined;
    /** Whether this call continued a run; lists hold its part only. */
    continued?: boolean | undefined;
}
export interface ProviderDay {
    providerId: string;
    /** Format: date */
    date: string;
    added: number;
    changed: number;
    removed: number;
    expired: number;
    kept: number;
    conflicts: number;
}
/** One slot and what happens to it. */
export interface SlotChange {
    action: "add" | "change" | "remove" | "expire" | "conflict";
    /** The id of an existing slot. */
    id?: number | undefined;
    serviceId: string;
    providerId: string;
    /** Format: date */
    date: string;
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
    capacity: number;
    /** The booked and held places of an existing slot. */
    booked?: number | undefined;
    category: "normal" | "express" | "urgent" | "emergency";
    price: number;
}
export interface SlotMaintenanceSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
}
export interface SlotMaintenancePartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    progress: RunProgress;
}
export type CalendarTrackingResponse = CalendarTrackingCompleted | CalendarTrackingSkipped;
export interface CalendarTrackingCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    disabled?: boolean | undefined;
    detail?: string | undefined;
    /**
     * Format: date
     * The run's first day.
     */
    start?: string | undefined;
    /**
     * Format: date
     * The run's last day.
     */
    end?: string | undefined;
    /** Days that were final already. */
    daysSkipped?: number | undefined;
    daysRead?: number | undefined;
    /** Days that are not final and lie too far back for the daily run. */
    daysOutOfReach?: number | undefined;
    appointments?: number | undefined;
    added?: number | undefined;
    changed?: number | undefined;
    /** Appointments that the calendars do not have any more. */
    gone?: number | undefined;
    placeholders?: number | undefined;
    /** Appointments whose outcome neither title nor colour states. */
    uncertain?: number | undefined;
    /** Deleted events without a known time. */
    unplaced?: number | undefined;
    /** Stored appointments that newer rules classify differently. */
    reclassified?: number | undefined;
    /** Requests to Google for events. */
    requests?: number | undefined;
    /**
     * What happened to the weekly report.
     */
    report?: ("none" | "waiting" | "no-sender" | "queued" | "already-queued") | undefined;
    days?: TrackedDay[] | undefined;
    /** Whether there are more days than listed. */
    daysTruncated?: boolean | undefined;
    changes?: ChangedDay[] | undefined;
    /** Whether there are more changed days than listed. */
    changesTruncated?: boolean | undefined;
}
/** The attendance of a day. Figures of a day that is not final may still change. */
export interface TrackedDay {
    /** Format: date */
    date: string;
    final: boolean;
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
    /** In percent with two decimals; null if the denominator is 0. */
    showRate: number | null;
    /** In percent with two decimals; null if the denominator is 0. */
    netShowRate: number | null;
    /** In percent with two decimals; null if the denominator is 0. */
    successRate: number | null;
    /** In percent with two decimals; null if the denominator is 0. */
    noShowRate: number | null;
    /** In percent with two decimals; null if the denominator is 0. */
    ghostRate: number | null;
    /** In percent with two decimals; null if the denominator is 0. */
    cancellationRate: number | null;
    /** In percent with two decimals; null if the denominator is 0. */
    completionRate: number | null;
}
/** What differs on a day that had metrics before. */
export interface ChangedDay {
    /** Format: date */
    date: string;
    /** The counts that differ, such as `completed`. */
    changed: {
        [key: string]: {
            from: number | null;
            to: number | null;
        };
    };
}
export interface CalendarTrackingSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
}
export interface CalendarTrackingPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    progress: RunProgress;
}
export type WeeklyEventsResponse = WeeklyEventsCompleted | WeeklyEventsSkipped;
export interface WeeklyEventsCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekEnd: string;
    processedUsers: number;
    points: number;
    workouts: number;
    awards: number;
    badges: number;
    emails: SummaryMailCounts;
    /** At most 100, failed ones first, then skipped ones. */
    emailResults: SummaryMailResult[];
    /** Earlier periods that this call ran first. */
    catchUp?: WeeklyEventsOlder[] | undefined;
}
export type WeeklyEventsOlder = {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekEnd: string;
    processedUsers: number;
    points: number;
    workouts: number;
    awards: number;
    badges: number;
    emails: SummaryMailCounts;
    /** At most 100, failed ones first, then skipped ones. */
    emailResults: SummaryMailResult[];
} | {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekEnd: string;
} | {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekEnd: string;
    progress: RunProgress;
};
export interface WeeklyEventsSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekEnd: string;
    /** Earlier periods that this call ran first. */
    catchUp?: WeeklyEventsOlder[] | undefined;
}
export interface WeeklyEventsPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekStart: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    weekEnd: string;
    progress: RunProgress;
    /** Earlier periods that this call ran first. */
    catchUp?: WeeklyEventsOlder[] | undefined;
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
export type SiteProcessingResponse = SiteProcessingCompleted | SiteProcessingSkipped;
export interface SiteProcessingCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    staged: number;
    processed: number;
    deadLetters: number;
    replayed: number;
    message: string;
    result: ProcessingResult;
}
/** How many events reached which layer, and how many are still pending. */
export interface ProcessingResult {
    staged: number;
    processed: number;
    dead_letters: number;
    replayed: number;
    remaining: number;
}
export interface SiteProcessingSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
}
export interface SiteProcessingPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    scheduledFor: string;
    progress: RunProgress;
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
    id: number;
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
    id: number;
    body: ReleaseHoldRequest;
}
export interface RunCalendarTrackingInput {
    /**
     * Format: date
     * @example 2026-02-02
     */
    date?: string | undefined;
    /**
     * Format: date
     * @example 2026-02-02
     */
    start?: string | undefined;
    /**
     * Format: date
     * @example 2026-02-02
     */
    end?: string | undefined;
    /**
     * Returns what would happen, without changing anything.
     * @default false
     */
    dryRun?: boolean | undefined;
    /**
     * Runs a period again that has been completed.
     * @default false
     */
    force?: boolean | undefined;
    body?: CalendarTrackingParameters | undefined;
}
export interface RunCalendarTrackingByCronInput {
    /**
     * Format: date
     * @example 2026-02-02
     */
    date?: string | undefined;
    /**
     * Format: date
     * @example 2026-02-02
     */
    start?: string | undefined;
    /**
     * Format: date
     * @example 2026-02-02
     */
    end?: string | undefined;
    /**
     * Returns what would happen, without changing anything.
     * @default false
     */
    dryRun?: boolean | undefined;
    /**
     * Runs a period again that has been completed.
     * @default false
     */
    force?: boolean | undefined;
}
export interface RunEmailDispatchInput {
    /** The largest number of items. */
    limit?: number | undefined;
    body?: EmailDispatchParameters | undefined;
}
export interface RunEmailDispatchByCronInput {
    /** The largest number of items. */
    limit?: number | undefined;
}
export interface RunMonthlyEventsInput {
    /**
     * Runs a period again that has been completed.
     * @default false
     */
    force?: boolean | undefined;
    /**
     * Returns what would happen, without changing anything.
     * @default false
     */
    dryRun?: boolean | undefined;
    /**
     * A month, `YYYY-MM`. By default the newest month that has ended.
     * @example 2026-02
     */
    month?: string | undefined;
    body?: MonthlyEventsParameters | undefined;
}
export interface RunMonthlyEventsByCronInput {
    /**
     * Runs a period again that has been completed.
     * @default false
     */
    force?: boolean | undefined;
    /**
     * Returns what would happen, without changing anything.
     * @default false
     */
    dryRun?: boolean | undefined;
    /**
     * A month, `YYYY-MM`. By default the newest month that has ended.
     * @example 2026-02
     */
    month?: string | undefined;
}
export interface RunSiteProcessingInput {
    /**
     * Only this site.
     * @example one-of-mine
     */
    customerId?: string | undefined;
    /**
     * First processes the dead letters again.
     * @default false
     */
    replay?: boolean | undefined;
    reason?: ("event-type-missing" | "event-type-invalid" | "page-url-invalid" | "event-id-invalid" | "session-id-invalid" | "visitor-id-invalid" | "event-data-invalid" | "processing-error") | undefined;
    body?: SiteProcessingParameters | undefined;
}
export interface RunSiteProcessingByCronInput {
    /**
     * Only this site.
     * @example one-of-mine
     */
    customerId?: string | undefined;
    /**
     * First processes the dead letters again.
     * @default false
     */
    replay?: boolean | undefined;
    reason?: ("event-type-missing" | "event-type-invalid" | "page-url-invalid" | "event-id-invalid" | "session-id-invalid" | "visitor-id-invalid" | "event-data-invalid" | "processing-error") | undefined;
}
export interface RunSlotMaintenanceInput {
    /**
     * The number of days ahead for which slots are kept.
     * @default 30
     */
    daysAhead?: number | undefined;
    /**
     * Only this provider.
     * @example one-of-mine
     */
    providerId?: string | undefined;
    /**
     * Only this service.
     * @example one-of-mine
     */
    serviceId?: string | undefined;
    /**
     * Returns what would happen, without changing anything.
     * @default false
     */
    dryRun?: boolean | undefined;
    /**
     * Also removes booked slots that are over; their bookings stay.
     * @default false
     */
    forceCleanup?: boolean | undefined;
    /**
     * Lists all details.
     * @default false
     */
    verbose?: boolean | undefined;
    body?: SlotMaintenanceParameters | undefined;
}
export interface RunSlotMaintenanceByCronInput {
    /**
     * The number of days ahead for which slots are kept.
     * @default 30
     */
    daysAhead?: number | undefined;
    /**
     * Only this provider.
     * @example one-of-mine
     */
    providerId?: string | undefined;
    /**
     * Only this service.
     * @example one-of-mine
     */
    serviceId?: string | undefined;
    /**
     * Returns what would happen, without changing anything.
     * @default false
     */
    dryRun?: boolean | undefined;
    /**
     * Also removes booked slots that are over; their bookings stay.
     * @default false
     */
    forceCleanup?: boolean | undefined;
    /**
     * Lists all details.
     * @default false
     */
    verbose?: boolean | undefined;
}
export interface RunWeeklyEventsInput {
    /**
     * Runs a period again that has been completed.
     * @default false
     */
    force?: boolean | undefined;
    /**
     * Returns what would happen, without changing anything.
     * @default false
     */
    dryRun?: boolean | undefined;
    /**
     * Format: date
     * A date in the week. By default the newest week that has ended.
     * @example 2026-02-02
     */
    week?: string | undefined;
    body?: WeeklyEventsParameters | undefined;
}
export interface RunWeeklyEventsByCronInput {
    /**
     * Runs a period again that has been completed.
     * @default false
     */
    force?: boolean | undefined;
    /**
     * Returns what would happen, without changing anything.
     * @default false
     */
    dryRun?: boolean | undefined;
    /**
     * Format: date
     * A date in the week. By default the newest week that has ended.
     * @example 2026-02-02
     */
    week?: string | undefined;
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
  /**
   * Reads the calendars again and computes the attendance: the last 14 days, a date, or a range of days.
   * Token: cronSecret.
   */
  runCalendarTracking(input?: RunCalendarTrackingInput, options?: CallOptions): Promise<CalendarTrackingResponse | CalendarTrackingPartial>;
  /**
   * Reads the calendars again and computes the attendance: the last 14 days, a date, or a range of days.
   * What the platform's crons call.
   * Token: cronSecret.
   */
  runCalendarTrackingByCron(input?: RunCalendarTrackingByCronInput, options?: CallOptions): Promise<CalendarTrackingResponse | CalendarTrackingPartial>;
  /**
   * Sends the due mails of the queue.
   * Token: cronSecret.
   */
  runEmailDispatch(input?: RunEmailDispatchInput, options?: CallOptions): Promise<EmailDispatchResponse | EmailDispatchPartial>;
  /**
   * Sends the due mails of the queue.
   * What the platform's crons call.
   * Token: cronSecret.
   */
  runEmailDispatchByCron(input?: RunEmailDispatchByCronInput, options?: CallOptions): Promise<EmailDispatchResponse | EmailDispatchPartial>;
  /**
   * Fails stuck runs and deletes data whose retention period has ended.
   * Token: cronSecret.
   */
  runJobCleanup(input?: Record<string, never>, options?: CallOptions): Promise<JobCleanupResponse | JobCleanupPartial>;
  /**
   * Fails stuck runs and deletes data whose retention period has ended.
   * What the platform's crons call.
   * Token: cronSecret.
   */
  runJobCleanupByCron(input?: Record<string, never>, options?: CallOptions): Promise<JobCleanupResponse | JobCleanupPartial>;
  /**
   * Evaluates the last month for all users once it has ended, and earlier months that are missing.
   * Token: cronSecret.
   */
  runMonthlyEvents(input?: RunMonthlyEventsInput, options?: CallOptions): Promise<MonthlyEventsResponse | MonthlyEventsPartial>;
  /**
   * Evaluates the last month for all users once it has ended, and earlier months that are missing.
   * What the platform's crons call.
   * Token: cronSecret.
   */
  runMonthlyEventsByCron(input?: RunMonthlyEventsByCronInput, options?: CallOptions): Promise<MonthlyEventsResponse | MonthlyEventsPartial>;
  /**
   * Processes the pending events of all sites.
   * Token: cronSecret.
   */
  runSiteProcessing(input?: RunSiteProcessingInput, options?: CallOptions): Promise<SiteProcessingResponse | SiteProcessingPartial>;
  /**
   * Processes the pending events of all sites.
   * What the platform's crons call.
   * Token: cronSecret.
   */
  runSiteProcessingByCron(input?: RunSiteProcessingByCronInput, options?: CallOptions): Promise<SiteProcessingResponse | SiteProcessingPartial>;
  /**
   * Keeps bookable slots available for the days ahead, and removes outdated ones.
   * Token: cronSecret.
   */
  runSlotMaintenance(input?: RunSlotMaintenanceInput, options?: CallOptions): Promise<SlotMaintenanceResponse | SlotMaintenancePartial>;
  /**
   * Keeps bookable slots available for the days ahead, and removes outdated ones.
   * What the platform's crons call.
   * Token: cronSecret.
   */
  runSlotMaintenanceByCron(input?: RunSlotMaintenanceByCronInput, options?: CallOptions): Promise<SlotMaintenanceResponse | SlotMaintenancePartial>;
  /**
   * Evaluates the last week for all users once it has ended, and earlier weeks that are missing.
   * Token: cronSecret.
   */
  runWeeklyEvents(input?: RunWeeklyEventsInput, options?: CallOptions): Promise<WeeklyEventsResponse | WeeklyEventsPartial>;
  /**
   * Evaluates the last week for all users once it has ended, and earlier weeks that are missing.
   * What the platform's crons call.
   * Token: cronSecret.
   */
  runWeeklyEventsByCron(input?: RunWeeklyEventsByCronInput, options?: CallOptions): Promise<WeeklyEventsResponse | WeeklyEventsPartial>;
}
