// Generated from the OpenAPI document by `npm run client`. Do not edit.

import type { CallOptions } from "../call-options.ts";

export interface BookingChange {
    status: "confirmed" | "completed" | "no_show" | "cancelled";
    /** Why the booking is cancelled; `provider` by default. Only operators see it. */
    reason?: string | undefined;
}
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
export interface ExerciseBatch {
    exercises: ExerciseInput[];
}
/** An exercise. Without `pointsPerUnit`, its points follow from the difficulty tier. */
export interface ExerciseInput {
    /** @example pull-ups */
    id: string;
    nameDe: string;
    nameEn: string;
    measurementType: Measure;
    /**
     * From 1 (easy) to 10 (hard).
     * @default 5
     */
    difficultyTier?: number | undefined;
    /** The points of a repetition, second or kilometre. */
    pointsPerUnit?: number | undefined;
}
/**
 * How an exercise is measured: in repetitions, seconds or kilometres.
 */
export type Measure = "reps" | "time" | "distance";
export interface ExerciseKeyBatch {
    exercises: ExerciseKey[];
}
export interface ExerciseKey {
    /** @example pull-ups */
    id: string;
}
export interface FriendshipBatch {
    friendships: FriendshipInput[];
}
/** A friendship of two users, in any order. Only accepted ones count. */
export interface FriendshipInput {
    /** @example one-of-mine */
    userId: string;
    /** @example one-of-mine */
    friendId: string;
    /**
     * @default accepted
     */
    status?: ("pending" | "accepted" | "blocked") | undefined;
}
export interface FriendshipKeyBatch {
    friendships: FriendshipKey[];
}
/** Two users, in any order. */
export interface FriendshipKey {
    /** @example one-of-mine */
    userId: string;
    /** @example one-of-mine */
    friendId: string;
}
export interface UserBatch {
    users: UserInput[];
}
/** A user. Fields that are left out keep their values; those of a new user get defaults. */
export interface UserInput {
    /** @example one-of-mine */
    id: string;
    firstName?: (string | null) | undefined;
    nickname?: (string | null) | undefined;
    language?: ("de" | "en") | undefined;
    /** At most 16 KB. Taktwerk reads `distanceUnit` (`km` or `mi`) and `notifications.email` (`false`: no summaries by email). */
    preferences?: JsonObject | undefined;
    weeklyGoals?: WeeklyGoals | undefined;
    showInGlobalRankings?: boolean | undefined;
    bodyWeightKg?: (number | null) | undefined;
    email?: (string | null) | undefined;
    isActive?: boolean | undefined;
}
/** A JSON object with any fields. */
export interface JsonObject {
    [key: string]: JsonValue;
}
/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | {
    [key: string]: JsonValue;
};
/** A user's own goals. The exercise goal of a week is to reach all of `exercises`. */
export type WeeklyGoals = {
    /** The points of a week; without it, the default for all users counts. */
    points?: ({
        target: number;
    } & {
        [key: string]: JsonValue;
    }) | undefined;
    exercises?: ExerciseGoal[] | undefined;
} & {
    [key: string]: JsonValue;
};
/** The amount of an exercise that a user wants to do in a week. */
export type ExerciseGoal = {
    /** @example one-of-mine */
    exerciseId: string;
    /** Repetitions, minutes, or a distance in the user's unit (`preferences.distanceUnit`). */
    target: number;
    unit: "reps" | "time" | "distance";
} & {
    [key: string]: JsonValue;
};
export interface UserKeyBatch {
    users: UserKey[];
}
export interface UserKey {
    /** @example one-of-mine */
    id: string;
}
export interface WorkoutBatch {
    workouts: WorkoutInput[];
}
/** A workout, which replaces the one with this id as a whole. */
export interface WorkoutInput {
    /**
     * Chosen by the client. The same id means the same workout.
     * @example one-of-mine
     */
    id: string;
    /**
     * The user. With a user's token, it is that user.
     * @example one-of-mine
     */
    userId?: string | undefined;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00Z
     */
    startTime: string;
    activities: ActivityInput[];
}
/** An exercise of a workout. Its amount is `quantity` with `unit`, or `sets` with one `unit`, or the field of the exercise's measure (`reps`, `durationSeconds`, `distanceKm`); the other two may be set as well. */
export interface ActivityInput {
    /** @example pullups */
    exerciseId: string;
    quantity?: number | undefined;
    /**
     * For repetitions `reps`, `rep` (the default); for a time `s`, `sec`, `seconds`, `min`, `minutes`, `h`, `hours`; for a distance `km`, `m`, `mi`, `mile`, `miles`.
     * @example reps
     */
    unit?: string | undefined;
    sets?: SetInput[] | undefined;
    /** Extra weight in kg, or negative if a band helps. */
    weightKg?: number | undefined;
    reps?: number | undefined;
    durationSeconds?: number | undefined;
    distanceKm?: number | undefined;
}
/** A set of an activity. Without `weightKg`, it has that of the activity. */
export interface SetInput {
    quantity: number;
    /** Extra weight in kg, or negative if a band helps. */
    weightKg?: number | undefined;
}
export interface WorkoutKeyBatch {
    workouts: WorkoutKey[];
}
export interface WorkoutKey {
    /** @example one-of-mine */
    id: string;
    /**
     * The user. With a user's token, it is that user.
     * @example one-of-mine
     */
    userId?: string | undefined;
}
/**
 * What became of an appointment. `pending`: it is not over yet. `placeholder`: it is none, such as a lunch break.
 */
export type Outcome = "completed" | "no_show" | "ghost" | "cancelled" | "rescheduled" | "overhang" | "pending" | "placeholder";
/**
 * By the number of missed appointments, which are no-shows and ghosts: `high` from 3, `medium` from 1.
 */
export type CustomerRisk = "high" | "medium" | "low";
/**
 * By what appointments are grouped.
 */
export type AttendanceGrouping = "day" | "week" | "month" | "weekday" | "hour" | "consultant" | "potential";
/**
 * @default {
 *       "dryRun": false,
 *       "after": null
 *     }
 */
export interface ReclassificationRequest {
    /**
     * Returns what would change, without changing anything.
     * @default false
     */
    dryRun?: (boolean | ("0" | "1" | "true" | "false")) | undefined;
    /**
     * Starts after this local date; null starts with the first day.
     * @default null
     */
    after?: (string | null) | undefined;
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
export interface ManagedBookingList {
    items: ManagedBooking[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A booking with the fields for operators. */
export interface ManagedBooking {
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
    providerTimezone: string;
    /**
     * Format: date-time
     * @example 2026-02-02T18:30:00.000Z
     */
    updatedAt: string;
    cancelReason: string | null;
}
export type BookingStatus = "pending" | "confirmed" | "cancelled" | "completed" | "no_show";
/**
 * The time of day and week, which decides on the surcharge.
 */
export type SlotCategory = "normal" | "express" | "urgent" | "emergency";
export interface ManagedBookingResponse {
    booking: ManagedBooking;
}
export interface SlotCalendar {
    items: SlotDay[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** The offered and booked places of a local date. */
export interface SlotDay {
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    slots: number;
    /** Offered places. */
    capacity: number;
    /** Booked places. */
    booked: number;
    /** The number of providers with a slot. */
    providers: number;
}
/** Coverage, density and booking rate. Values without a basis are null. */
export interface SlotMetrics {
    /**
     * Format: date-time
     * When the metrics were computed.
     * @example 2026-02-02T18:30:00.000Z
     */
    at: string;
    /** The window ahead, in days of 24 hours. */
    window: {
        /**
         * Format: date-time
         * @example 2026-02-02T18:30:00.000Z
         */
        from: string;
        /**
         * Format: date-time
         * @example 2026-02-02T18:30:00.000Z
         */
        to: string;
        days: number;
    };
    /** How many of the active services can be booked. */
    coverage: {
        activeServices: number;
        /** Active services with a bookable slot. */
        coveredServices: number;
        /** With two decimals; null without a basis. */
        percent: number | null;
    };
    /** How many slots a day can be booked. */
    density: {
        bookableSlots: number;
        days: number;
        perDay: number | null;
    };
    /** The booking rate of the past 30 days, and of the window ahead. */
    bookingRate: {
        past: BookingRate;
        ahead: BookingRate;
    };
    /** The ids of active services without a bookable slot, at most 50. */
    uncovered: string[];
    warnings: SlotWarning[];
    providers: ProviderMetrics[];
}
/** Booked of offered places. */
export interface BookingRate {
    /** Booked places. */
    booked: number;
    /** Offered places. */
    offered: number;
    /** With two decimals; null without a basis. */
    percent: number | null;
}
/** A warning for operators. */
export interface SlotWarning {
    code: "coverage-low" | "coverage-below-recommendation" | "density-low" | "slots-capped";
    level: "warning" | "recommendation";
    /** A sentence for people. */
    message: string;
}
/** The metrics of one provider in the window ahead. */
export interface ProviderMetrics {
    providerId: string;
    name: string;
    timezone: string;
    activeServices: number;
    /** Active services with a bookable slot. */
    coveredServices: number;
    bookableSlots: number;
    /** Booked places. */
    booked: number;
    /** Offered places. */
    offered: number;
}
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
    /** All appointments that count. */
    totalSlots: number;
    /** The customer came. */
    completed: number;
    /** Of `completed`, those with a sale. Null where an import does not state it. */
    sold: number | null;
    noShows: number;
    ghosts: number;
    cancelled: number;
    rescheduled: number;
    overhang: number;
    /** Not over yet. */
    pending: number;
    /** `completed` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    showRate: number | null;
    /** `completed` of those that were not cancelled or rescheduled and are not pending. In percent with two decimals; null if the denominator is 0. */
    netShowRate: number | null;
    /** `sold` of `completed`. In percent with two decimals; null if the denominator is 0. */
    successRate: number | null;
    /** `noShows` and `ghosts` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    noShowRate: number | null;
    /** `ghosts` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    ghostRate: number | null;
    /** `cancelled` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    cancellationRate: number | null;
    /** `completed` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    completionRate: number | null;
}
/** What differs on a day that had metrics before. */
export interface ChangedDay {
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    /**
     * The counts that differ.
     * @example {
     *       "completed": {
     *         "from": 12,
     *         "to": 11
     *       }
     *     }
     */
    changed: {
        totalSlots?: CountChange | undefined;
        completed?: CountChange | undefined;
        sold?: CountChange | undefined;
        noShows?: CountChange | undefined;
        ghosts?: CountChange | undefined;
        cancelled?: CountChange | undefined;
        rescheduled?: CountChange | undefined;
        overhang?: CountChange | undefined;
        pending?: CountChange | undefined;
    };
}
export interface CountChange {
    from: number | null;
    to: number | null;
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
export interface ExerciseList {
    items: Exercise[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** An exercise of the catalogue. */
export interface Exercise {
    /** @example pull-ups */
    id: string;
    nameDe: string;
    nameEn: string;
    measurementType: Measure;
    /** The points of a repetition, second or kilometre. */
    pointsPerUnit: number;
    /**
     * Whether the points follow from the difficulty tier (`auto`) or were set (`manual`).
     */
    pointsSource: "auto" | "manual";
    /** From 1 (easy) to 10 (hard). */
    difficultyTier: number;
}
/** What became of each item of a batch. */
export interface BatchResult {
    /** The number of items that were accepted. */
    taken: number;
    /** The number of items that were refused. */
    failed: number;
    /** One for each item, in the order of the batch. */
    results: ItemResult[];
}
/** What became of an item. `error` is there if its status is `error`. */
export interface ItemResult {
    /** The item's position in the batch, from 0. */
    index: number;
    /** The item's id or key; null if it has none that can be read. */
    id: string | null;
    status: "created" | "updated" | "unchanged" | "deleted" | "not-found" | "error";
    error?: ItemError | undefined;
}
/** What is wrong with an item. */
export interface ItemError {
    code: "invalid-item" | "duplicate" | "unknown-user" | "unknown-exercise" | "unknown-provider" | "unknown-service" | "in-use";
    /**
     * The path of the wrong field in the item.
     * @example activities[0].unit
     */
    field: string;
    expected: string;
    got: string;
}
/** Appointments of a day, by start. */
export interface AppointmentList {
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    /** The zone of days and hours (`TRACKING_TIMEZONE`). */
    timezone: string;
    items: Appointment[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** An appointment of a calendar, with its outcome and the reason for it. */
export interface Appointment {
    id: number;
    calendarId: string;
    /** Google's id of the event. */
    eventId: string;
    /** When an instance of a series would start according to the series; null for a single event. */
    originalStart: string | null;
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
    /** Null after retention or an erasure. */
    title: string | null;
    /**
     * Google's status of the event.
     * @example confirmed
     */
    status: string;
    /** Google's number of the event's colour; null for the calendar's. */
    colorId: string | null;
    /**
     * What the colour says about the customer.
     * @example top
     */
    potential: string;
    consultant: string;
    /** The name in the title; null if there is none. */
    customer: string | null;
    outcome: Outcome;
    sold: boolean;
    /** What decided the outcome, for people. */
    reason: string;
    /**
     * `low`: nothing in the calendar said what became of it.
     */
    confidence: "high" | "low";
    /** The version of the rules that decided; 0 for an imported appointment. */
    ruleVersion: number;
    /** Whether it counts: neither a placeholder nor gone from the calendar. */
    counted: boolean;
    /** Since when the calendar no longer has it on this day. */
    goneAt: string | null;
    /**
     * Format: date-time
     * When the calendar was read.
     * @example 2026-02-02T18:30:00.000Z
     */
    readAt: string;
}
/** Customers, the least reliable first. */
export interface CustomerList {
    /**
     * Format: date
     * The first local date of the appointments.
     * @example 2026-02-02
     */
    since: string;
    /** The number of customers on all pages. */
    total: number;
    items: CustomerReliability[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** How reliably a customer came to the appointments of some days. */
export interface CustomerReliability {
    /** The name as the newest appointment spells it. */
    customer: string;
    risk: CustomerRisk;
    /** `completed` of `total`, in percent with two decimals. */
    reliability: number;
    /** The appointments that are over. */
    total: number;
    completed: number;
    /** Of `completed`, those with a sale. */
    sold: number;
    noShows: number;
    ghosts: number;
    cancelled: number;
    rescheduled: number;
    overhang: number;
    /**
     * Format: date
     * The local date of the newest appointment.
     * @example 2026-02-02
     */
    lastDate: string;
    /** The local date of the newest one that was missed. */
    lastNoShow: string | null;
}
/** The attendance by weekday and hour. */
export interface AttendanceHeatmap {
    /** The zone of days and hours (`TRACKING_TIMEZONE`). */
    timezone: string;
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
    /** By weekday and hour. Hours without appointments are missing. */
    cells: HeatmapCell[];
}
/** The appointments that start in one local hour of a weekday. */
export interface HeatmapCell {
    /** 0 = Monday. */
    weekday: number;
    hour: number;
    total: number;
    completed: number;
    /** No-shows and ghosts. */
    noShows: number;
    /** `completed` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    showRate: number | null;
}
/** The attendance of a range of days, both included. */
export interface Attendance {
    /** The zone of days and hours (`TRACKING_TIMEZONE`). */
    timezone: string;
    groupBy: AttendanceGrouping;
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
    days: DayCoverage;
    total: AttendanceFigures;
    previous: AttendanceRange;
    trend: AttendanceTrend;
    /** By their names. A group without a day that was read is missing. */
    groups: AttendanceGroup[];
}
/** How many days of a range are known, and how well. */
export interface DayCoverage {
    /** The days of the range. */
    days: number;
    /** Those that were read. */
    read: number;
    /** Those whose figures no longer change. */
    final: number;
    /** Those that were imported instead of read from a calendar. */
    imported: number;
    /** The first 31 days up to today that were never read. */
    unread: string[];
}
/** Counts and rates of appointments. */
export interface AttendanceFigures {
    /** All appointments that count. */
    totalSlots: number;
    /** The customer came. */
    completed: number;
    /** Of `completed`, those with a sale. Null where an import does not state it. */
    sold: number | null;
    noShows: number;
    ghosts: number;
    cancelled: number;
    rescheduled: number;
    overhang: number;
    /** Not over yet. */
    pending: number;
    /** `completed` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    showRate: number | null;
    /** `completed` of those that were not cancelled or rescheduled and are not pending. In percent with two decimals; null if the denominator is 0. */
    netShowRate: number | null;
    /** `sold` of `completed`. In percent with two decimals; null if the denominator is 0. */
    successRate: number | null;
    /** `noShows` and `ghosts` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    noShowRate: number | null;
    /** `ghosts` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    ghostRate: number | null;
    /** `cancelled` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    cancellationRate: number | null;
    /** `completed` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    completionRate: number | null;
}
/** The attendance of a range of days, both included, as a whole. */
export interface AttendanceRange {
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
    days: DayCoverage;
    total: AttendanceFigures;
}
/** The difference from the range before; of rates in percentage points. Null where it is not known: everything if days of the range before were not read, counts also if days of this range were not. */
export interface AttendanceTrend {
    totalSlots: number | null;
    completed: number | null;
    sold: number | null;
    noShows: number | null;
    ghosts: number | null;
    cancelled: number | null;
    rescheduled: number | null;
    overhang: number | null;
    pending: number | null;
    showRate: number | null;
    netShowRate: number | null;
    successRate: number | null;
    noShowRate: number | null;
    ghostRate: number | null;
    cancellationRate: number | null;
    completionRate: number | null;
}
/** The appointments of a group. */
export interface AttendanceGroup {
    /**
     * A date, the Monday of a week, a month `YYYY-MM`, a weekday (0 = Monday), an hour, a consultant or a potential.
     * @example 2026-02-02
     * @example 2026-02
     * @example 0
     * @example 09:00
     * @example Anna Vogel
     */
    group: string;
    /** The weekday's English name, of groups by weekday. */
    label?: string | undefined;
    /** All appointments that count. */
    totalSlots: number;
    /** The customer came. */
    completed: number;
    /** Of `completed`, those with a sale. Null where an import does not state it. */
    sold: number | null;
    noShows: number;
    ghosts: number;
    cancelled: number;
    rescheduled: number;
    overhang: number;
    /** Not over yet. */
    pending: number;
    /** `completed` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    showRate: number | null;
    /** `completed` of those that were not cancelled or rescheduled and are not pending. In percent with two decimals; null if the denominator is 0. */
    netShowRate: number | null;
    /** `sold` of `completed`. In percent with two decimals; null if the denominator is 0. */
    successRate: number | null;
    /** `noShows` and `ghosts` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    noShowRate: number | null;
    /** `ghosts` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    ghostRate: number | null;
    /** `cancelled` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    cancellationRate: number | null;
    /** `completed` of `totalSlots`. In percent with two decimals; null if the denominator is 0. */
    completionRate: number | null;
}
/** What has changed, or in a dry run would change. */
export interface Reclassification {
    dryRun: boolean;
    /** The version of the rules that decided. */
    ruleVersion: number;
    /** Whether all appointments were classified. */
    complete: boolean;
    /** The appointments that were classified. */
    judged: number;
    /** Those in which something differs: the outcome, the consultant, the day, … */
    changed: number;
    /**
     * How many appointments went from one outcome to another.
     * @example {
     *       "completed -> no_show": 3
     *     }
     */
    transitions: {
        [key: string]: number;
    };
    changes: ChangedDay[];
    /** Whether there are more changed days than listed. */
    changesTruncated: boolean;
    /** If the time was not enough: the last day that was done, or null if none was. */
    after: string | null;
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
export interface DeleteExercisesInput {
    body: ExerciseKeyBatch;
}
export interface DeleteFriendshipsInput {
    body: FriendshipKeyBatch;
}
export interface DeleteUsersInput {
    body: UserKeyBatch;
}
export interface DeleteWorkoutsInput {
    body: WorkoutKeyBatch;
}
export interface GetAttendanceInput {
    /**
     * Format: date
     * The first local date; 29 days before `to` by default.
     * @example 2026-02-02
     */
    from?: string | undefined;
    /**
     * Format: date
     * The last local date, included; today by default.
     * @example 2026-02-02
     */
    to?: string | undefined;
    /** @default day */
    groupBy?: AttendanceGrouping | undefined;
}
export interface GetAttendanceHeatmapInput {
    /**
     * Format: date
     * The first local date; 29 days before `to` by default.
     * @example 2026-02-02
     */
    from?: string | undefined;
    /**
     * Format: date
     * The last local date, included; today by default.
     * @example 2026-02-02
     */
    to?: string | undefined;
}
export interface GetBookingInput {
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface GetManagedBookingInput {
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface GetSlotCalendarInput {
    /**
     * The number of days.
     * @default 35
     */
    days?: number | undefined;
}
export interface GetSlotMetricsInput {
    /**
     * The length of the window ahead, in days of 24 hours.
     * @default 30
     */
    days?: number | undefined;
    /**
     * Only this provider.
     * @example one-of-mine
     */
    providerId?: string | undefined;
}
export interface HoldSlotInput {
    id: number;
}
export interface ListAppointmentsInput {
    /**
     * Format: date
     * The local date on which the appointments start.
     * @example 2026-02-02
     */
    date: string;
    outcome?: Outcome | undefined;
    /**
     * The largest number of items in a page.
     * @default 200
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLDdd
     */
    cursor?: string | undefined;
}
export interface ListBookingsInput {
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
     * Only bookings with this status.
     */
    status?: ("pending" | "confirmed" | "cancelled" | "completed" | "no_show") | undefined;
    /** The first local date or instant at which a booking may start. */
    from?: (string) | undefined;
    /** The last local date at which a booking may start, or the instant before which it must start. */
    to?: (string) | undefined;
    /**
     * The zone of local dates; by default the platform's.
     * @example Europe/Berlin
     */
    timezone?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 100
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLCIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDAiXQ
     */
    cursor?: string | undefined;
}
export interface ListCustomersInput {
    risk?: CustomerRisk | undefined;
    /**
     * The number of days up to today.
     * @default 365
     */
    days?: number | undefined;
    /**
     * The largest number of items in a page.
     * @default 100
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WzcsNy41LDdd
     */
    cursor?: string | undefined;
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
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLCJvbmUtb2YtbWluZSJd
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
export interface ReclassifyAppointmentsInput {
    body?: ReclassificationRequest | undefined;
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
export interface SaveExercisesInput {
    body: ExerciseBatch;
}
export interface SaveFriendshipsInput {
    body: FriendshipBatch;
}
export interface SaveUsersInput {
    body: UserBatch;
}
export interface SaveWorkoutsInput {
    body: WorkoutBatch;
}
export interface UpdateBookingInput {
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
    body: BookingChange;
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
   * Deletes exercises that no workout or badge uses.
   * Token: adminToken.
   */
  deleteExercises(input: DeleteExercisesInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Deletes friendships.
   * Token: adminToken.
   */
  deleteFriendships(input: DeleteFriendshipsInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Erases users with all their data and results.
   * Token: adminToken.
   */
  deleteUsers(input: DeleteUsersInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Deletes workouts.
   * Periods that have been evaluated already are evaluated again if the change is not too late.
   * Token: adminToken or userToken.
   */
  deleteWorkouts(input: DeleteWorkoutsInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Shows the attendance in groups and as a whole, with the trend against the range before.
   * Token: adminToken.
   */
  getAttendance(input?: GetAttendanceInput, options?: CallOptions): Promise<Attendance>;
  /**
   * Shows the attendance by weekday and local hour.
   * Token: adminToken.
   */
  getAttendanceHeatmap(input?: GetAttendanceHeatmapInput, options?: CallOptions): Promise<AttendanceHeatmap>;
  /**
   * Shows a booking to its customer.
   * Token: cancelToken.
   */
  getBooking(input: GetBookingInput, options?: CallOptions): Promise<BookingResponse>;
  /**
   * Shows a booking with the fields for operators.
   * Token: adminToken.
   */
  getManagedBooking(input: GetManagedBookingInput, options?: CallOptions): Promise<ManagedBookingResponse>;
  /**
   * Counts the offered and booked places of each of the days ahead.
   * Slots count to their provider's local date. The first day is today in UTC.
   * Token: adminToken.
   */
  getSlotCalendar(input?: GetSlotCalendarInput, options?: CallOptions): Promise<SlotCalendar>;
  /**
   * Returns the coverage, density and booking rate of the days ahead, with warnings.
   * Token: adminToken.
   */
  getSlotMetrics(input?: GetSlotMetricsInput, options?: CallOptions): Promise<SlotMetrics>;
  /**
   * Holds a place of a slot during checkout.
   */
  holdSlot(input: HoldSlotInput, options?: CallOptions): Promise<Hold>;
  /**
   * Lists a day's appointments, each with its outcome and the reason for it.
   * Also those that do not count: placeholders, and appointments that are gone from the calendar.
   * Token: adminToken.
   */
  listAppointments(input: ListAppointmentsInput, options?: CallOptions): Promise<AppointmentList>;
  /**
   * Lists bookings, the latest start first.
   * Token: adminToken.
   */
  listBookings(input?: ListBookingsInput, options?: CallOptions): Promise<ManagedBookingList>;
  /**
   * Lists customers and their reliability, the least reliable first.
   * Token: adminToken.
   */
  listCustomers(input?: ListCustomersInput, options?: CallOptions): Promise<CustomerList>;
  /**
   * Lists the catalogue of exercises, by id.
   * Token: adminToken or userToken.
   */
  listExercises(input?: Record<string, never>, options?: CallOptions): Promise<ExerciseList>;
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
   * Classifies all stored appointments again by today's rules, consultants and time zone, without reading a calendar.
   * Imported appointments, and those without a title, stay as they are.
   * Token: adminToken.
   */
  reclassifyAppointments(input?: ReclassifyAppointmentsInput, options?: CallOptions): Promise<Reclassification>;
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
  /**
   * Creates and updates exercises.
   * The measure of an exercise that workouts or badges use cannot be changed. The points of stored workouts stay when those of an exercise change.
   * Token: adminToken.
   */
  saveExercises(input: SaveExercisesInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Creates and updates friendships. The order of the two users does not matter.
   * Token: adminToken.
   */
  saveFriendships(input: SaveFriendshipsInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Creates and updates users.
   * Fields that an item leaves out keep their values. A user's own token changes only that user, creates none, and changes neither `email` nor `isActive`.
   * Token: adminToken or userToken.
   */
  saveUsers(input: SaveUsersInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Creates and updates workouts.
   * Periods that have been evaluated already are evaluated again if the workout is not too late. A workout may start up to a day in the future, because clients' clocks may be wrong.
   * Token: adminToken or userToken.
   */
  saveWorkouts(input: SaveWorkoutsInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Sets a booking's status: confirms it, cancels it, or records whether its customer came.
   * A pending booking can be confirmed or cancelled, a confirmed one cancelled. From its start on, a confirmed booking can become `completed` or `no_show`, and each of these the other. Customers get a mail about a confirmation and a cancellation. Setting the present status changes nothing.
   * Token: adminToken.
   */
  updateBooking(input: UpdateBookingInput, options?: CallOptions): Promise<ManagedBookingResponse>;
}
