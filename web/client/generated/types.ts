// Generated from the OpenAPI document by `npm run client`. Do not edit.

import type { CallOptions } from "../call-options.ts";

/** Up to 1000 items. Each is judged by itself. */
export interface WorkingHoursBatch {
    availability: WorkingHoursInput[];
}
/** Hours on a weekday, local to the provider. Those of a weekday may touch or overlap; overlapping time counts once. */
export interface WorkingHoursInput {
    /** @example one-of-mine */
    providerId: string;
    /** From 0 (Monday) to 6 (Sunday). */
    weekday: number;
    /** @example 09:00 */
    start: string;
    /**
     * An end at or before the start is on the next day.
     * @example 17:00
     */
    end: string;
    /** @default null */
    break?: ({
        /** @example 09:00 */
        start: string;
        /**
         * An end at or before the start is on the next day.
         * @example 17:00
         */
        end: string;
    } | null) | undefined;
}
/** Up to 1000 items. Each is judged by itself. */
export interface WorkingHoursKeyBatch {
    availability: WorkingHoursKey[];
}
/** The fields that identify working hours. */
export interface WorkingHoursKey {
    /** @example one-of-mine */
    providerId: string;
    /** From 0 (Monday) to 6 (Sunday). */
    weekday: number;
    /** @example 09:00 */
    start: string;
}
/** The new status of a booking. */
export interface BookingChange {
    status: "confirmed" | "completed" | "no_show" | "cancelled";
    /** Why the booking is cancelled; `provider` by default. Only operators see it. */
    reason?: string | undefined;
}
/** Either `ids` or `all`. */
export interface RetryMailsRequest {
    ids?: number[] | undefined;
    /** @constant */
    all?: true | undefined;
    /**
     * With `all`: also mails that may have been delivered already. Mails named by id are always included.
     * @default false
     */
    includeUnknown?: boolean | undefined;
}
/** Up to 1000 items. Each is judged by itself. */
export interface ExceptionBatch {
    exceptions: ExceptionInput[];
}
/** An exception on one local date of a provider: the day is `closed`, has other `hours` than in the week, or a span of it is `blocked`. */
export type ExceptionInput = {
    /** @example one-of-mine */
    providerId: string;
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    /** @constant */
    kind: "closed";
    /** @default null */
    reason?: (string | null) | undefined;
} | {
    /** @example one-of-mine */
    providerId: string;
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    kind: "hours" | "blocked";
    /** @example 09:00 */
    start: string;
    /**
     * An end at or before the start is on the next day.
     * @example 17:00
     */
    end: string;
    /** @default null */
    reason?: (string | null) | undefined;
};
/** Up to 1000 items. Each is judged by itself. */
export interface ExceptionKeyBatch {
    exceptions: ExceptionKey[];
}
/** The fields that identify an exception. */
export type ExceptionKey = {
    /** @example one-of-mine */
    providerId: string;
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    /** @constant */
    kind: "closed";
} | {
    /** @example one-of-mine */
    providerId: string;
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    kind: "hours" | "blocked";
    /** @example 09:00 */
    start: string;
};
/**
 * A job, as the command line names it.
 */
export type JobCommand = "weekly" | "monthly" | "dispatch" | "cleanup" | "slots" | "tracking" | "site";
/**
 * `partial`: it reached its time limit and continues. `lost`: its process stopped, or another took over.
 */
export type ExecutionOutcome = "running" | "completed" | "failed" | "partial" | "lost";
/** The note about an incident. */
export interface AcknowledgeRequest {
    /** What is being done about it. */
    note: string;
}
/** The job to run, and its parameters. */
export interface RunJobRequest {
    job: JobCommand;
    /**
     * The parameters of the job's own endpoint.
     * @default {}
     */
    parameters?: {
        [key: string]: JsonValue;
    } | undefined;
}
/** Any JSON value. */
export type JsonValue = string | number | boolean | null | {
    [key: string]: JsonValue;
} | (string | number | boolean | null | {
    [key: string]: JsonValue;
} | (string | number | boolean | null | {
    [key: string]: JsonValue;
} | (string | number | boolean | null | {
    [key: string]: JsonValue;
})[])[])[];
/** How long a job is paused, and why. */
export interface PauseRequest {
    /**
     * The instant, or the local date at whose beginning, the pause ends; null until it is resumed.
     * @default null
     */
    until?: ((string) | null) | undefined;
    reason: string;
}
/** Up to 1000 items. Each is judged by itself. */
export interface ProviderBatch {
    providers: ProviderInput[];
}
/** A provider. All hours and dates of a provider are local to its zone. */
export interface ProviderInput {
    /** @example one-of-mine */
    id: string;
    name: string;
    /** @example Europe/Berlin */
    timezone: string;
    /** @default true */
    active?: boolean | undefined;
}
/** Up to 1000 items. Each is judged by itself. */
export interface ProviderKeyBatch {
    providers: ProviderKey[];
}
/** The fields that identify a provider. */
export interface ProviderKey {
    /** @example one-of-mine */
    id: string;
}
/** Up to 1000 items. Each is judged by itself. */
export interface ServiceBatch {
    services: ServiceInput[];
}
/** A service of a provider. */
export interface ServiceInput {
    /** @example one-of-mine */
    id: string;
    /** @example one-of-mine */
    providerId: string;
    name: string;
    durationMinutes: number;
    /**
     * Minutes before a slot in which its provider is busy too.
     * @default 0
     */
    bufferBefore?: number | undefined;
    /**
     * Minutes after a slot in which its provider is busy too.
     * @default 0
     */
    bufferAfter?: number | undefined;
    /** The price without surcharges, in the club's currency. */
    price: number;
    /**
     * How long before its start a slot can be booked at the latest.
     * @default 0
     */
    minNoticeMinutes?: number | undefined;
    /**
     * Whether a booking is a request until it is confirmed.
     * @default false
     */
    confirmationRequired?: boolean | undefined;
    /** @default true */
    active?: boolean | undefined;
}
/** Up to 1000 items. Each is judged by itself. */
export interface ServiceKeyBatch {
    services: ServiceKey[];
}
/** The fields that identify a service. */
export interface ServiceKey {
    /** @example one-of-mine */
    id: string;
}
/** A new site. */
export interface SiteInput {
    /** @example one-of-mine */
    customerId: string;
    /** The `customerId` by default. */
    name?: string | undefined;
    /**
     * The origins whose pages may send events and read reports.
     * @default []
     */
    allowedOrigins?: string[] | undefined;
    /**
     * The zone of its reports, which cannot change; by default the club's.
     * @example Europe/Berlin
     */
    timezone?: string | undefined;
}
/** At least one of the fields. */
export interface SiteChange {
    name?: string | undefined;
    /** The origins whose pages may send events and read reports. */
    allowedOrigins?: string[] | undefined;
    /** Whether its keys are valid. */
    active?: boolean | undefined;
}
/** The kind of the new key, and how long the old one stays valid. */
export interface SiteKeyRequest {
    kind: SiteKeyKind;
    /** @default 0 */
    oldValidForMinutes?: number | undefined;
}
/**
 * A write key only sends events; a read key does everything else for its site.
 */
export type SiteKeyKind = "write" | "read";
/** Up to 1000 items. Each is judged by itself. */
export interface TimeSlotBatch {
    timeSlots: TimeSlotInput[];
}
/** A time on a weekday at which a service is offered. */
export interface TimeSlotInput {
    /** @example one-of-mine */
    serviceId: string;
    /** From 0 (Monday) to 6 (Sunday). */
    weekday: number;
    /** @example 09:00 */
    start: string;
    /**
     * An end at or before the start is on the next day.
     * @example 17:00
     */
    end: string;
    /**
     * How many customers can book each of its slots.
     * @default 1
     */
    capacity?: number | undefined;
    /**
     * Whether this is a peak time, which may have a price of its own.
     * @default false
     */
    peak?: boolean | undefined;
    /**
     * By how much the price of a peak time is multiplied; 1 at other times.
     * @default 1
     */
    priceMultiplier?: number | undefined;
}
/** Up to 1000 items. Each is judged by itself. */
export interface TimeSlotKeyBatch {
    timeSlots: TimeSlotKey[];
}
/** The fields that identify a time slot. */
export interface TimeSlotKey {
    /** @example one-of-mine */
    serviceId: string;
    /** From 0 (Monday) to 6 (Sunday). */
    weekday: number;
    /** @example 09:00 */
    start: string;
}
/** Fields that are left out keep their values. */
export interface OwnAccountChange {
    name?: string | undefined;
    language?: ("de" | "en") | undefined;
}
/** The present password and the new one. */
export interface PasswordChange {
    /**
     * Format: password
     * @example correct horse battery
     */
    currentPassword: string;
    /**
     * Format: password
     * Other than the e-mail address.
     * @example correct horse battery
     */
    newPassword: string;
}
/** What the token is for, and what it may do. */
export interface ApiTokenRequest {
    name: string;
    role: "viewer" | "staff" | "admin";
    /**
     * Format: date-time
     * By default the token does not expire.
     * @example 2026-02-02T18:30:00Z
     */
    expiresAt?: string | undefined;
}
/** The operator's password, because someone else may sit at their screen. */
export interface PasswordConfirmation {
    /**
     * Format: password
     * @example correct horse battery
     */
    password: string;
}
/** Who becomes the first admin. */
export interface FirstOperatorRequest {
    /** Format: email */
    email: string;
    /**
     * @default de
     */
    language?: ("de" | "en") | undefined;
}
/** Whom to invite, as what, and in which language. */
export interface InviteOperatorRequest {
    /** Format: email */
    email: string;
    role: "viewer" | "staff" | "admin";
    /**
     * @default de
     */
    language?: ("de" | "en") | undefined;
}
/** The link, and what the operator chose. */
export interface AcceptInvitationRequest {
    /**
     * What stands behind `#token=` in the link.
     * @example 0xvK5r9Qb2nT7cLw0xvK5r9Qb2nT7cLw
     */
    token: string;
    name: string;
    /**
     * Format: password
     * Other than the e-mail address.
     * @example correct horse battery
     */
    password: string;
    language?: ("de" | "en") | undefined;
}
/** The link of the mail. */
export interface InvitationLink {
    /**
     * What stands behind `#token=` in the link.
     * @example 0xvK5r9Qb2nT7cLw0xvK5r9Qb2nT7cLw
     */
    token: string;
}
/** Fields that are left out keep their values. */
export interface OperatorChange {
    role?: ("viewer" | "staff" | "admin") | undefined;
    disabled?: boolean | undefined;
}
/** The address of the account. */
export interface PasswordResetRequest {
    /** Format: email */
    email: string;
}
/** The token of the link, and the new password. */
export interface PasswordReset {
    /**
     * What stands behind `#token=` in the link.
     * @example 0xvK5r9Qb2nT7cLw0xvK5r9Qb2nT7cLw
     */
    token: string;
    /**
     * Format: password
     * Other than the e-mail address.
     * @example correct horse battery
     */
    password: string;
}
/** A code that the app shows. */
export interface FirstCode {
    /** @example 123456 */
    code: string;
}
/** What the operator entered. */
export interface SignInRequest {
    /** Format: email */
    email: string;
    /**
     * Format: password
     * @example correct horse battery
     */
    password: string;
}
/** One of the codes that the operator has kept. */
export interface BackupCode {
    /** @example a1B2c-d3E4f */
    code: string;
}
/** The code, and whether to remember the browser. */
export interface SecondFactorCode {
    /** @example 123456 */
    code: string;
    /**
     * Whether this browser needs no code for 30 days.
     * @default false
     */
    trustDevice?: boolean | undefined;
}
/** A place to book, and for whom. */
export interface BookingRequest {
    slotId: number;
    name: string;
    /** Format: email */
    email: string;
    /**
     * The language of mails.
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
     * Books the place that is held.
     * @example 00000000-0000-4000-8000-000000000000
     */
    holdId?: string | undefined;
}
/** Where a booking is moved to. */
export interface MoveRequest {
    slotId: number;
}
/** The parameters of the run; all are optional. */
export interface EmailDispatchParameters {
    limit?: number | undefined;
}
/** The parameters of the run; all are optional. */
export interface MonthlyEventsParameters {
    /** @default false */
    force?: boolean | undefined;
    /** @default false */
    dryRun?: boolean | undefined;
    /** @example 2026-02 */
    month?: string | undefined;
}
/** The parameters of the run; all are optional. */
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
/** The parameters of the run; all are optional. */
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
/** The parameters of the run; all are optional. */
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
/** The hold to release. */
export interface ReleaseHoldRequest {
    /**
     * Format: uuid
     * @example 00000000-0000-4000-8000-000000000000
     */
    holdId: string;
}
/** Up to 1000 items. Each is judged by itself. */
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
/** Up to 1000 items. Each is judged by itself. */
export interface ExerciseKeyBatch {
    exercises: ExerciseKey[];
}
/** Names an exercise. */
export interface ExerciseKey {
    /** @example pull-ups */
    id: string;
}
/** Up to 1000 items. Each is judged by itself. */
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
/** Up to 1000 items. Each is judged by itself. */
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
/**
 * What a ranking orders users by.
 */
export type RankingCategory = "points" | "pullups" | "pushups" | "situps";
/** Up to 1000 items. Each is judged by itself. */
export interface UserBatch {
    users: UserInput[];
}
/** A user. Fields that are left out keep their values; those of a new user get defaults. */
export interface UserInput {
    /**
     * The platform's id of the user.
     * @example one-of-mine
     */
    id: string;
    firstName?: (string | null) | undefined;
    /** Rankings show it, otherwise the first name. */
    nickname?: (string | null) | undefined;
    language?: ("de" | "en") | undefined;
    /** At most 16 KB. Taktwerk reads `distanceUnit` (`km` or `mi`) and `notifications.email` (`false`: no summaries by email). */
    preferences?: JsonObject | undefined;
    weeklyGoals?: WeeklyGoals | undefined;
    /** A user who hides leaves all global rankings at once. By default true. */
    showInGlobalRankings?: boolean | undefined;
    /** In kg. Points for extra weight depend on it. */
    bodyWeightKg?: (number | null) | undefined;
    /** Where summaries are sent; null for none. */
    email?: (string | null) | undefined;
    /** An inactive user gets no results. By default true. */
    isActive?: boolean | undefined;
}
/** A JSON object with any fields. */
export interface JsonObject {
    [key: string]: JsonValue;
}
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
/** Up to 1000 items. Each is judged by itself. */
export interface UserKeyBatch {
    users: UserKey[];
}
/** Names a user. */
export interface UserKey {
    /** @example one-of-mine */
    id: string;
}
/** Up to 1000 items. Each is judged by itself. */
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
    /** The amount in `unit`. */
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
/** Up to 1000 items. Each is judged by itself. */
export interface WorkoutKeyBatch {
    workouts: WorkoutKey[];
}
/** Names a workout of a user. */
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
export type AppointmentOutcome = "completed" | "no_show" | "ghost" | "cancelled" | "rescheduled" | "overhang" | "pending" | "placeholder";
/**
 * By the number of missed appointments, which are no-shows and ghosts: `high` from 3, `medium` from 1.
 */
export type CustomerRisk = "high" | "medium" | "low";
/**
 * By what appointments are grouped.
 */
export type AttendanceGrouping = "day" | "week" | "month" | "weekday" | "hour" | "consultant" | "potential";
/**
 * Whether only to report, and after which day to continue.
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
/** One event, or a list of up to 500. */
export type TrackRequest = TrackOneRequest | TrackListRequest;
/** One event. */
export type TrackOneRequest = {
    /** The write key, if the sender cannot set a header. */
    key?: string | undefined;
    customer_id?: string | undefined;
    /** When the request was sent, by the sender's clock. */
    sent_at?: (string | number) | undefined;
    /** What happened: `page_view`, `click`, or a name of your own. */
    event_type: string;
    page_url?: string | undefined;
    /** Identifies the event: sent again, it counts once. The server creates one if it is missing. */
    event_id?: string | undefined;
    session_id?: string | undefined;
    visitor_id?: string | undefined;
    /** An instant by the sender's clock, which may be wrong: ISO text, or milliseconds since 1970. */
    occurred_at?: (string | number) | undefined;
    referrer?: string | undefined;
    event_data?: JsonObject | undefined;
} & {
    [key: string]: JsonValue;
};
/** A list of 1 to 500 events. */
export type TrackListRequest = {
    /** The write key, if the sender cannot set a header. */
    key?: string | undefined;
    customer_id?: string | undefined;
    /** When the request was sent, by the sender's clock. */
    sent_at?: (string | number) | undefined;
    events: TrackedEvent[];
} & {
    [key: string]: JsonValue;
};
/** An event of a site. Further fields are stored. */
export type TrackedEvent = {
    /** What happened: `page_view`, `click`, or a name of your own. */
    event_type: string;
    page_url?: string | undefined;
    /** Identifies the event: sent again, it counts once. The server creates one if it is missing. */
    event_id?: string | undefined;
    session_id?: string | undefined;
    visitor_id?: string | undefined;
    /** An instant by the sender's clock, which may be wrong: ISO text, or milliseconds since 1970. */
    occurred_at?: (string | number) | undefined;
    referrer?: string | undefined;
    event_data?: JsonObject | undefined;
} & {
    [key: string]: JsonValue;
};
/**
 * Why an event cannot be processed.
 */
export type RejectReason = "event-type-missing" | "event-type-invalid" | "page-url-invalid" | "event-id-invalid" | "session-id-invalid" | "visitor-id-invalid" | "event-data-invalid" | "processing-error";
/** The parameters of the run; all are optional. */
export interface SiteProcessingParameters {
    /** @example one-of-mine */
    customerId?: string | undefined;
    /** @default false */
    replay?: boolean | undefined;
    /** Replays only dead letters with this reason. */
    reason?: RejectReason | undefined;
}
/**
 * For machines. Codes are stable.
 */
export type ErrorCode = "invalid-json" | "invalid-parameter" | "unauthorized" | "forbidden" | "second-factor-required" | "token-expired" | "not-found" | "method-not-allowed" | "request-timeout" | "conflict" | "slot-full" | "provider-busy" | "not-bookable" | "too-late" | "link-expired" | "sign-in-expired" | "payload-too-large" | "unsupported-media-type" | "invalid-body" | "wrong-credentials" | "wrong-code" | "key-reused" | "rate-limited" | "internal" | "job-failed" | "job-timeout" | "calendar-unreadable" | "misconfigured" | "credentials" | "not-configured" | "unavailable";
/** Items in their order, and where the next page begins. */
export interface WorkingHoursList {
    items: WorkingHours[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** Hours in which a provider works on a weekday, local to the provider. */
export interface WorkingHours {
    providerId: string;
    /** From 0 (Monday) to 6 (Sunday). */
    weekday: number;
    /**
     * Local time of day `HH:MM`.
     * @example 17:00
     */
    start: string;
    /**
     * An end at or before the start is on the next day.
     * @example 17:00
     */
    end: string;
    break: {
        /**
         * Local time of day `HH:MM`.
         * @example 17:00
         */
        start: string;
        /**
         * An end at or before the start is on the next day.
         * @example 17:00
         */
        end: string;
    } | null;
}
/** What became of each item of a batch, and of the slots. */
export interface CatalogBatchResult {
    /** The number of items that were accepted. */
    taken: number;
    /** The number of items that were refused. */
    failed: number;
    /** One for each item, in the order of the batch. */
    results: ItemResult[];
    /** With `maintain`. */
    maintenance?: CatalogMaintenance | undefined;
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
/** What became of the maintenance of the slots after a change. */
export type CatalogMaintenance = MaintenanceCompleted | MaintenancePartial | MaintenanceSkipped | MaintenanceFailed;
/** The slots are up to date. */
export interface MaintenanceCompleted {
    /**
     * discriminator enum property added by openapi-typescript
     */
    status: "completed";
    /**
     * Format: date-time
     * The time under which the ledger has the run.
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
/** What happens to the slots of one provider on one day. */
export interface ProviderDay {
    providerId: string;
    /**
     * Format: date
     * @example 2026-02-02
     */
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
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    /** Format: date-time */
    startsAt: string;
    /** Format: date-time */
    endsAt: string;
    capacity: number;
    /** The booked and held places of an existing slot. */
    booked?: number | undefined;
    category: "normal" | "express" | "urgent" | "emergency";
    price: number;
}
/** The run reached its time limit and continues by itself. */
export interface MaintenancePartial {
    /**
     * discriminator enum property added by openapi-typescript
     */
    status: "partial";
    /**
     * Format: date-time
     * The time under which the ledger has the run.
     */
    scheduledFor: string;
    /** Services. */
    progress: {
        done: number;
        total: number;
    };
}
/** No slot depends on the change. */
export interface MaintenanceSkipped {
    /**
     * discriminator enum property added by openapi-typescript
     */
    status: "skipped";
    /** @constant */
    reason: "nothing-to-do";
}
/** The run failed. The next run of maintenance tries again. */
export interface MaintenanceFailed {
    /**
     * discriminator enum property added by openapi-typescript
     */
    status: "failed";
    error: {
        code: ErrorCode;
        message: string;
    };
}
/** Items in their order, and where the next page begins. */
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
    /** Format: date-time */
    startsAt: string;
    /** Format: date-time */
    endsAt: string;
    /** The zone in which the customer reads times. */
    timezone: string;
    /**
     * Format: date-time
     * Local time with its offset.
     */
    localStart: string;
    /**
     * Format: date-time
     * Local time with its offset.
     */
    localEnd: string;
    /** With the surcharge, in the club's currency. */
    price: number;
    category: SlotCategory;
    /** The surcharge that the price contains, in percent. */
    rushFeePercent: number;
    /** Increases by one with each change. */
    sequence: number;
    /** The customer's name; empty when their data has been deleted. */
    name: string;
    /** The customer's address; empty when their data has been deleted. */
    email: string;
    language: "de" | "en";
    /** Format: date-time */
    createdAt: string;
    /** Null unless it is cancelled. */
    cancelledAt: string | null;
    providerTimezone: string;
    /** Format: date-time */
    updatedAt: string;
    /** `customer`, `provider`, `never-confirmed` or the operator's words; null unless it is cancelled. */
    cancelReason: string | null;
}
/**
 * The state of a booking. `pending`: a request that is not confirmed yet. `no_show`: the customer did not come.
 */
export type BookingStatus = "pending" | "confirmed" | "cancelled" | "completed" | "no_show";
/**
 * The time of day and week, which decides on the surcharge.
 */
export type SlotCategory = "normal" | "express" | "urgent" | "emergency";
/** One booking with the fields for operators. */
export interface ManagedBookingResponse {
    booking: ManagedBooking;
}
/** The mails by day, the queue, and in `items` the failed mails. */
export interface MailOverview {
    /** The zone of the dates (`EVENTS_TIMEZONE`). */
    timezone: string;
    /** The days up to today, the oldest first. */
    days: MailDay[];
    queue: MailQueue;
    items: FailedMail[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** The mails that were written on a local date, by what became of them. */
export interface MailDay {
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    sent: number;
    failed: number;
    skipped: number;
    pending: number;
    retrying: number;
}
/** What waits in the mail queue. */
export interface MailQueue {
    /** The mails that are due or wait for the next attempt. */
    waiting: number;
    due: number;
    /** The mails that are due later. */
    scheduled: number;
    /** How long the oldest due mail has waited, in seconds. */
    oldestDueSeconds: number | null;
    /** How long sending what waits takes at today's limit, in seconds. */
    secondsToDrain: number;
    /** The failed mails that can be queued again. */
    failed: number;
    /** The failed mails that may have been delivered. */
    deliveryUnknown: number;
}
/** A mail that failed and can be queued again. */
export interface FailedMail {
    id: number;
    /**
     * Of the address only as much as it takes to recognise it.
     * @example b…@club.example
     */
    recipient: string;
    subject: string;
    attempts: number;
    /** What the mail server said last. */
    error: string | null;
    failedAfterRetries: boolean;
    /**
     * Format: date-time
     * When it was written, or is first due if it was queued for later.
     */
    createdAt: string;
    failure: MailFailure;
    /**
     * Format: date-time
     * When it failed.
     */
    processedAt: string;
}
/**
 * `connection`: our mail server could not be reached. `unknown`: the mail may have been delivered.
 */
export type MailFailure = "connection" | "transient" | "permanent" | "unknown";
/** How many mails were queued again, and how many were left as they are. */
export interface MailsRetried {
    /** Mails that are queued again. */
    requeued: number;
    /** Mails that may have been delivered and were not named by id. */
    leftUnknown: number;
    /** Mails whose address is suppressed and that were not named by id. */
    leftSuppressed: number;
    /** Ids of mails that have not failed, or do not exist. */
    notFailed: number;
}
/** Items in their order, and where the next page begins. */
export interface ExceptionList {
    items: AvailabilityException[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** An exception on one local date of a provider: the day is `closed`, has other `hours` than in the week, or a span of it is `blocked`. */
export type AvailabilityException = {
    providerId: string;
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    reason: string | null;
    /** @constant */
    kind: "closed";
} | {
    providerId: string;
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    reason: string | null;
    kind: "hours" | "blocked";
    /**
     * Local time of day `HH:MM`.
     * @example 17:00
     */
    start: string;
    /**
     * An end at or before the start is on the next day.
     * @example 17:00
     */
    end: string;
};
/** Items in their order, and where the next page begins. */
export interface ExecutionList {
    items: Execution[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** One time that a job ran. */
export interface Execution {
    /** Format: uuid */
    id: string;
    /** @example weekly-events */
    jobName: string;
    command: JobCommand;
    /** Its run; null for a dry run, and after the run is deleted. */
    runId: string | null;
    /** When it was due. Of a week or month: its end. */
    scheduledFor: string | null;
    trigger: ExecutionTrigger;
    /** Null if a cron or a tick started it. */
    actor: ExecutionActor | null;
    /** As they were given. */
    parameters: JsonObject;
    dryRun: boolean;
    attempt: number;
    /** Format: date-time */
    startedAt: string;
    endedAt: string | null;
    /** Null while it runs. */
    durationMs: number | null;
    outcome: ExecutionOutcome;
    /** What it counted; only of a completed one. */
    counts: JsonObject | null;
    /** How far it came, if it did not complete. */
    progress: RunProgress | null;
    /** Why it failed or was lost. */
    error: {
        code: string;
        message: string;
    } | null;
}
/**
 * What started it. `catch-up`: a missed period. `continuation`: a tick went on with it, or tried it again. `settlement`: late entries changed its period.
 */
export type ExecutionTrigger = "cron" | "manual" | "catch-up" | "continuation" | "settlement";
/** Who started it: a person or a program, by what it signed in with. */
export interface ExecutionActor {
    kind: "operator" | "api-token" | "admin-token" | "cron-secret" | "command-line" | "user" | "visitor";
    id: string | null;
    name: string;
}
/** How far a run is. */
export interface RunProgress {
    done: number;
    /** The number of steps. The unit depends on the job: users, services, days or events. */
    total: number;
}
/** One time that a job ran, with its steps and its log. */
export interface ExecutionDetails {
    /** Format: uuid */
    id: string;
    /** @example weekly-events */
    jobName: string;
    command: JobCommand;
    /** Its run; null for a dry run, and after the run is deleted. */
    runId: string | null;
    /** When it was due. Of a week or month: its end. */
    scheduledFor: string | null;
    trigger: ExecutionTrigger;
    /** Null if a cron or a tick started it. */
    actor: ExecutionActor | null;
    /** As they were given. */
    parameters: JsonObject;
    dryRun: boolean;
    attempt: number;
    /** Format: date-time */
    startedAt: string;
    endedAt: string | null;
    /** Null while it runs. */
    durationMs: number | null;
    outcome: ExecutionOutcome;
    /** What it counted; only of a completed one. */
    counts: JsonObject | null;
    /** How far it came, if it did not complete. */
    progress: RunProgress | null;
    /** Why it failed or was lost. */
    error: {
        code: string;
        message: string;
    } | null;
    /** In the order in which they began; empty while it runs. */
    steps: ExecutionStep[];
    /** The last 200 lines, the oldest first; empty while it runs. */
    log: ExecutionLine[];
    /** Null for a dry run, and after the run is deleted. */
    run: ExecutionRun | null;
    /** All executions of the same week, month or firing, this one too, the oldest first; at most 50. */
    sameOccurrence: Execution[];
}
/** A step of an execution. */
export interface ExecutionStep {
    /**
     * In kebab-case; it keeps its name.
     * @example evaluate-weeks
     */
    name: string;
    /** Format: date-time */
    startedAt: string;
    /** Milliseconds of work, over all its chunks. */
    ms: number;
    /** How many chunks of its work were committed. */
    chunks: number;
    outcome: "completed" | "failed" | "partial" | "lost";
}
/** A line of the log, without secrets and addresses. */
export interface ExecutionLine {
    /** Format: date-time */
    at: string;
    level: "info" | "warn" | "error";
    event: string;
    fields: JsonObject;
}
/** The run as it is now, after all its executions. */
export interface ExecutionRun {
    /** Format: uuid */
    id: string;
    status: RunStatus;
    attempt: number;
    startedAt: string | null;
    completedAt: string | null;
    /** When it is tried again at the earliest. */
    retryAt: string | null;
    /** How far it is; null after it completed. */
    progress: RunProgress | null;
}
/**
 * `pending`: begun, and waiting to be continued. `failed`: failed or missed; later ticks may try again.
 */
export type RunStatus = "pending" | "running" | "completed" | "failed";
/** Items in their order, and where the next page begins. */
export interface IncidentList {
    items: Incident[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A fault from the tick that first saw it to the first that did not. */
export interface Incident {
    /**
     * A whole number, as text.
     * @example 7
     */
    id: string;
    /**
     * The kind of fault; each has at most one open incident.
     * @example stuck-runs
     */
    key: string;
    /**
     * The part of the key before the colon.
     * @example failed
     */
    kind: string;
    /** The part of the key after the colon, such as the name of a job; null without one. */
    subject: string | null;
    title: string;
    /** What is known about it; the fields depend on the kind. */
    details: JsonObject;
    remedy: Remedy;
    /** Format: date-time */
    openedAt: string;
    /**
     * Format: date-time
     * When a tick saw the fault last.
     */
    seenAt: string;
    closedAt: string | null;
    /** When the alert, or the last reminder, was sent. */
    alertedAt: string | null;
    /** When the recovery was mailed. */
    recoveryAlertedAt: string | null;
    /** Why the last mail about it could not be sent. */
    alertError: string | null;
    /** An acknowledged incident has no reminders. */
    acknowledged: Acknowledgement | null;
}
/**
 * What an operator does about an incident.
 */
export type Remedy = "run-again" | "see-runs" | "check-mail-server" | "see-mails" | "see-attendance" | "read-days" | "process-events" | "see-site" | "see-incident";
/** Who has taken note of an incident. */
export interface Acknowledgement {
    /** Format: date-time */
    at: string;
    by: string;
    note: string | null;
}
/** Items in their order, and where the next page begins. */
export interface JobList {
    items: Job[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A job, and how it does. */
export interface Job {
    command: JobCommand;
    /**
     * Its name in the ledger.
     * @example weekly-events
     */
    jobName: string;
    /** Its endpoint, which its crons call. */
    path: string;
    /** What it evaluates; null for other jobs. */
    period: ("week" | "month") | null;
    /** The zone of weeks and months (`EVENTS_TIMEZONE`). */
    timezone: string;
    /** Cron expressions in UTC. */
    schedules: string[];
    /** When a cron fires next; once the newest week or month is evaluated, after the end of the current one. Null without a cron. */
    nextRun: string | null;
    /** Null if the job is not paused. */
    pause: JobPause | null;
    /** The newest that was no dry run. */
    lastExecution: Execution | null;
    figures: JobFigures;
    /** The keys of the open incidents about this job. */
    openIncidents: string[];
}
/** Until its end, neither crons nor ticks start the job; people may. */
export interface JobPause {
    /** Format: date-time */
    since: string;
    /** When it ends by itself; null if an operator must end it. */
    until: string | null;
    reason: string;
    /** The operator or token. */
    by: string;
}
/** The punctuality and the duration of a job's runs over 90 days. */
export interface JobFigures {
    /** Firings of its crons that ended or were missed; of a weekly or monthly job, its periods. */
    expected: number;
    /** Those whose successful attempt began within five minutes; of a weekly or monthly job, those that completed within five minutes of the first firing after the period. */
    onTime: number;
    /** All others, the missed ones too. */
    late: number;
    /** Those that did not happen or failed. */
    missed: number;
    /** The longest delay of one that did happen; null without any. */
    latestMs: number | null;
    /** The median duration of completed runs, over all continuations. */
    p50Ms: number | null;
    /** The 95th percentile of the duration. */
    p95Ms: number | null;
}
/** A run that completed, or that was skipped. */
export type AnyJobResponse = {
    /** @constant */
    status: "ok";
    /** Whether nothing was run; of the dispatch, how many mails are not sent. */
    skipped: boolean | number;
    reason?: SkipReason | undefined;
    detail?: string | undefined;
    /** The execution, which `GET /api/admin/executions/{id}` shows; null if nothing was run. */
    executionId: string | null;
} & {
    [key: string]: JsonValue;
};
/**
 * Why nothing was run: nothing is due, another run did or does the work, or an operator paused the job.
 */
export type SkipReason = "already-running" | "already-processed" | "not-due" | "paused";
/** A run that continues by itself, and how far it is. */
export type AnyJobPartial = {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    progress: RunProgress;
    /** The execution, which `GET /api/admin/executions/{id}` shows; null if nothing was run. */
    executionId: string | null;
} & {
    [key: string]: JsonValue;
};
/** A job, how it does, and the parameters of its runs. */
export interface JobDetails {
    command: JobCommand;
    /**
     * Its name in the ledger.
     * @example weekly-events
     */
    jobName: string;
    /** Its endpoint, which its crons call. */
    path: string;
    /** What it evaluates; null for other jobs. */
    period: ("week" | "month") | null;
    /** The zone of weeks and months (`EVENTS_TIMEZONE`). */
    timezone: string;
    /** Cron expressions in UTC. */
    schedules: string[];
    /** When a cron fires next; once the newest week or month is evaluated, after the end of the current one. Null without a cron. */
    nextRun: string | null;
    /** Null if the job is not paused. */
    pause: JobPause | null;
    /** The newest that was no dry run. */
    lastExecution: Execution | null;
    figures: JobFigures;
    /** The keys of the open incidents about this job. */
    openIncidents: string[];
    /** What it does, in one sentence. */
    summary: string;
    /** The parameters of a run; all are optional. */
    parameters: JobParameter[];
}
/** A parameter of a job. */
export interface JobParameter {
    name: string;
    /**
     * `choice`: one of `choices`. `id`: an id; `choices` has those of the database.
     */
    type: "flag" | "number" | "date" | "month" | "choice" | "id";
    /** Whether a list of values is accepted too. */
    many: boolean;
    minimum: number | null;
    maximum: number | null;
    /** Used if the parameter is not given. */
    default: boolean | number | null;
    /** At most 500; null if any value of the type is allowed. */
    choices: JobChoice[] | null;
}
/** A value of a parameter, and its name for people. */
export interface JobChoice {
    value: string;
    name: string;
}
/** Whether a job is paused. */
export interface PauseState {
    job: JobCommand;
    /** Null if the job is not paused. */
    pause: JobPause | null;
}
/** Items in their order, and where the next page begins. */
export interface MemberList {
    items: MemberItem[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A member in the list. */
export interface MemberItem {
    id: string;
    /** The nickname, otherwise the first name; null if the user has neither. */
    name: string | null;
    firstName: string | null;
    /** Null if the platform stores none. */
    email: string | null;
    /** The language of mails. */
    language: string;
    /** Whether the member is evaluated. */
    active: boolean;
    /** Whether the member opted out of summary mails. */
    mailsOptedOut: boolean;
    showInGlobalRankings: boolean;
    /** The result of the newest evaluated week; null if the member has none. */
    lastWeek: {
        points: number;
        workouts: number;
    } | null;
}
/** A member with results, goals and friends. */
export interface MemberDetails {
    id: string;
    /** The nickname, otherwise the first name; null if the user has neither. */
    name: string | null;
    firstName: string | null;
    /** Null if the platform stores none. */
    email: string | null;
    /** The language of mails. */
    language: string;
    /** Whether the member is evaluated. */
    active: boolean;
    /** Whether the member opted out of summary mails. */
    mailsOptedOut: boolean;
    showInGlobalRankings: boolean;
    /** The zone in which weeks and months begin. */
    timezone: string;
    /** The newest evaluated weeks, oldest first. */
    weeks: MemberWeek[];
    /** The newest evaluated months, oldest first. */
    months: MemberMonth[];
    /** The weekly goals in force now. */
    goals: {
        /** Null: the default for all members. */
        points: number | null;
        exercises: MemberExerciseGoal[];
    };
    /** Accepted friends by name, at most 100. */
    friends: MemberFriend[];
    /** How many badges the member has. */
    badges: number;
    /** How many awards the member has. */
    awards: number;
}
/** A member's result of a week. */
export interface MemberWeek {
    /**
     * Format: date-time
     * The first instant of the period.
     */
    weekStart: string;
    points: number;
    workouts: number;
    /** The points goal in force at the week's end. */
    pointsTarget: number;
    goalPointsMet: boolean;
    goalExercisesMet: boolean;
    challengeMet: boolean;
    /** The rank among friends; null if it was not evaluated. */
    friendsRank: number | null;
    /** The member and those friends who have a result. */
    participants: number | null;
}
/** A member's result of a month. */
export interface MemberMonth {
    /**
     * Format: date-time
     * The first instant of the period.
     */
    monthStart: string;
    points: number;
    workouts: number;
    challengeTarget: number;
    challengeMet: boolean;
    /** Null if the member takes no part in the global rankings. */
    globalRank: number | null;
    /** Null until the ranks of the month are evaluated. */
    friendsRank: number | null;
    /** The member and those friends who have a result. */
    participants: number | null;
}
/** The amount of an exercise that a member wants to do in a week. */
export interface MemberExerciseGoal {
    exerciseId: string;
    /** Repetitions, minutes, or a distance in the member's unit. */
    target: number;
    unit: "reps" | "time" | "distance";
}
/** A friend of a member. */
export interface MemberFriend {
    id: string;
    /** The nickname, otherwise the first name; null if the user has neither. */
    name: string | null;
}
/** The state of jobs, mails, slots, attendance and sites. */
export interface Monitoring {
    /** @constant */
    status: "ok";
    /**
     * Format: date-time
     * When it was read.
     */
    at: string;
    incidents: IncidentsSummary;
    jobs: {
        /** Over 30 days. */
        stats: JobStats[];
        /** Every job, also those that have never run. */
        byJob: JobSummary[];
        /** Of the last 7 days, the newest first. */
        recentFailures: FailedRun[];
        /** Of the last 7 days, the newest first. */
        missed: MissedRun[];
        stuckJobs: StuckRun[];
    };
    emails: {
        /** Of the last 7 days. */
        stats: MailStats[];
        /** The 50 newest mails of the last 24 hours. */
        recent: RecentMail[];
        queue: MailQueue;
    };
    slots: SlotSummary;
    attendance: AttendanceSummary;
    sites: SitesSummary;
}
/** The open incidents, and those of late. */
export interface IncidentsSummary {
    /** All open ones, the oldest first. */
    open: Incident[];
    /** The 20 newest closed ones. */
    recent: Incident[];
}
/** The runs of a job in one status, over 30 days. */
export interface JobStats {
    jobName: string;
    status: RunStatus;
    count: number;
    /** When the newest one started; null if none did. */
    lastRun: string | null;
    failedCount: number;
    /** Those that did not happen. They have the status `failed`. */
    missedCount: number;
    runningCount: number;
    completedCount: number;
}
/** The runs of a job over 30 days. */
export interface JobSummary {
    jobName: string;
    /** The job, as the command line names it. */
    command: string;
    /** Its endpoint. */
    path: string;
    /** When a cron runs it next; null without a cron. */
    nextExpectedRun: string | null;
    /** When the newest run started. */
    lastRun: string | null;
    /** When the newest completed run started. */
    lastSuccess: string | null;
    /** The median duration of completed runs, in milliseconds. */
    p50Ms: number | null;
    /** The 95th percentile of the duration, in milliseconds. */
    p95Ms: number | null;
    /** The share of successful runs in percent with two decimals; null if no run was due. */
    successRate: number | null;
    /** The number of missed runs. */
    missed: number;
    /** When it was paused; null if it is not. */
    pausedSince: string | null;
    /** When its pause ends by itself; null without an end. */
    pausedUntil: string | null;
}
/** A run that failed and has not succeeded since. */
export interface FailedRun {
    /** Format: uuid */
    id: string;
    jobName: string;
    /** Format: date-time */
    scheduledFor: string;
    startedAt: string | null;
    completedAt: string | null;
    attempt: number;
    /** When it is tried again at the earliest. */
    retryAt: string | null;
    error: RunError | null;
    /** Why the cleanup gave it up. */
    cleanupReason: string | null;
}
/** Why a run failed. */
export interface RunError {
    code: string;
    message: string;
    /**
     * Format: date-time
     * When the run failed.
     */
    at?: string | undefined;
}
/** A run that did not happen. */
export interface MissedRun {
    jobName: string;
    /** Format: date-time */
    scheduledFor: string;
    reason: string | null;
}
/** A run that the next cleanup will give up on. */
export interface StuckRun {
    /** Format: uuid */
    id: string;
    jobName: string;
    /** Format: date-time */
    scheduledFor: string;
    startedAt: string | null;
    /** Its last sign of life. */
    heartbeatAt: string | null;
    leaseUntil: string | null;
    /** How far it is, and where it would continue. */
    progress: ({
        done: number;
        total: number;
    } & {
        [key: string]: JsonValue;
    }) | null;
}
/** The mails in one status, of the last 7 days. */
export interface MailStats {
    status: MailStatus;
    count: number;
    failedAfterRetries: number;
}
/**
 * `retrying`: waits for the next attempt. `skipped`: is not sent, for example because the user has no address.
 */
export type MailStatus = "pending" | "retrying" | "sent" | "failed" | "skipped";
/** A mail of the last 24 hours. */
export interface RecentMail {
    /**
     * A whole number, as text.
     * @example 7
     */
    id: string;
    /**
     * Of the address only as much as it takes to recognise it.
     * @example b…@club.example
     */
    recipient: string;
    subject: string;
    attempts: number;
    /** What the mail server said last. */
    error: string | null;
    failedAfterRetries: boolean;
    /**
     * Format: date-time
     * When it was written, or is first due if it was queued for later.
     */
    createdAt: string;
    /** Null if the recipient has no account. */
    userId: string | null;
    status: MailStatus;
    /** When it was sent, skipped or given up, or tried last. */
    processedAt: string | null;
}
/** Coverage, density and booking rate of the next 30 days. */
export interface SlotSummary {
    /** The window ahead, in days of 24 hours. */
    window: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
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
/** The state of the attendance, and the newest figures. */
export interface AttendanceSummary {
    state: CalendarHealth;
    days: {
        /** The last date whose figures no longer change. */
        lastFinal: string | null;
        /** The number of days whose figures may still change. */
        open: number;
        oldestOpen: string | null;
    };
    noShows: NoShowRate;
    /** A calendar that was never tried is missing. */
    calendars: CalendarSync[];
}
/** Whether the calendars can be read. */
export interface CalendarHealth {
    status: "pass" | "warn" | "fail";
    /** What is wrong and what to do, in sentences. */
    output?: string | undefined;
}
/** The no-shows and ghosts of the seven days before today. */
export interface NoShowRate {
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
    /** In percent with two decimals; null without appointments. */
    rate: number | null;
    missed: number;
    total: number;
}
/** When a calendar was read, and when reading it failed. */
export interface CalendarSync {
    calendarId: string;
    succeededAt: string | null;
    failedAt: string | null;
    /** Why the last sync failed; null if it succeeded. */
    error: string | null;
}
/** The pipeline of site events. */
export interface SitesSummary {
    /** The events of all sites that wait for validation, and for loading. */
    pending: {
        raw: number;
        staging: number;
    };
    /** When the oldest of them was received. */
    oldestPending: string | null;
    /** How long it has waited. */
    lagSeconds: number;
    deadLetters: DeadLetterCount[];
    sites: SiteBacklog[];
}
/** The rejected events of one reason. */
export interface DeadLetterCount {
    /**
     * Why the events were refused.
     * @example page-url
     */
    reason: string;
    /** The layer that they could not reach: `staging` or `business`. */
    layer: string;
    count: number;
}
/** The pending and rejected events of one site. */
export interface SiteBacklog {
    customerId: string;
    name: string;
    active: boolean;
    /** The events that are still on their way. */
    pending: number;
    deadLetters: number;
}
/** What a tick did. */
export interface TickResult {
    /** @constant */
    status: "ok";
    /** The number of stuck runs that were set to failed. */
    cleaned: number;
    /** Those runs. */
    jobs: ExpiredRun[];
    /** The same as `jobs`. */
    runs: ExpiredRun[];
    /** The keys of the incidents that opened. */
    opened: string[];
    /** The keys of the incidents that closed. */
    closed: string[];
    /** The alerts and recovery mails that were sent. */
    told: number;
    /** The runs that were continued; none by hand. */
    resumed: string[];
}
/** A stuck run that was failed, and the reason. */
export interface ExpiredRun {
    id: string;
    jobName: string;
    /** Format: date-time */
    scheduledFor: string;
    /** Format: date-time */
    startedAt: string;
    reason: string;
}
/** What the mail server answered. */
export interface TestAlertResult {
    /** @constant */
    status: "ok";
    /** The mail server's reply. */
    response: string;
}
/** The id of the event at the error tracker. */
export interface TestErrorResult {
    /** @constant */
    status: "ok";
    /** The id of the event in the tracker. */
    eventId: string;
}
/** What waits for an operator, and the newest figures of every area. */
export interface Overview {
    /**
     * Format: date-time
     * When it was read.
     */
    at: string;
    /** The zone of dates and of the night (`EVENTS_TIMEZONE`). */
    timezone: string;
    waiting: WaitingCounts;
    /** What waits for a person, the most urgent first. Of requests the three soonest. */
    attention: AttentionItem[];
    runs: {
        last24Hours: RunPunctuality;
        /** The next run of any job; null without crons. */
        nextRun: {
            command: string;
            /** Format: date-time */
            at: string;
        } | null;
    };
    /** The bookings on closed days and in blocked spans. */
    conflicts: number;
    /** The upcoming bookings that wait for their confirmation. */
    requests: number;
    bookings: BookingFigures;
    attendance: AttendanceOverview;
    site: SiteFigures;
    mail: MailFigures;
    lastNight: LastNight;
    /** The newest evaluated week; null if there is none. */
    week: WeekFigures | null;
}
/** What waits for a person, by area. */
export interface WaitingCounts {
    /** Bookings in conflict, and requests. */
    bookings: number;
    /** Appointments without an outcome, if they are more than 10 % of the week. */
    attendance: number;
    /** Mails refused in the last 24 hours, and those with an unknown delivery. */
    mail: number;
    /** Open incidents that nobody acknowledged. */
    incidents: number;
}
/** Something that waits for a person. */
export type AttentionItem = IncidentAttention | ConflictAttention | RequestAttention | RefusedAttention | UnjudgedAttention;
/** An open incident. */
export interface IncidentAttention {
    /**
     * discriminator enum property added by openapi-typescript
     */
    kind: "incident";
    incident: Incident;
}
/** Bookings on a closed day or in a blocked span of a provider. */
export interface ConflictAttention {
    /**
     * discriminator enum property added by openapi-typescript
     */
    kind: "booking-conflict";
    providerId: string;
    providerName: string;
    /**
     * Format: date
     * In the provider's zone.
     * @example 2026-02-02
     */
    date: string;
    exception: "closed" | "blocked";
    reason: string | null;
    bookings: number;
    /** Format: date-time */
    firstStart: string;
}
/** A booking that waits for its confirmation. */
export interface RequestAttention {
    /**
     * discriminator enum property added by openapi-typescript
     */
    kind: "booking-request";
    /** Format: uuid */
    bookingId: string;
    customerName: string;
    serviceName: string;
    providerName: string;
    /** Format: date-time */
    startsAt: string;
    /** Format: date-time */
    endsAt: string;
    /** Format: date-time */
    requestedAt: string;
}
/** Mails of the last 24 hours that were refused. */
export interface RefusedAttention {
    /** When the first of them was refused. */
    since: string | null;
    /** Mails that the mail server refused for good. */
    refused: number;
    /** Those of them whose mailbox does not exist. */
    unknownMailbox: number;
    /** The mails that were delivered or failed. */
    attempted: number;
    /**
     * discriminator enum property added by openapi-typescript
     */
    kind: "mails-refused";
}
/** More than 10 % of a week's appointments have no stated outcome. */
export interface UnjudgedAttention {
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
    /** Appointments that say nothing about their outcome. */
    count: number;
    /** All appointments of these days that are over. */
    appointments: number;
    /** Who has most of them; null without any. */
    consultant: string | null;
    /**
     * discriminator enum property added by openapi-typescript
     */
    kind: "appointments-unjudged";
}
/** Whether the runs of the last 24 hours were on time. */
export interface RunPunctuality {
    /** The runs that crons were expected to start in the last 24 hours. */
    due: number;
    /** Those that started within ten minutes and did not fail. */
    onTime: number;
    late: number;
    failed: number;
    missed: number;
}
/** The bookings of today, and the next ones. */
export interface BookingFigures {
    /**
     * Format: date
     * Today, in the zone of the overview.
     * @example 2026-02-02
     */
    date: string;
    /** The booked places of today. */
    booked: number;
    /** The offered places of today. */
    places: number;
    /** The booked places of the same weekday a week before. */
    bookedWeekBefore: number;
    /** From the first hour with places to the last. */
    hours: BookingHour[];
    /** The next bookings of seven days, at most eight. */
    next: UpcomingBooking[];
    /** Active providers; 0 if nothing can be booked yet. */
    providers: number;
}
/** The places of slots that start in an hour of the provider's day. */
export interface BookingHour {
    hour: number;
    booked: number;
    places: number;
}
/** The open bookings of one slot. */
export interface UpcomingBooking {
    /** Format: date-time */
    startsAt: string;
    /** Format: date-time */
    endsAt: string;
    serviceName: string;
    providerName: string;
    /** Null if several customers share the slot. */
    customerName: string | null;
    /** The number of bookings of the slot. */
    bookings: number;
    /** The places of the slot. */
    capacity: number;
    /**
     * `pending` if one of them waits for an answer.
     */
    status: "pending" | "confirmed";
}
/** The show rate of 30 days, and of those before. */
export interface AttendanceOverview {
    /** The zone of the dates (`TRACKING_TIMEZONE`). */
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
    appointments: number;
    /** In percent with two decimals; null without appointments. */
    showRate: number | null;
    /** Of the 30 days before; null if they were not all read. */
    previousShowRate: number | null;
    /** The difference in percentage points; null if one of the two rates is unknown. */
    trendPoints: number | null;
    /** Days that were not read are missing. */
    days: AttendanceDay[];
    unjudged: UnjudgedAppointments;
}
/** A day that was read. Its figures may change until it is final. */
export interface AttendanceDay {
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    /** In percent with two decimals; null without appointments. */
    showRate: number | null;
    appointments: number;
    pending: number;
    final: boolean;
}
/** The appointments of the last week without a stated outcome. */
export interface UnjudgedAppointments {
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
    /** Appointments that say nothing about their outcome. */
    count: number;
    /** All appointments of these days that are over. */
    appointments: number;
    /** Who has most of them; null without any. */
    consultant: string | null;
}
/** The visitors of 30 days on all sites, and how the pipeline stands. */
export interface SiteFigures {
    /** The open sites that are counted, at most ten; 0 if none is set up. */
    sites: number;
    /** Visitors of the 30 days up to today, each once a day. */
    visitors: number;
    /** The 29 full days compared with the same days 30 days before, in percent; null without visitors then. */
    trendPercent: number | null;
    days: VisitorDay[];
    /** How long the oldest pending event has waited. */
    lagSeconds: number;
    /** The events of all sites that are on their way. */
    pending: number;
    /** The events of all sites that were refused in the last 24 hours. */
    rejected: number;
}
/** The visitors of a day on all counted sites. */
export interface VisitorDay {
    /**
     * Format: date
     * In the zone of each site.
     * @example 2026-02-02
     */
    date: string;
    visitors: number;
    /** The visitors 30 days before. */
    previous: number;
}
/** The mails of 14 days by day, and what waits. */
export interface MailFigures {
    delivered: number;
    /** The mails that failed for good. */
    refused: number;
    days: MailFigureDay[];
    queue: MailQueue;
    last24Hours: RefusedMails;
}
/** The mails that were written on a date. */
export interface MailFigureDay {
    /**
     * Format: date
     * @example 2026-02-02
     */
    date: string;
    delivered: number;
    refused: number;
}
/** Of the mails that were written in the last 24 hours. */
export interface RefusedMails {
    /** When the first of them was refused. */
    since: string | null;
    /** Mails that the mail server refused for good. */
    refused: number;
    /** Those of them whose mailbox does not exist. */
    unknownMailbox: number;
    /** The mails that were delivered or failed. */
    attempted: number;
}
/** What ran since yesterday 22:00. */
export interface LastNight {
    /**
     * Format: date-time
     * 22:00 of yesterday, in the zone of the overview.
     */
    since: string;
    /** The runs of all jobs that did not happen since. */
    missed: number;
    /** The jobs that ran or were missed since. */
    jobs: NightlyJob[];
}
/** What a job did last night. */
export interface NightlyJob {
    /** The job, as the command line names it. */
    command: string;
    jobName: string;
    /** How often it ran, without dry runs. */
    executions: number;
    failed: number;
    /** The runs that did not happen. */
    missed: number;
    /** The newest execution; null if all runs were missed. */
    lastId: string | null;
    lastAt: string | null;
    lastOutcome: ("running" | "completed" | "failed" | "partial" | "lost") | null;
    /** What the newest execution counted. */
    lastCounts: JsonObject | null;
    /** The sums of all numbers that its executions counted. */
    totals: {
        [key: string]: number;
    };
}
/** The newest evaluated week. */
export interface WeekFigures {
    /**
     * Format: date
     * The Monday of the week.
     * @example 2026-02-02
     */
    weekStart: string;
    /** The members who were evaluated. */
    members: number;
    /** Those with at least one workout. */
    trained: number;
    /** The difference to the week before; null if that was not evaluated. */
    trainedChange: number | null;
    /** The members who reached their points goal. */
    pointsGoalMet: number;
    /** The members who completed the challenge. */
    challengeMet: number;
    newBadges: number;
    /** A member with the most points who shows in the global rankings; null without points. */
    best: {
        userId: string;
        name: string | null;
        points: number;
    } | null;
    /** Of all members. */
    points: number;
}
/** Items in their order, and where the next page begins. */
export interface ManagedProviderList {
    items: ManagedProvider[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A provider with the fields for operators. */
export interface ManagedProvider {
    id: string;
    name: string;
    timezone: string;
    active: boolean;
}
/** Items in their order, and where the next page begins. */
export interface RunList {
    items: Run[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A run of a job. */
export interface Run {
    /** Format: uuid */
    id: string;
    /**
     * The job's name in the ledger.
     * @example weekly-events
     */
    jobName: string;
    command: JobCommand;
    /**
     * Format: date-time
     * When it was due. Of a week or month: its end.
     */
    scheduledFor: string;
    status: RunStatus;
    startedAt: string | null;
    completedAt: string | null;
    attempt: number;
    trigger: RunTrigger;
    /** Milliseconds of work, over all continuations. */
    durationMs: number | null;
    /** Milliseconds from when it was due to its start. Only of runs that a cron was expected to start at a certain time: not of weeks and months, and not of runs that a person started or that were continued. */
    lateMs: number | null;
    /** Whether it did not happen; `reason` says why. */
    missed: boolean;
    /** When it is tried again at the earliest. */
    retryAt: string | null;
    error: RunError | null;
    /** Why it was missed or given up. */
    reason: string | null;
    progress: RunProgress | null;
}
/**
 * What started a run. `catch-up`: a later tick made up for it. `continuation`: it went on after a time limit.
 */
export type RunTrigger = "cron" | "manual" | "catch-up" | "continuation";
/** What has the text, by kind: first what begins with it, then what contains it. */
export interface SearchHits {
    members: MemberHit[];
    /** Of the same rank upcoming ones first. */
    bookings: BookingHit[];
    jobs: JobHit[];
    /** Only of a date such as 2026-02-03 or 3.2., or of an id. */
    executions: ExecutionHit[];
    /** Of the same rank the newest first. */
    mails: MailHit[];
}
/** A member whose name, address or id has the text. */
export interface MemberHit {
    id: string;
    /** The nickname or first name. */
    name: string | null;
    firstName: string | null;
    email: string | null;
    active: boolean;
}
/** A booking whose customer, service or id has the text. */
export interface BookingHit {
    /** Format: uuid */
    id: string;
    customerName: string;
    serviceName: string;
    providerName: string;
    providerTimezone: string;
    /** Format: date-time */
    startsAt: string;
    status: "pending" | "confirmed" | "cancelled" | "completed" | "no_show";
}
/** A job whose command or name has the text. */
export interface JobHit {
    command: string;
    jobName: string;
}
/** An execution with the id, or of the date. */
export interface ExecutionHit {
    /** Format: uuid */
    id: string;
    command: string;
    /** Format: date-time */
    startedAt: string;
    outcome: "running" | "completed" | "failed" | "partial" | "lost";
    dryRun: boolean;
}
/** A mail whose recipient, subject or message id has the text. */
export interface MailHit {
    id: number;
    /**
     * Of the address only as much as it takes to recognise it.
     * @example b…@club.example
     */
    recipient: string;
    subject: string;
    status: MailStatus;
    /** Format: date-time */
    createdAt: string;
}
/** Items in their order, and where the next page begins. */
export interface ManagedServiceList {
    items: ManagedService[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A service with the fields for operators. */
export interface ManagedService {
    id: string;
    providerId: string;
    name: string;
    durationMinutes: number;
    /** Minutes before a slot in which its provider is busy too. */
    bufferBefore: number;
    /** Minutes after a slot in which its provider is busy too. */
    bufferAfter: number;
    /** The price without surcharges, in the club's currency. */
    price: number;
    /** How long before its start a slot can be booked at the latest. */
    minNoticeMinutes: number;
    /** Whether a booking is a request until it is confirmed. */
    confirmationRequired: boolean;
    active: boolean;
}
/** Items in their order, and where the next page begins. */
export interface SiteList {
    items: Site[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A site whose pages and servers send events. */
export interface Site {
    customerId: string;
    /** @example Club shop */
    name: string;
    /** The origins whose pages may send events and read reports. */
    allowedOrigins: string[];
    /** The zone of the days and hours of its reports. */
    timezone: string;
    /**
     * Whether its keys are valid.
     * @example true
     */
    active: boolean;
    /** Format: date-time */
    createdAt: string;
    keys: SiteKeyHint[];
    /** Events that are on their way through the pipeline. */
    pending: number;
    /** Events that cannot be processed. */
    deadLetters: number;
}
/** A key as it may be shown again. */
export interface SiteKeyHint {
    kind: SiteKeyKind;
    /** The end of the key. */
    hint: string;
    /** Format: date-time */
    createdAt: string;
    /** From when on the key is not valid; null if it is not known. */
    expiresAt: string | null;
}
/** A new site and its keys, which are shown only here. */
export interface SiteCreated {
    customerId: string;
    /** @example Club shop */
    name: string;
    /** The origins whose pages may send events and read reports. */
    allowedOrigins: string[];
    /** The zone of the days and hours of its reports. */
    timezone: string;
    /**
     * Whether its keys are valid.
     * @example true
     */
    active: boolean;
    /** Format: date-time */
    createdAt: string;
    /** The public key with which pages send events. */
    writeKey: string;
    /** The secret key with which servers read reports. */
    readKey: string;
}
/** A site without its keys. */
export interface SiteSettings {
    customerId: string;
    /** @example Club shop */
    name: string;
    /** The origins whose pages may send events and read reports. */
    allowedOrigins: string[];
    /** The zone of the days and hours of its reports. */
    timezone: string;
    /**
     * Whether its keys are valid.
     * @example true
     */
    active: boolean;
    /** Format: date-time */
    createdAt: string;
}
/** The traffic of a site. */
export interface SiteDashboard {
    customerId: string;
    /** The zone of days and hours. */
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
    interval: "hour" | "day" | "week" | "month";
    summary: SiteSummary;
    timeSeries: SiteInterval[];
    topPages: {
        /** Host and path. */
        page: string;
        pageViews: number;
    }[];
    entryPages: {
        page: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounceRate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visitDurationSeconds: number | null;
    }[];
    exitPages: {
        page: string;
        visits: number;
    }[];
    referrers: {
        /** The host of the other site, or `direct`. */
        referrer: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounceRate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visitDurationSeconds: number | null;
    }[];
    utm: {
        sources: {
            source: string;
            visits: number;
            /** Visits with one page view and nothing else, in percent; null without visits. */
            bounceRate: number | null;
            /**
             * The average duration of a visit in seconds; null without visits.
             * @example 95.5
             */
            visitDurationSeconds: number | null;
        }[];
        mediums: {
            medium: string;
            visits: number;
            /** Visits with one page view and nothing else, in percent; null without visits. */
            bounceRate: number | null;
            /**
             * The average duration of a visit in seconds; null without visits.
             * @example 95.5
             */
            visitDurationSeconds: number | null;
        }[];
        campaigns: {
            campaign: string;
            visits: number;
            /** Visits with one page view and nothing else, in percent; null without visits. */
            bounceRate: number | null;
            /**
             * The average duration of a visit in seconds; null without visits.
             * @example 95.5
             */
            visitDurationSeconds: number | null;
        }[];
    };
    devices: {
        /** Such as `desktop`, `mobile`, `tablet`; or `unknown`. */
        device: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounceRate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visitDurationSeconds: number | null;
    }[];
    browsers: {
        browser: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounceRate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visitDurationSeconds: number | null;
    }[];
    operatingSystems: {
        os: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounceRate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visitDurationSeconds: number | null;
    }[];
    countries: {
        /** ISO 3166-1 alpha-2, or `unknown`. */
        country: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounceRate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visitDurationSeconds: number | null;
    }[];
    eventTypes: {
        eventType: string;
        events: number;
    }[];
    bots: {
        /** @example Googlebot */
        bot: string;
        events: number;
    }[];
    /** The latest visits, newest first, of any day. */
    visits: SiteVisit[];
    /** The latest events, newest first, of any day. */
    events: SiteEvent[];
}
/** How far all events have come, and the traffic of people in the range. */
export interface SiteSummary {
    /**
     * All accepted events, wherever they are in the pipeline.
     * @example 4200
     */
    totalEvents: number;
    /**
     * Events that were valid.
     * @example 4198
     */
    processedToStaging: number;
    /**
     * Events that are counted in reports.
     * @example 4190
     */
    processedToBusiness: number;
    /**
     * Counted events in percent of all; null without events.
     * @example 99.76
     */
    completionRate: number | null;
    /** When the newest counted event occurred. */
    latestEvent: string | null;
    /** Events that cannot be processed. */
    deadLetters: number;
    /** A visitor counts once per day. */
    visitors: number;
    visits: number;
    pageViews: number;
    /** @example 430 */
    events: number;
    /** Visits with one page view and nothing else, in percent; null without visits. */
    bounceRate: number | null;
    /**
     * The average duration of a visit in seconds; null without visits.
     * @example 95.5
     */
    visitDurationSeconds: number | null;
    /**
     * Page views per visit; null without visits.
     * @example 2.73
     */
    pagesPerVisit: number | null;
    /** Events of bots, which are not part of the other numbers. */
    botEvents: number;
}
/** The traffic of one hour or day. */
export interface SiteInterval {
    /**
     * Format: date-time
     * The start of the interval in the site's zone.
     */
    start: string;
    /** Missing by the hour: visitors count per day. */
    visitors?: number | undefined;
    visits: number;
    pageViews: number;
    /** @example 430 */
    events: number;
    /** Visits with one page view and nothing else, in percent; null without visits. */
    bounceRate: number | null;
    /**
     * The average duration of a visit in seconds; null without visits.
     * @example 95.5
     */
    visitDurationSeconds: number | null;
    /**
     * Page views per visit; null without visits.
     * @example 2.73
     */
    pagesPerVisit: number | null;
}
/** One visit, page by page. */
export interface SiteVisit {
    sessionId: string;
    /** Format: date-time */
    startedAt: string;
    /** Format: date-time */
    endedAt: string;
    /** @example 95.5 */
    durationSeconds: number;
    events: number;
    pageViews: number;
    /** Whether the visit had one page view and nothing else. */
    bounce: boolean;
    entryPage: string | null;
    exitPage: string | null;
    referrer: string | null;
    utmSource: string | null;
    utmMedium: string | null;
    utmCampaign: string | null;
    device: string;
    browser: string | null;
    os: string | null;
    country: string | null;
}
/** One event. */
export interface SiteEvent {
    eventId: string;
    eventType: string;
    /** Without query and fragment. */
    pageUrl: string | null;
    sessionId: string;
    visitorId: string;
    /**
     * Format: date-time
     * By the sender's clock, corrected by the server's.
     */
    occurredAt: string;
    /** The host of the other site that led here. */
    referrer: string | null;
    device: string;
    browser: string | null;
    os: string | null;
    country: string | null;
    /** The name of the bot; null for people. */
    bot: string | null;
    quality: EventQuality;
    /** How complete the event is, from 0 to 1. */
    qualityScore: number;
    eventData: JsonObject;
}
/**
 * How complete and plausible an event is.
 */
export type EventQuality = "VALID" | "SUSPICIOUS" | "INVALID";
/** A new key of a site. */
export interface SiteKey {
    customerId: string;
    kind: SiteKeyKind;
    /**
     * The key, which is shown only here.
     * @example twk_pub_3kTq…
     */
    key: string;
    /**
     * Format: date-time
     * When the older keys of this kind expire.
     */
    oldExpireAt: string;
}
/** The number of keys that do not work any more. */
export interface SiteKeysRevoked {
    revoked: number;
}
/** Items in their order, and where the next page begins. */
export interface ManagedSlotList {
    items: ManagedSlot[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A slot as operators see it, full ones included. */
export interface ManagedSlot {
    id: number;
    serviceId: string;
    /** Null if the service does not exist any more. */
    serviceName: string | null;
    providerId: string;
    /**
     * Format: date
     * The provider's date at the start.
     * @example 2026-02-02
     */
    localDate: string;
    /** Format: date-time */
    startsAt: string;
    /** Format: date-time */
    endsAt: string;
    /** All its places. */
    capacity: number;
    /** Booked places. */
    booked: number;
    /** Places that customers hold while they book. */
    held: number;
    /** Whether places are booked or held although the provider's hours or the service no longer offer it. */
    conflict: boolean;
}
/** Items in their order, and where the next page begins. */
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
     */
    at: string;
    /** The window ahead, in days of 24 hours. */
    window: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
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
/** Totals of weeks and months, and the leaderboard of the newest week. */
export interface SportOverview {
    /** The zone in which weeks and months begin. */
    timezone: string;
    /** The newest evaluated week; null if there is none. */
    week: EvaluatedPeriod | null;
    /** The newest evaluated weeks, oldest first. */
    weeks: WeekTotals[];
    /** The users with the most points in the newest week who show in the global rankings. */
    leaderboard: WeekLeader[];
    /** The newest evaluated month; null if there is none. */
    month: EvaluatedPeriod | null;
    /** The newest 12 evaluated months, oldest first. */
    months: MonthTotals[];
}
/** A week or month that has been evaluated. */
export interface EvaluatedPeriod {
    /**
     * Format: date-time
     * The first instant of the period.
     */
    start: string;
    /**
     * Format: date-time
     * The last millisecond of the period.
     */
    end: string;
}
/** Totals of all users in one week. */
export interface WeekTotals {
    /**
     * Format: date-time
     * The first instant of the period.
     */
    weekStart: string;
    /** Users who were evaluated. */
    users: number;
    /** Users with at least one workout. */
    activeUsers: number;
    points: number;
    workouts: number;
    /** Users who completed the challenge. */
    challengeMet: number;
    /** Users who reached their points goal. */
    pointsGoalMet: number;
    /** Users who reached all their exercise goals. */
    exerciseGoalMet: number;
}
/** A user of the week's leaderboard over all users. */
export interface WeekLeader {
    /** Equal values share a rank: 1, 2, 2, 4. */
    rank: number;
    userId: string;
    /** The nickname, otherwise the first name; null if the user has neither. */
    name: string | null;
    points: number;
    workouts: number;
}
/** Totals of all users in one month. */
export interface MonthTotals {
    /**
     * Format: date-time
     * The first instant of the period.
     */
    monthStart: string;
    /** Users who were evaluated. */
    users: number;
    /** Users with at least one workout. */
    activeUsers: number;
    points: number;
    workouts: number;
    /** Users who completed the challenge. */
    challengeMet: number;
}
/** Items in their order, and where the next page begins. */
export interface TimeSlotList {
    items: TimeSlot[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A time on a weekday at which a service is offered, local to its provider. */
export interface TimeSlot {
    serviceId: string;
    /** From 0 (Monday) to 6 (Sunday). */
    weekday: number;
    /**
     * Local time of day `HH:MM`.
     * @example 17:00
     */
    start: string;
    /**
     * An end at or before the start is on the next day.
     * @example 17:00
     */
    end: string;
    /** How many customers can book each of its slots. */
    capacity: number;
    /** Whether this is a peak time, which may have a price of its own. */
    peak: boolean;
    /** By how much the price of a peak time is multiplied; 1 at other times. */
    priceMultiplier: number;
}
/** The account of the operator who is signed in. */
export interface OwnAccount {
    id: string;
    name: string;
    email: string;
    role: "viewer" | "staff" | "admin";
    language: "de" | "en";
}
/** The change is made. */
export interface Done {
    /** @constant */
    done: true;
}
/** The token, and its entry in the list. */
export interface NewApiToken {
    /**
     * Keep it: only its hash is stored.
     * @example twk_api_…
     */
    token: string;
    apiToken: ApiToken;
}
/** A token of a program, without the token itself. */
export interface ApiToken {
    id: string;
    name: string;
    /**
     * What a program with the token may do.
     */
    role: "viewer" | "staff" | "admin";
    /**
     * The last four characters of the token.
     * @example x9Qb
     */
    hint: string;
    /** The name of the operator; null for ADMIN_TOKEN. */
    createdBy: string | null;
    /** Format: date-time */
    createdAt: string;
    /** Null for a token that does not expire. */
    expiresAt: string | null;
    /** To the minute; null if it was never used. */
    lastUsedAt: string | null;
    /** Null for a token that is not revoked. */
    revokedAt: string | null;
}
/** Items in their order, and where the next page begins. */
export interface ApiTokenList {
    items: ApiToken[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** Items in their order, and where the next page begins. */
export interface AuditLogPage {
    items: AuditEntry[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A change that an operator or a token made. */
export interface AuditEntry {
    id: number;
    /** Format: date-time */
    at: string;
    /**
     * What the caller signed in with; `visitor` was not signed in.
     */
    actorKind: "operator" | "api-token" | "admin-token" | "cron-secret" | "command-line" | "user" | "visitor";
    /** The operator or API token; null for secrets of the deployment. */
    actorId: string | null;
    /** Their name at that time. */
    actorName: string;
    /**
     * The id of the operation.
     * @example updateOperator
     */
    operation: string;
    /** On what, such as the id of a booking or the name of a job. */
    subject: string | null;
    /** What else a reader wants to know; no secrets. */
    details: JsonObject;
    /** Under this id the log has the request. */
    requestId: string | null;
    /**
     * `begun`: not ended, or the process stopped in between. `refused`: nothing was changed.
     */
    outcome: "begun" | "done" | "refused" | "failed";
}
/** Codes for when the authenticator app is not at hand. */
export interface BackupCodes {
    /** Each replaces a code of the app once. They are shown only now. */
    backupCodes: string[];
}
/** The invitation, and what became of its mail. */
export interface InvitationSent {
    invitation: Invitation;
    /**
     * `queued`: the mail server did not take the mail at once; it is tried again. `no-sender`: no mail can be sent (`EMAIL_FROM`).
     */
    mail: "sent" | "queued" | "no-sender";
    /** The link, to be passed on by other means if there is no sender; otherwise null. */
    link: string | null;
}
/** An invitation that is neither accepted nor revoked. */
export interface Invitation {
    id: string;
    email: string;
    role: "viewer" | "staff" | "admin";
    language: "de" | "en";
    /** The name of the operator; null for ADMIN_TOKEN. */
    invitedBy: string | null;
    /** Format: date-time */
    createdAt: string;
    /**
     * Format: date-time
     * When its link expires. After that it can be sent again.
     */
    expiresAt: string;
}
/** Items in their order, and where the next page begins. */
export interface InvitationList {
    items: Invitation[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** What someone is invited to. */
export interface OpenInvitation {
    email: string;
    role: "viewer" | "staff" | "admin";
    language: "de" | "en";
    /** The name of the operator; null for ADMIN_TOKEN. */
    invitedBy: string | null;
    /**
     * Format: date-time
     * When its link expires. After that it can be sent again.
     */
    expiresAt: string;
}
/** Items in their order, and where the next page begins. */
export interface OperatorList {
    items: Operator[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** The account of an operator. */
export interface Operator {
    id: string;
    name: string;
    email: string;
    role: "viewer" | "staff" | "admin";
    language: "de" | "en";
    hasSecondFactor: boolean;
    /** Format: date-time */
    createdAt: string;
    /** Since when the account cannot sign in; null if it can. */
    disabledAt: string | null;
    /** To the day; null if the operator is signed in nowhere. */
    lastSeenAt: string | null;
}
/** The secret of the new second factor. */
export interface SecondFactorSetUp {
    /**
     * For a QR code.
     * @example otpauth://totp/Taktwerk:ada%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Taktwerk
     */
    uri: string;
    /**
     * The same to be typed in.
     * @example JBSWY3DPEHPK3PXP
     */
    setupKey: string;
}
/** Who is signed in in this browser. */
export interface PresentSession {
    /** Who is signed in; null for nobody. */
    operator: OwnAccount | null;
    /** `verified`: signed in. `missing`: the operator has to set up a second factor first. `required`: a sign-in waits for a code. Null without any of these. */
    secondFactor: ("verified" | "missing" | "required") | null;
    /** The present session in `listSessions`. */
    sessionId: string | null;
    /** Whether `CONSOLE_SECRET` is set. */
    canSignIn: boolean;
    club: Club;
}
/** What the console says on each page. */
export interface Club {
    /** The name of the sender of mails (`EMAIL_FROM`). */
    name: string;
    /** The zone in which the console shows times (`EVENTS_TIMEZONE`). */
    timezone: string;
}
/** Items in their order, and where the next page begins. */
export interface SessionList {
    items: SessionItem[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A browser in which the operator is signed in. */
export interface SessionItem {
    id: string;
    /** Whether it is the session of this request. */
    isPresent: boolean;
    /**
     * What the browser says about itself.
     * @example Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
     */
    userAgent: string | null;
    /** Format: date-time */
    createdAt: string;
    /**
     * Format: date-time
     * To the day.
     */
    lastSeenAt: string;
    /** Format: date-time */
    expiresAt: string;
}
/** What follows the password. */
export interface SignInStep {
    /**
     * `second-factor`: a code is missing. `set-up-second-factor`: the session may only set one up. `signed-in`: this browser is trusted.
     */
    next: "second-factor" | "set-up-second-factor" | "signed-in";
}
/** The booking, and the secret of its customer. */
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
    /** Format: date-time */
    startsAt: string;
    /** Format: date-time */
    endsAt: string;
    /** The zone in which the customer reads times. */
    timezone: string;
    /**
     * Format: date-time
     * Local time with its offset.
     */
    localStart: string;
    /**
     * Format: date-time
     * Local time with its offset.
     */
    localEnd: string;
    /** With the surcharge, in the club's currency. */
    price: number;
    category: SlotCategory;
    /** The surcharge that the price contains, in percent. */
    rushFeePercent: number;
    /** Increases by one with each change. */
    sequence: number;
    /** The customer's name; empty when their data has been deleted. */
    name: string;
    /** The customer's address; empty when their data has been deleted. */
    email: string;
    language: "de" | "en";
    /** Format: date-time */
    createdAt: string;
    /** Null unless it is cancelled. */
    cancelledAt: string | null;
}
/** One booking. */
export interface BookingResponse {
    booking: Booking;
}
/** A run that completed, or that was skipped. */
export type JobCleanupResponse = JobCleanupCompleted | JobCleanupSkipped;
/** The run completed: its counts and details. */
export interface JobCleanupCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /** Format: date-time */
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
    executionsDeleted: number;
    holdsReleased: number;
    bookingsCancelled: number;
    bookingsForgotten: number;
    appointmentsForgotten: number;
    rawDaysDropped: number;
    eventIdsForgotten: number;
    deadLettersForgotten: number;
    sessionsDeleted: number;
    codesDeleted: number;
    invitationsDeleted: number;
    auditEntriesDeleted: number;
    ratesForgotten: number;
}
/** Nothing was run, and why. */
export interface JobCleanupSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /** Format: date-time */
    scheduledFor: string;
}
/** A run that continues by itself, and how far it is. */
export interface JobCleanupPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    scheduledFor: string;
    progress: RunProgress;
}
/** A run that completed, or that was skipped. */
export type EmailDispatchResponse = EmailDispatchCompleted | EmailDispatchSkipped;
/** The run completed: its counts and details. */
export interface EmailDispatchCompleted {
    /** @constant */
    status: "ok";
    /** Mails that are not sent, for example because the user has no address. */
    skipped: number;
    /** Format: date-time */
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
/** Nothing was run, and why. */
export interface EmailDispatchSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /** Format: date-time */
    scheduledFor: string;
}
/** A run that continues by itself, and how far it is. */
export interface EmailDispatchPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    scheduledFor: string;
    progress: RunProgress;
}
/** A run that completed, or that was skipped. */
export type MonthlyEventsResponse = MonthlyEventsCompleted | MonthlyEventsSkipped;
/** The run completed: its counts and details. */
export interface MonthlyEventsCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    monthStart: string;
    /** Format: date-time */
    monthEnd: string;
    processedUsers: number;
    /** Those with at least one workout. */
    trained: number;
    /** Results that were written for the first time. */
    newResults: number;
    /** Results of an earlier evaluation that changed. */
    changedResults: number;
    /** Those who reached their points goal; only of weeks. */
    pointsGoalMet?: number | undefined;
    /** Those who reached all their exercise goals; only of weeks. */
    exerciseGoalMet?: number | undefined;
    /** Those who reached the challenge. */
    challengeMet?: number | undefined;
    points: number;
    workouts: number;
    awards: number;
    badges: number;
    emails: SummaryMailCounts;
    /** At most five of the changed results. */
    changes: ResultChange[];
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
/** A result that changed, or would change. */
export interface ResultChange {
    userId: string;
    name: string | null;
    pointsBefore: number;
    points: number;
}
/** What became of the summary mail of one user. */
export interface SummaryMailResult {
    userId: string;
    status: "queued" | "skipped" | "failed";
    /** Why a mail was not queued. */
    reason?: string | undefined;
}
/** What became of an earlier period. */
export type MonthlyEventsOlder = {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    monthStart: string;
    /** Format: date-time */
    monthEnd: string;
    processedUsers: number;
    /** Those with at least one workout. */
    trained: number;
    /** Results that were written for the first time. */
    newResults: number;
    /** Results of an earlier evaluation that changed. */
    changedResults: number;
    /** Those who reached their points goal; only of weeks. */
    pointsGoalMet?: number | undefined;
    /** Those who reached all their exercise goals; only of weeks. */
    exerciseGoalMet?: number | undefined;
    /** Those who reached the challenge. */
    challengeMet?: number | undefined;
    points: number;
    workouts: number;
    awards: number;
    badges: number;
    emails: SummaryMailCounts;
    /** At most five of the changed results. */
    changes: ResultChange[];
    /** At most 100, failed ones first, then skipped ones. */
    emailResults: SummaryMailResult[];
} | {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /** Format: date-time */
    monthStart: string;
    /** Format: date-time */
    monthEnd: string;
} | {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    monthStart: string;
    /** Format: date-time */
    monthEnd: string;
    progress: RunProgress;
};
/** Nothing was run, and why. */
export interface MonthlyEventsSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /** Format: date-time */
    monthStart: string;
    /** Format: date-time */
    monthEnd: string;
    /** Earlier periods that this call ran first. */
    catchUp?: MonthlyEventsOlder[] | undefined;
}
/** A run that continues by itself, and how far it is. */
export interface MonthlyEventsPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    monthStart: string;
    /** Format: date-time */
    monthEnd: string;
    progress: RunProgress;
    /** Earlier periods that this call ran first. */
    catchUp?: MonthlyEventsOlder[] | undefined;
}
/** A run that completed, or that was skipped. */
export type SlotMaintenanceResponse = SlotMaintenanceCompleted | SlotMaintenanceSkipped;
/** The run completed: its counts and details. */
export interface SlotMaintenanceCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /** Format: date-time */
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
/** Nothing was run, and why. */
export interface SlotMaintenanceSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /** Format: date-time */
    scheduledFor: string;
}
/** A run that continues by itself, and how far it is. */
export interface SlotMaintenancePartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    scheduledFor: string;
    progress: RunProgress;
}
/** A run that completed, or that was skipped. */
export type CalendarTrackingResponse = CalendarTrackingCompleted | CalendarTrackingSkipped;
/** The run completed: its counts and details. */
export interface CalendarTrackingCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    scheduledFor: string;
    disabled?: boolean | undefined;
    detail?: string | undefined;
    /**
     * Format: date
     * The run's first day.
     * @example 2026-02-02
     */
    start?: string | undefined;
    /**
     * Format: date
     * The run's last day.
     * @example 2026-02-02
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
    /**
     * Format: date
     * @example 2026-02-02
     */
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
    /** The counts that differ. */
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
/** A count before and after. */
export interface CountChange {
    from: number | null;
    to: number | null;
}
/** Nothing was run, and why. */
export interface CalendarTrackingSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /** Format: date-time */
    scheduledFor: string;
}
/** A run that continues by itself, and how far it is. */
export interface CalendarTrackingPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    scheduledFor: string;
    progress: RunProgress;
}
/** A run that completed, or that was skipped. */
export type WeeklyEventsResponse = WeeklyEventsCompleted | WeeklyEventsSkipped;
/** The run completed: its counts and details. */
export interface WeeklyEventsCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    weekStart: string;
    /** Format: date-time */
    weekEnd: string;
    processedUsers: number;
    /** Those with at least one workout. */
    trained: number;
    /** Results that were written for the first time. */
    newResults: number;
    /** Results of an earlier evaluation that changed. */
    changedResults: number;
    /** Those who reached their points goal; only of weeks. */
    pointsGoalMet?: number | undefined;
    /** Those who reached all their exercise goals; only of weeks. */
    exerciseGoalMet?: number | undefined;
    /** Those who reached the challenge. */
    challengeMet?: number | undefined;
    points: number;
    workouts: number;
    awards: number;
    badges: number;
    emails: SummaryMailCounts;
    /** At most five of the changed results. */
    changes: ResultChange[];
    /** At most 100, failed ones first, then skipped ones. */
    emailResults: SummaryMailResult[];
    /** Earlier periods that this call ran first. */
    catchUp?: WeeklyEventsOlder[] | undefined;
}
/** What became of an earlier period. */
export type WeeklyEventsOlder = {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    weekStart: string;
    /** Format: date-time */
    weekEnd: string;
    processedUsers: number;
    /** Those with at least one workout. */
    trained: number;
    /** Results that were written for the first time. */
    newResults: number;
    /** Results of an earlier evaluation that changed. */
    changedResults: number;
    /** Those who reached their points goal; only of weeks. */
    pointsGoalMet?: number | undefined;
    /** Those who reached all their exercise goals; only of weeks. */
    exerciseGoalMet?: number | undefined;
    /** Those who reached the challenge. */
    challengeMet?: number | undefined;
    points: number;
    workouts: number;
    awards: number;
    badges: number;
    emails: SummaryMailCounts;
    /** At most five of the changed results. */
    changes: ResultChange[];
    /** At most 100, failed ones first, then skipped ones. */
    emailResults: SummaryMailResult[];
} | {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /** Format: date-time */
    weekStart: string;
    /** Format: date-time */
    weekEnd: string;
} | {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    weekStart: string;
    /** Format: date-time */
    weekEnd: string;
    progress: RunProgress;
};
/** Nothing was run, and why. */
export interface WeeklyEventsSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /** Format: date-time */
    weekStart: string;
    /** Format: date-time */
    weekEnd: string;
    /** Earlier periods that this call ran first. */
    catchUp?: WeeklyEventsOlder[] | undefined;
}
/** A run that continues by itself, and how far it is. */
export interface WeeklyEventsPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    weekStart: string;
    /** Format: date-time */
    weekEnd: string;
    progress: RunProgress;
    /** Earlier periods that this call ran first. */
    catchUp?: WeeklyEventsOlder[] | undefined;
}
/** Whether this deployment is healthy (draft-inadarei-api-health-check). */
export interface Health {
    status: HealthStatus;
    /** The results of the checks by component and measure, such as `mail:server`; only for operators. */
    checks?: {
        [key: string]: HealthFinding[];
    } | undefined;
}
/**
 * `warn` needs a person's attention, `fail` means down.
 */
export type HealthStatus = "pass" | "warn" | "fail";
/** The result of a check. */
export interface HealthFinding {
    status: HealthStatus;
    /** A sentence that says what was found. */
    output?: string | undefined;
    observedValue?: number | undefined;
    /** The unit of the observed value: `ms`, `s` or `MB`. */
    observedUnit?: string | undefined;
    /**
     * Format: date-time
     * When it was checked.
     */
    time: string;
}
/** Items in their order, and where the next page begins. */
export interface ProviderList {
    items: Provider[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A provider whose services can be booked. */
export interface Provider {
    id: string;
    name: string;
    /** The zone of its hours. */
    timezone: string;
}
/** Items in their order, and where the next page begins. */
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
    /** Without surcharges, in the club's currency. */
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
    /** Format: date-time */
    startsAt: string;
    /** Format: date-time */
    endsAt: string;
    /**
     * Format: date
     * The date of `localStart`.
     * @example 2026-02-02
     */
    localDate: string;
    /**
     * Format: date-time
     * Local time with its offset.
     */
    localStart: string;
    /**
     * Format: date-time
     * Local time with its offset.
     */
    localEnd: string;
    /** With the surcharge, in the club's currency. */
    price: number;
    category: SlotCategory;
    /** The surcharge that the price contains, in percent. */
    rushFeePercent: number;
    /** All its places. */
    capacity: number;
    /** The places that are still free. */
    places: number;
}
/** A place of a slot that is kept during checkout. */
export interface Hold {
    /** Format: uuid */
    holdId: string;
    slotId: number;
    /** Format: date-time */
    expiresAt: string;
}
/** The place is not held any more. */
export interface HoldReleased {
    released: boolean;
}
/** Awards of a user, newest first. */
export interface EarnedAwardList {
    userId: string;
    items: EarnedAward[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** An award, and the period for which the user got it. */
export interface EarnedAward {
    type: AwardType;
    periodKind: "week" | "month";
    /**
     * Format: date-time
     * The first instant of the period.
     */
    periodStart: string;
}
/**
 * What an award is for.
 */
export type AwardType = "monthly-champion" | "friends-gold" | "friends-silver" | "friends-bronze" | "monthly-rank-global-points-1" | "monthly-rank-global-points-2" | "monthly-rank-global-points-3" | "monthly-rank-global-pullups-1" | "monthly-rank-global-pullups-2" | "monthly-rank-global-pullups-3" | "monthly-rank-global-pushups-1" | "monthly-rank-global-pushups-2" | "monthly-rank-global-pushups-3" | "monthly-rank-global-situps-1" | "monthly-rank-global-situps-2" | "monthly-rank-global-situps-3" | "monthly-rank-friends-points-1" | "monthly-rank-friends-points-2" | "monthly-rank-friends-points-3" | "monthly-rank-friends-pullups-1" | "monthly-rank-friends-pullups-2" | "monthly-rank-friends-pullups-3" | "monthly-rank-friends-pushups-1" | "monthly-rank-friends-pushups-2" | "monthly-rank-friends-pushups-3" | "monthly-rank-friends-situps-1" | "monthly-rank-friends-situps-2" | "monthly-rank-friends-situps-3";
/** All badges of a user, newest first. */
export interface EarnedBadgeList {
    userId: string;
    items: EarnedBadge[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A badge, and the period in which the user earned it. */
export interface EarnedBadge {
    /**
     * `weekly-goal-exercises`, `weekly-goal-points`, `weekly-challenge-points`, `monthly-challenge-points`, or `lifetime-` and the id of an exercise.
     * @example weekly-goal-points
     */
    slug: string;
    /** How often the goal was reached. For lifetime badges, the total in repetitions, seconds or kilometres. */
    level: number;
    periodKind: "week" | "month";
    /**
     * Format: date-time
     * The first instant of the period.
     */
    periodStart: string;
}
/** Items in their order, and where the next page begins. */
export interface ExerciseList {
    items: Exercise[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** An exercise of the catalogue. */
export interface Exercise {
    /** @example pullups */
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
/** A user and their direct friends, ranked by the points of a week. */
export interface Leaderboard {
    userId: string;
    /**
     * Format: date-time
     * The first instant of the period.
     */
    weekStart: string;
    /**
     * Format: date-time
     * The last millisecond of the period.
     */
    weekEnd: string;
    /** Equal values share a rank: 1, 2, 2, 4. */
    rank: number;
    points: number;
    /** The user and those direct friends who have a result. */
    participants: number;
    items: LeaderboardEntry[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A user and their points of the week. */
export interface LeaderboardEntry {
    userId: string;
    /** The nickname, otherwise the first name; null if the user has neither. */
    name: string | null;
    /** Equal values share a rank: 1, 2, 2, 4. */
    rank: number;
    points: number;
}
/** The ranking of a month. */
export interface Ranking {
    /**
     * Format: date-time
     * The first instant of the period.
     */
    monthStart: string;
    /**
     * Format: date-time
     * The last millisecond of the period.
     */
    monthEnd: string;
    scope: "global" | "friends";
    category: RankingCategory;
    /** How many users take part, also beyond rank 100. */
    participants: number;
    /** The user's own place; null if no user is named or that user takes no part. */
    own: {
        /** Equal values share a rank: 1, 2, 2, 4. */
        rank: number;
        /** Points, or repetitions of the exercise. */
        value: number;
    } | null;
    items: RankingEntry[];
    /** The `cursor` of the next page; null after the last one. */
    nextCursor: string | null;
}
/** A user and their value in the ranking. */
export interface RankingEntry {
    /** Missing for other users in a global ranking that is read with a user's token. */
    userId?: string | undefined;
    /** The nickname, otherwise the first name; null if the user has neither. */
    name: string | null;
    /** Equal values share a rank: 1, 2, 2, 4. */
    rank: number;
    /** Points, or repetitions of the exercise. */
    value: number;
}
/** A user's result of a week or a month. */
export type Result = WeeklyResult | MonthlyResult;
/** A user's result of a week. */
export interface WeeklyResult {
    /**
     * discriminator enum property added by openapi-typescript
     */
    periodKind: "week";
    /**
     * Format: date-time
     * The first instant of the period.
     */
    weekStart: string;
    /**
     * Format: date-time
     * The last millisecond of the period.
     */
    weekEnd: string;
    userId: string;
    totalPoints: number;
    totalWorkouts: number;
    /** The number of different exercises. */
    totalExercises: number;
    /** By the exercise's id. */
    exerciseTotals: {
        [key: string]: ExerciseTotal;
    };
    /** The points that the challenge of all users asked for. */
    challengeTarget: number;
    /** The number of badges that the user earned in the period. */
    badgesAwarded: number;
    awardsAwarded: number;
    badges: Badge[];
    awards: Award[];
    /** The user's own goal, or the default for all users. */
    pointsTarget: number;
    /** Whether the user had exercise goals and reached all of them. */
    goalExercisesMet: boolean;
    goalPointsMet: boolean;
    goalChallengeMet: boolean;
}
/** The sums of an exercise. Only what was stored with its activities is there. */
export interface ExerciseTotal {
    points: number;
    reps?: number | undefined;
    seconds?: number | undefined;
    km?: number | undefined;
}
/** A badge of a user, with its level. */
export interface Badge {
    /**
     * `weekly-goal-exercises`, `weekly-goal-points`, `weekly-challenge-points`, `monthly-challenge-points`, or `lifetime-` and the id of an exercise.
     * @example weekly-goal-points
     */
    slug: string;
    /** How often the goal was reached. For lifetime badges, the total in repetitions, seconds or kilometres. */
    level: number;
}
/** An award of a user. */
export interface Award {
    type: AwardType;
}
/** A user's result of a month. */
export interface MonthlyResult {
    /**
     * discriminator enum property added by openapi-typescript
     */
    periodKind: "month";
    /**
     * Format: date-time
     * The first instant of the period.
     */
    monthStart: string;
    /**
     * Format: date-time
     * The last millisecond of the period.
     */
    monthEnd: string;
    userId: string;
    totalPoints: number;
    totalWorkouts: number;
    /** The number of different exercises. */
    totalExercises: number;
    /** By the exercise's id. */
    exerciseTotals: {
        [key: string]: ExerciseTotal;
    };
    /** The points that the challenge of all users asked for. */
    challengeTarget: number;
    /** The number of badges that the user earned in the period. */
    badgesAwarded: number;
    awardsAwarded: number;
    badges: Badge[];
    awards: Award[];
    /** Repetitions. */
    pullups: number;
    /** Repetitions. */
    pushups: number;
    /** Repetitions. */
    situps: number;
    challengeMet: boolean;
    /** Null until the ranks of the month are evaluated. */
    ranks: MonthlyRanks | null;
}
/** The ranks of a user in a month; null where the user does not take part. */
export interface MonthlyRanks {
    global: {
        /** Null if the user hid from the global rankings or had nothing of it. */
        points: number | null;
        /** Null if the user hid from the global rankings or had nothing of it. */
        pullups: number | null;
        /** Null if the user hid from the global rankings or had nothing of it. */
        pushups: number | null;
        /** Null if the user hid from the global rankings or had nothing of it. */
        situps: number | null;
    };
    friends: {
        /** The rank among the user and their direct friends. */
        points: number;
        /** The rank among the user and their direct friends. */
        pullups: number;
        /** The rank among the user and their direct friends. */
        pushups: number;
        /** The rank among the user and their direct friends. */
        situps: number;
        /** The user and those direct friends who have a result. */
        participants: number;
    };
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
    /** Format: date-time */
    startsAt: string;
    /** Format: date-time */
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
    outcome: AppointmentOutcome;
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
    /** How many appointments went from one outcome to another. */
    transitions: {
        [key: string]: number;
    };
    changes: ChangedDay[];
    /** Whether there are more changed days than listed. */
    changesTruncated: boolean;
    /** If the time was not enough: the last day that was done, or null if none was. */
    after: string | null;
}
/** What became of the events. If the visitor's browser asks not to be tracked (`DNT`, `Sec-GPC`), nothing is recorded, and there is only the message. */
export interface TrackResult {
    /** @constant */
    success: true;
    /**
     * What became of the events, for people.
     * @example 1 recorded
     */
    message: string;
    /** The id of the first event. */
    event_id?: string | undefined;
    /** The ids of all events, if a list was sent. */
    event_ids?: string[] | undefined;
    /**
     * Format: date-time
     * When the events were received.
     */
    timestamp?: string | undefined;
    /**
     * Whether the events were processed before the answer (`automatic`) or are processed after it.
     */
    processing?: ("automatic" | "background") | undefined;
    /** How many events were stored by this request. */
    recorded: number;
    /** How many events the site had sent before. */
    duplicates?: number | undefined;
}
/** What became of the events, of which some cannot be processed. */
export interface PartialTrackResult {
    /** @constant */
    success: true;
    /**
     * What became of the events, for people.
     * @example 1 recorded
     */
    message: string;
    /** The id of the first event. */
    event_id?: string | undefined;
    /** The ids of all events, if a list was sent. */
    event_ids?: string[] | undefined;
    /**
     * Format: date-time
     * When the events were received.
     */
    timestamp?: string | undefined;
    /**
     * Whether the events were processed before the answer (`automatic`) or are processed after it.
     */
    processing?: ("automatic" | "background") | undefined;
    /** How many events were stored by this request. */
    recorded: number;
    /** How many events the site had sent before. */
    duplicates?: number | undefined;
    dead_letters: SentDeadLetter[];
}
/** An event that is stored but cannot be processed, and why. */
export interface SentDeadLetter {
    event_id: string;
    reason: RejectReason;
    /**
     * The field of the event that is wrong.
     * @example event_type
     */
    field: string;
    /** @example a text of 1 to 255 characters */
    expected: string;
    got: string;
}
/** The traffic of a site. `summary` also holds the totals beside it. */
export interface TrackingDashboard {
    /** @constant */
    success: true;
    customer_id: string;
    /** The zone of days and hours. */
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
    interval: "hour" | "day" | "week" | "month";
    /** Events that cannot be processed. */
    dead_letters: number;
    /**
     * All accepted events, wherever they are in the pipeline.
     * @example 4200
     */
    total_events: number;
    /**
     * Events that were valid.
     * @example 4198
     */
    processed_to_staging: number;
    /**
     * Events that are counted in reports.
     * @example 4190
     */
    processed_to_business: number;
    /**
     * Counted events in percent of all; null without events.
     * @example 99.76
     */
    completion_rate: number | null;
    /** When the newest counted event occurred. */
    latest_event: string | null;
    summary: TrackingSummary;
    time_series: TrackingInterval[];
    top_pages: {
        /** Host and path. */
        page: string;
        page_views: number;
    }[];
    entry_pages: {
        page: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounce_rate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visit_duration_seconds: number | null;
    }[];
    exit_pages: {
        page: string;
        visits: number;
    }[];
    referrers: {
        /** The host of the other site, or `direct`. */
        referrer: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounce_rate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visit_duration_seconds: number | null;
    }[];
    utm: {
        sources: {
            source: string;
            visits: number;
            /** Visits with one page view and nothing else, in percent; null without visits. */
            bounce_rate: number | null;
            /**
             * The average duration of a visit in seconds; null without visits.
             * @example 95.5
             */
            visit_duration_seconds: number | null;
        }[];
        mediums: {
            medium: string;
            visits: number;
            /** Visits with one page view and nothing else, in percent; null without visits. */
            bounce_rate: number | null;
            /**
             * The average duration of a visit in seconds; null without visits.
             * @example 95.5
             */
            visit_duration_seconds: number | null;
        }[];
        campaigns: {
            campaign: string;
            visits: number;
            /** Visits with one page view and nothing else, in percent; null without visits. */
            bounce_rate: number | null;
            /**
             * The average duration of a visit in seconds; null without visits.
             * @example 95.5
             */
            visit_duration_seconds: number | null;
        }[];
    };
    devices: {
        /** Such as `desktop`, `mobile`, `tablet`; or `unknown`. */
        device: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounce_rate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visit_duration_seconds: number | null;
    }[];
    browsers: {
        browser: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounce_rate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visit_duration_seconds: number | null;
    }[];
    operating_systems: {
        os: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounce_rate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visit_duration_seconds: number | null;
    }[];
    countries: {
        /** ISO 3166-1 alpha-2, or `unknown`. */
        country: string;
        visits: number;
        /** Visits with one page view and nothing else, in percent; null without visits. */
        bounce_rate: number | null;
        /**
         * The average duration of a visit in seconds; null without visits.
         * @example 95.5
         */
        visit_duration_seconds: number | null;
    }[];
    event_types: {
        event_type: string;
        events: number;
    }[];
    bots: {
        /** @example Googlebot */
        bot: string;
        events: number;
    }[];
    /** The latest visits, newest first, of any day. */
    visits: TrackingVisit[];
    /** The latest events, newest first, of any day. */
    events: TrackingEvent[];
    /** Format: date-time */
    timestamp: string;
}
/** How far all events have come, and the traffic of people in the range. */
export interface TrackingSummary {
    /**
     * All accepted events, wherever they are in the pipeline.
     * @example 4200
     */
    total_events: number;
    /**
     * Events that were valid.
     * @example 4198
     */
    processed_to_staging: number;
    /**
     * Events that are counted in reports.
     * @example 4190
     */
    processed_to_business: number;
    /**
     * Counted events in percent of all; null without events.
     * @example 99.76
     */
    completion_rate: number | null;
    /** When the newest counted event occurred. */
    latest_event: string | null;
    /** A visitor counts once per day. */
    visitors: number;
    visits: number;
    page_views: number;
    /** @example 430 */
    events: number;
    /** Visits with one page view and nothing else, in percent; null without visits. */
    bounce_rate: number | null;
    /**
     * The average duration of a visit in seconds; null without visits.
     * @example 95.5
     */
    visit_duration_seconds: number | null;
    /**
     * Page views per visit; null without visits.
     * @example 2.73
     */
    pages_per_visit: number | null;
    /** Events of bots, which are not part of the other numbers. */
    bot_events: number;
}
/** The traffic of one hour or day. */
export interface TrackingInterval {
    /**
     * Format: date-time
     * The start of the interval in the site's zone.
     */
    start: string;
    /** Missing by the hour: visitors count per day. */
    visitors?: number | undefined;
    visits: number;
    page_views: number;
    /** @example 430 */
    events: number;
    /** Visits with one page view and nothing else, in percent; null without visits. */
    bounce_rate: number | null;
    /**
     * The average duration of a visit in seconds; null without visits.
     * @example 95.5
     */
    visit_duration_seconds: number | null;
    /**
     * Page views per visit; null without visits.
     * @example 2.73
     */
    pages_per_visit: number | null;
}
/** One visit, page by page. */
export interface TrackingVisit {
    session_id: string;
    /** Format: date-time */
    started_at: string;
    /** Format: date-time */
    ended_at: string;
    /** @example 95.5 */
    duration_seconds: number;
    events: number;
    page_views: number;
    /** Whether the visit had one page view and nothing else. */
    bounce: boolean;
    entry_page: string | null;
    exit_page: string | null;
    referrer: string | null;
    utm_source: string | null;
    utm_medium: string | null;
    utm_campaign: string | null;
    device: string;
    browser: string | null;
    os: string | null;
    country: string | null;
}
/** An event that is counted in reports. */
export interface TrackingEvent {
    event_id: string;
    event_type: string;
    /** Without query and fragment. */
    page_url: string | null;
    session_id: string;
    visitor_id: string;
    /**
     * Format: date-time
     * By the sender's clock, corrected by the server's.
     */
    occurred_at: string;
    /** The host of the other site that led here. */
    referrer: string | null;
    device: string;
    browser: string | null;
    os: string | null;
    country: string | null;
    /** The name of the bot; null for people. */
    bot: string | null;
    quality: EventQuality;
    /** How complete the event is, from 0 to 1. */
    quality_score: number;
    event_data: JsonObject;
}
/** A run that completed, or that was skipped. */
export type SiteProcessingResponse = SiteProcessingCompleted | SiteProcessingSkipped;
/** The run completed: its counts and details. */
export interface SiteProcessingCompleted {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    scheduledFor: string;
    staged: number;
    processed: number;
    deadLetters: number;
    replayed: number;
    /** @example 12 processed */
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
/** Nothing was run, and why. */
export interface SiteProcessingSkipped {
    /** @constant */
    status: "ok";
    /** @constant */
    skipped: true;
    reason: SkipReason;
    detail: string;
    /** Format: date-time */
    scheduledFor: string;
}
/** A run that continues by itself, and how far it is. */
export interface SiteProcessingPartial {
    /** @constant */
    status: "partial";
    /** @constant */
    skipped: false;
    /** Format: date-time */
    scheduledFor: string;
    progress: RunProgress;
}
/** What was processed: of one site, or by the job. */
export type EventsProcessed = SiteProcessed | SiteProcessingResponse;
/** What was processed for the site of the read key. The counts also stand beside `result`. */
export interface SiteProcessed {
    /** @constant */
    success: true;
    /** @constant */
    status: "ok";
    /** @example 12 processed */
    message: string;
    result: ProcessingResult;
    staged: number;
    processed: number;
    dead_letters: number;
    replayed: number;
    remaining: number;
}
/** The state of a site's pipeline. */
export interface TrackingStatus {
    /** @constant */
    success: true;
    customer_id: string;
    /**
     * `processing` while events wait.
     */
    status: "idle" | "processing";
    pipeline_status: TrackingPipeline;
    /** The last ten counted events, newest first. */
    recent_events: TrackingRecentEvent[];
    /** How many events wait for validation (`raw`), and to be counted (`staging`). */
    pending: {
        raw: number;
        staging: number;
    };
    /** The oldest event that waits; null if none does. */
    oldest_pending: {
        /** Format: date-time */
        received_at: string;
        age_seconds: number;
    } | null;
    /** Events that cannot be processed, by reason. */
    dead_letters: DeadLetterGroup[];
    /** The same events as `recent_events`, as in earlier releases. */
    events: TrackingEvent[];
    /** Format: date-time */
    timestamp: string;
}
/** What waits, and what failed. */
export interface TrackingPipeline {
    /** How many events wait for validation (`raw`), and to be counted (`staging`). */
    pending: {
        raw: number;
        staging: number;
    };
    /** The oldest event that waits; null if none does. */
    oldest_pending: {
        /** Format: date-time */
        received_at: string;
        age_seconds: number;
    } | null;
    /** Events that cannot be processed, by reason. */
    dead_letters: DeadLetterGroup[];
}
/** Events that cannot be processed for the same reason. The other fields are those of the newest. */
export interface DeadLetterGroup {
    reason: RejectReason;
    /**
     * The layer that the events could not reach.
     */
    layer: "staging" | "business";
    count: number;
    /**
     * The field of the event that is wrong.
     * @example event_type
     */
    field: string;
    /** @example a text of 1 to 255 characters */
    expected: string;
    got: string;
    event_id: string;
}
/** One of the last events. */
export interface TrackingRecentEvent {
    event_id: string;
    event_type: string;
    /** Without query and fragment. */
    page_url: string | null;
    session_id: string;
    visitor_id: string;
    /**
     * Format: date-time
     * By the sender's clock, corrected by the server's.
     */
    occurred_at: string;
    /** The host of the other site that led here. */
    referrer: string | null;
    device: string;
    browser: string | null;
    os: string | null;
    country: string | null;
    /** The name of the bot; null for people. */
    bot: string | null;
    quality: EventQuality;
    /** How complete the event is, from 0 to 1. */
    quality_score: number;
    event_data: JsonObject;
    raw_event_type: string;
}
/** The health, as the older API answers it at `/health`. */
export interface ServiceHealth {
    status: HealthStatus;
    /** @constant */
    service: "taktwerk";
    /** The results of the checks by component and measure, such as `mail:server`; only for operators. */
    checks?: {
        [key: string]: HealthFinding[];
    } | undefined;
}
/** The health of the database, as the older API answers it at `/health/db`. */
export interface DatabaseHealth {
    status: HealthStatus;
    database: "connected" | "unavailable";
    /** Whether events of sites can be stored. */
    auth_functions_available: {
        /** @example true */
        track_site_event: boolean;
    };
    /** The results of the checks by component and measure, such as `mail:server`; only for operators. */
    checks?: {
        [key: string]: HealthFinding[];
    } | undefined;
}
/** Every error has this form. */
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
export interface AcceptInvitationInput {
    body: AcceptInvitationRequest;
}
export interface AcknowledgeIncidentInput {
    /**
     * The incident.
     * @example 7
     */
    id: string;
    body: AcknowledgeRequest;
}
export interface CancelBookingInput {
    /**
     * Format: uuid
     * The booking's id.
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface ChangePasswordInput {
    body: PasswordChange;
}
export interface ConfirmSecondFactorInput {
    body: FirstCode;
}
export interface CreateApiTokenInput {
    body: ApiTokenRequest;
}
export interface CreateBookingInput {
    /**
     * A new key for each booking. A request that is repeated with the same key does not book twice.
     * @example my-first-booking-of-7
     */
    idempotencyKey?: string | undefined;
    body: BookingRequest;
}
export interface CreateFirstOperatorInput {
    body: FirstOperatorRequest;
}
export interface CreateSiteInput {
    body: SiteInput;
}
export interface CreateSiteKeyInput {
    /**
     * The site's `customerId`.
     * @example one-of-mine
     */
    id: string;
    body: SiteKeyRequest;
}
export interface DeleteAvailabilityInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: WorkingHoursKeyBatch;
}
export interface DeleteExceptionsInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: ExceptionKeyBatch;
}
export interface DeleteExercisesInput {
    body: ExerciseKeyBatch;
}
export interface DeleteFriendshipsInput {
    body: FriendshipKeyBatch;
}
export interface DeleteOperatorInput {
    /**
     * The operator.
     * @example one-of-mine
     */
    id: string;
}
export interface DeleteProvidersInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: ProviderKeyBatch;
}
export interface DeleteServicesInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: ServiceKeyBatch;
}
export interface DeleteTimeSlotsInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: TimeSlotKeyBatch;
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
    /**
     * By what appointments are grouped.
     * @default day
     */
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
export interface GetAwardsInput {
    /**
     * The user. With a user's token, it is that user.
     * @example one-of-mine
     */
    userId?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 100
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLCJvbmUtb2YtbWluZSJd
     */
    cursor?: string | undefined;
}
export interface GetBadgesInput {
    /**
     * The user. With a user's token, it is that user.
     * @example one-of-mine
     */
    userId?: string | undefined;
}
export interface GetBookingInput {
    /**
     * Format: uuid
     * The booking's id.
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface GetExecutionInput {
    /**
     * Format: uuid
     * The id of the execution.
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface GetIncidentInput {
    /**
     * The incident.
     * @example 7
     */
    id: string;
}
export interface GetInvitationInput {
    body: InvitationLink;
}
export interface GetJobInput {
    /** A job, as the command line names it. */
    job: JobCommand;
}
export interface GetLeaderboardInput {
    /**
     * The user. With a user's token, it is that user.
     * @example one-of-mine
     */
    userId?: string | undefined;
    /**
     * Format: date
     * A date in the week. By default the newest week that has ended.
     * @example 2026-02-02
     */
    week?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 100
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WzcuNSwib25lLW9mLW1pbmUiLDcuNV0
     */
    cursor?: string | undefined;
}
export interface GetMailOverviewInput {
    /**
     * The number of days up to today.
     * @default 14
     */
    days?: number | undefined;
    /**
     * The largest number of items in a page.
     * @default 50
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLDdd
     */
    cursor?: string | undefined;
}
export interface GetManagedBookingInput {
    /**
     * Format: uuid
     * The booking's id.
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface GetMemberInput {
    /**
     * The member's id.
     * @example one-of-mine
     */
    id: string;
}
export interface GetRankingInput {
    /**
     * The user of `own`. With a user's token, it is that user.
     * @example one-of-mine
     */
    userId?: string | undefined;
    /**
     * A month, `YYYY-MM`. By default the newest month that has ended.
     * @example 2026-02
     */
    month?: string | undefined;
    /**
     * All users who take part in the global rankings and have a value above 0, or a user and their direct friends.
     * @default global
     */
    scope?: ("global" | "friends") | undefined;
    /**
     * What users are ranked by.
     * @default points
     */
    category?: RankingCategory | undefined;
    /**
     * The largest number of items in a page.
     * @default 100
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WzcuNSwib25lLW9mLW1pbmUiLDcuNV0
     */
    cursor?: string | undefined;
}
export interface GetResultInput {
    /**
     * The user. With a user's token, it is that user.
     * @example one-of-mine
     */
    userId?: string | undefined;
    /**
     * Format: date
     * A date in the week. By default the newest week that has ended.
     * @example 2026-02-02
     */
    week?: string | undefined;
    /**
     * A month, `YYYY-MM`. By default the newest month that has ended.
     * @example 2026-02
     */
    month?: string | undefined;
}
export interface GetSiteDashboardInput {
    /**
     * The site's `customerId`.
     * @example one-of-mine
     */
    id: string;
    /**
     * The largest number of items of each list.
     * @default 20
     */
    limit?: number | undefined;
    /**
     * Format: date
     * The first day in the site's zone; 29 days before `to` by default.
     * @example 2026-02-02
     */
    from?: string | undefined;
    /**
     * Format: date
     * The last day in the site's zone, included; today by default.
     * @example 2026-02-02
     */
    to?: string | undefined;
    /**
     * The interval of the time series; by default the hour for one or two days, otherwise the day.
     */
    interval?: ("hour" | "day" | "week" | "month") | undefined;
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
export interface GetSportOverviewInput {
    /**
     * The number of weeks.
     * @default 12
     */
    weeks?: number | undefined;
    /**
     * The number of users on the leaderboard.
     * @default 20
     */
    limit?: number | undefined;
}
export interface GetTrackingDashboardInput {
    /**
     * The largest number of items of each list.
     * @default 20
     */
    limit?: number | undefined;
    /**
     * Format: date
     * The first day in the site's zone; 29 days before `to` by default.
     * @example 2026-02-02
     */
    from?: string | undefined;
    /**
     * Format: date
     * The last day in the site's zone, included; today by default.
     * @example 2026-02-02
     */
    to?: string | undefined;
    /**
     * The interval of the time series; by default the hour for one or two days, otherwise the day.
     */
    interval?: ("hour" | "day" | "week" | "month") | undefined;
    /** The customer of the site. If stated, it must be the key's customer. */
    xCustomerID?: string | undefined;
}
export interface GetTrackingStatusInput {
    /** The customer of the site. If stated, it must be the key's customer. */
    xCustomerID?: string | undefined;
}
export interface HoldSlotInput {
    /** The slot's id. */
    id: number;
}
export interface InviteOperatorInput {
    body: InviteOperatorRequest;
}
export interface ListAllProvidersInput {
    /**
     * The largest number of items in a page.
     * @default 1000
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyJvbmUtb2YtbWluZSJd
     */
    cursor?: string | undefined;
}
export interface ListAllServicesInput {
    /**
     * Only this provider.
     * @example one-of-mine
     */
    providerId?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 1000
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyJvbmUtb2YtbWluZSJd
     */
    cursor?: string | undefined;
}
export interface ListAppointmentsInput {
    /**
     * Format: date
     * The local date on which the appointments start.
     * @example 2026-02-02
     */
    date: string;
    /** Only appointments with this outcome. */
    outcome?: AppointmentOutcome | undefined;
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
export interface ListAuditLogInput {
    /**
     * Only changes by the operator or API token with this id.
     * @example one-of-mine
     */
    actor?: string | undefined;
    /**
     * Only calls of this operation, such as `updateBooking`.
     * @example one-of-mine
     */
    operation?: string | undefined;
    /**
     * Format: date-time
     * Only changes at or after this instant.
     * @example 2026-02-02T18:30:00Z
     */
    from?: string | undefined;
    /**
     * Format: date-time
     * Only changes before this instant.
     * @example 2026-02-02T18:30:00Z
     */
    to?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 50
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLDdd
     */
    cursor?: string | undefined;
}
export interface ListAvailabilityInput {
    /**
     * Only this provider.
     * @example one-of-mine
     */
    providerId?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 1000
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyJvbmUtb2YtbWluZSIsNyw3XQ
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
    /** Only customers with this risk. */
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
export interface ListExceptionsInput {
    /**
     * Only this provider.
     * @example one-of-mine
     */
    providerId?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 1000
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyJvbmUtb2YtbWluZSIsIjIwMjYtMDItMDIiLCJjbG9zZWQiLDdd
     */
    cursor?: string | undefined;
}
export interface ListExecutionsInput {
    /** Only this job. */
    job?: JobCommand | undefined;
    /** Only appointments with this outcome. */
    outcome?: ExecutionOutcome | undefined;
    /**
     * Only dry runs, or only others; without it, both.
     */
    dryRun?: ("true" | "false") | undefined;
    /**
     * Format: date-time
     * Only executions that started then or later.
     * @example 2026-02-02T18:30:00Z
     */
    from?: string | undefined;
    /**
     * Format: date-time
     * Only executions that started before.
     * @example 2026-02-02T18:30:00Z
     */
    to?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 50
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLCIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDAiXQ
     */
    cursor?: string | undefined;
}
export interface ListIncidentsInput {
    /**
     * Only those that are open, or closed.
     * @default all
     */
    state?: ("open" | "closed" | "all") | undefined;
    /**
     * The largest number of items in a page.
     * @default 50
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLDdd
     */
    cursor?: string | undefined;
}
export interface ListManagedSlotsInput {
    /**
     * Only this provider.
     * @example one-of-mine
     */
    providerId?: string | undefined;
    /**
     * Format: date
     * The first date, local to each provider.
     * @example 2026-02-02
     */
    from: string;
    /**
     * Format: date
     * The last date, included; at most 30 days after `from`.
     * @example 2026-02-02
     */
    to: string;
    /**
     * The largest number of items in a page.
     * @default 1000
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLDdd
     */
    cursor?: string | undefined;
}
export interface ListMembersInput {
    /** Only members whose name, nickname, address or id contains this text. */
    search?: string | undefined;
    /**
     * Only members who are evaluated or not, have no address, or opted out of summary mails.
     */
    state?: ("active" | "inactive" | "no-address" | "opted-out") | undefined;
    /**
     * The largest number of items in a page.
     * @default 50
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyJvbmUtb2YtbWluZSIsIm9uZS1vZi1taW5lIl0
     */
    cursor?: string | undefined;
}
export interface ListRunsInput {
    /** Only this job. */
    job?: JobCommand | undefined;
    /** Only so many of the newest runs of each job, so that a busy job hides no other. */
    perJob?: number | undefined;
    /**
     * The largest number of items in a page.
     * @default 50
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyIyMDI2LTAyLTAyVDE4OjMwOjAwLjAwMFoiLCJvbmUtb2YtbWluZSJd
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
export interface ListSitesInput {
    /**
     * The largest number of items in a page.
     * @default 100
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyJvbmUtb2YtbWluZSJd
     */
    cursor?: string | undefined;
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
export interface ListTimeSlotsInput {
    /**
     * Only this service.
     * @example one-of-mine
     */
    serviceId?: string | undefined;
    /**
     * The largest number of items in a page.
     * @default 1000
     */
    limit?: number | undefined;
    /**
     * The `nextCursor` of the page before.
     * @example WyJvbmUtb2YtbWluZSIsNyw3XQ
     */
    cursor?: string | undefined;
}
export interface MoveBookingInput {
    /**
     * Format: uuid
     * The booking's id.
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
    body: MoveRequest;
}
export interface PauseJobInput {
    /** A job, as the command line names it. */
    job: JobCommand;
    body: PauseRequest;
}
export interface ProcessEventsInput {
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
    /** Replays only dead letters with this reason. */
    reason?: RejectReason | undefined;
    /** The customer of the site. If stated, it must be the key's customer. */
    xCustomerID?: string | undefined;
    body?: SiteProcessingParameters | undefined;
}
export interface ReclassifyAppointmentsInput {
    body?: ReclassificationRequest | undefined;
}
export interface ReleaseHoldInput {
    /** The slot's id. */
    id: number;
    body: ReleaseHoldRequest;
}
export interface RenewBackupCodesInput {
    body: PasswordConfirmation;
}
export interface RequestPasswordResetInput {
    body: PasswordResetRequest;
}
export interface ResendInvitationInput {
    /**
     * Format: uuid
     * The invitation.
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface ResetPasswordInput {
    body: PasswordReset;
}
export interface ResumeJobInput {
    /** A job, as the command line names it. */
    job: JobCommand;
}
export interface RetryMailsInput {
    body: RetryMailsRequest;
}
export interface RevokeApiTokenInput {
    /**
     * Format: uuid
     * The token's entry in the list.
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface RevokeInvitationInput {
    /**
     * Format: uuid
     * The invitation.
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
}
export interface RevokeSessionInput {
    /**
     * The session.
     * @example one-of-mine
     */
    id: string;
}
export interface RevokeSiteKeysInput {
    /**
     * The site's `customerId`.
     * @example one-of-mine
     */
    id: string;
    /** A write key only sends events; a read key does everything else for its site. */
    kind: SiteKeyKind;
}
export interface RunCalendarTrackingInput {
    /**
     * Format: date
     * Only this date, in the zone of the calendars.
     * @example 2026-02-02
     */
    date?: string | undefined;
    /**
     * Format: date
     * The first date of a range, in the zone of the calendars.
     * @example 2026-02-02
     */
    start?: string | undefined;
    /**
     * Format: date
     * The last date of a range, in the zone of the calendars.
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
     * Only this date, in the zone of the calendars.
     * @example 2026-02-02
     */
    date?: string | undefined;
    /**
     * Format: date
     * The first date of a range, in the zone of the calendars.
     * @example 2026-02-02
     */
    start?: string | undefined;
    /**
     * Format: date
     * The last date of a range, in the zone of the calendars.
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
export interface RunJobInput {
    body: RunJobRequest;
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
    /** Replays only dead letters with this reason. */
    reason?: RejectReason | undefined;
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
export interface SaveAvailabilityInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: WorkingHoursBatch;
}
export interface SaveExceptionsInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: ExceptionBatch;
}
export interface SaveExercisesInput {
    body: ExerciseBatch;
}
export interface SaveFriendshipsInput {
    body: FriendshipBatch;
}
export interface SaveProvidersInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: ProviderBatch;
}
export interface SaveServicesInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: ServiceBatch;
}
export interface SaveTimeSlotsInput {
    /**
     * Updates the slots at once instead of with the next maintenance.
     * @default false
     */
    maintain?: boolean | undefined;
    body: TimeSlotBatch;
}
export interface SaveUsersInput {
    body: UserBatch;
}
export interface SaveWorkoutsInput {
    body: WorkoutBatch;
}
export interface SearchInput {
    /**
     * What to look for.
     * @example ada
     */
    q: string;
    /**
     * The most hits of each kind.
     * @default 5
     */
    limit?: number | undefined;
}
export interface SignInInput {
    body: SignInRequest;
}
export interface StartSecondFactorInput {
    body: PasswordConfirmation;
}
export interface TrackEventsInput {
    /** The customer of the site. If stated, it must be the key's customer. */
    xCustomerID?: string | undefined;
    body: TrackRequest;
}
export interface TrackEventsLaterInput {
    /** The customer of the site. If stated, it must be the key's customer. */
    xCustomerID?: string | undefined;
    body: TrackRequest;
}
export interface UpdateAccountInput {
    body: OwnAccountChange;
}
export interface UpdateBookingInput {
    /**
     * Format: uuid
     * The booking's id.
     * @example 00000000-0000-4000-8000-000000000000
     */
    id: string;
    body: BookingChange;
}
export interface UpdateOperatorInput {
    /**
     * The operator.
     * @example one-of-mine
     */
    id: string;
    body: OperatorChange;
}
export interface UpdateSiteInput {
    /**
     * The site's `customerId`.
     * @example one-of-mine
     */
    id: string;
    body: SiteChange;
}
export interface UseBackupCodeInput {
    body: BackupCode;
}
export interface VerifySecondFactorInput {
    body: SecondFactorCode;
}

/** The operations of the API as methods. */
export interface Client {
  /**
   * Makes the account of an invitation and signs in. The session may then only set up the second factor.
   */
  acceptInvitation(input: AcceptInvitationInput, options?: CallOptions): Promise<Done>;
  /**
   * Takes note of an open incident: it has no reminders any more, but still the mail about its end.
   * A second note replaces the first.
   * Token: adminToken or apiToken or operatorSession.
   */
  acknowledgeIncident(input: AcknowledgeIncidentInput, options?: CallOptions): Promise<Incident>;
  /**
   * Cancels a booking for its customer.
   * Token: cancelToken.
   */
  cancelBooking(input: CancelBookingInput, options?: CallOptions): Promise<BookingResponse>;
  /**
   * Changes the operator's password.
   * The session continues under a new cookie; all others of the account end, and no browser is trusted any more.
   * Token: operatorSession.
   */
  changePassword(input: ChangePasswordInput, options?: CallOptions): Promise<Done>;
  /**
   * Runs a tick, as every job does after its response: fails stuck runs, records missed ones, and updates incidents.
   * Unfinished runs are left to the ticks of jobs.
   * Token: adminToken or apiToken or operatorSession.
   */
  cleanUpJobs(input?: Record<string, never>, options?: CallOptions): Promise<TickResult>;
  /**
   * Completes the second factor with a first code of the app, and returns the backup codes.
   * The session continues under a new cookie; all others of the account end, because they had no second factor.
   * Token: operatorSession.
   */
  confirmSecondFactor(input: ConfirmSecondFactorInput, options?: CallOptions): Promise<BackupCodes>;
  /**
   * Creates an API token. It is shown only in this answer.
   * Token: adminToken or apiToken or operatorSession.
   */
  createApiToken(input: CreateApiTokenInput, options?: CallOptions): Promise<NewApiToken>;
  /**
   * Books a place. A repeated request with the same key returns the same booking.
   */
  createBooking(input: CreateBookingInput, options?: CallOptions): Promise<BookingCreated>;
  /**
   * Invites the first admin, with ADMIN_TOKEN, as long as there is no operator.
   * Token: adminToken.
   */
  createFirstOperator(input: CreateFirstOperatorInput, options?: CallOptions): Promise<InvitationSent>;
  /**
   * Creates a site and shows its keys once.
   * Token: adminToken or apiToken or operatorSession.
   */
  createSite(input: CreateSiteInput, options?: CallOptions): Promise<SiteCreated>;
  /**
   * Creates a new key of a kind and shows it once; the old keys stay valid for `oldValidForMinutes`.
   * Token: adminToken or apiToken or operatorSession.
   */
  createSiteKey(input: CreateSiteKeyInput, options?: CallOptions): Promise<SiteKey>;
  /**
   * Deletes the weekly working hours of providers.
   * Token: adminToken or apiToken or operatorSession.
   */
  deleteAvailability(input: DeleteAvailabilityInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Deletes exceptions: dates on which a provider's hours differ from the week.
   * Token: adminToken or apiToken or operatorSession.
   */
  deleteExceptions(input: DeleteExceptionsInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Deletes exercises that no workout or badge uses.
   * Token: adminToken or apiToken or operatorSession.
   */
  deleteExercises(input: DeleteExercisesInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Deletes friendships.
   * Token: adminToken or apiToken or operatorSession.
   */
  deleteFriendships(input: DeleteFriendshipsInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Deletes the account of someone who has left, with their name in all records.
   * What they did stays in the audit log, under the id of the account. To keep the account, disable it instead.
   * Token: adminToken or apiToken or operatorSession.
   */
  deleteOperator(input: DeleteOperatorInput, options?: CallOptions): Promise<Done>;
  /**
   * Deletes providers.
   * This also deletes their services and hours. A provider with upcoming bookings is refused.
   * Token: adminToken or apiToken or operatorSession.
   */
  deleteProviders(input: DeleteProvidersInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Deletes services.
   * This also deletes their time slots and slots. A service with upcoming bookings is refused.
   * Token: adminToken or apiToken or operatorSession.
   */
  deleteServices(input: DeleteServicesInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Deletes time slots: the weekly times at which services are offered.
   * Token: adminToken or apiToken or operatorSession.
   */
  deleteTimeSlots(input: DeleteTimeSlotsInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Erases users with all their data and results.
   * Token: adminToken or apiToken or operatorSession.
   */
  deleteUsers(input: DeleteUsersInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Deletes workouts.
   * Periods that have been evaluated already are evaluated again if the change is not too late.
   * Token: adminToken or apiToken or operatorSession or userToken.
   */
  deleteWorkouts(input: DeleteWorkoutsInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Shows the attendance in groups and as a whole, with the trend against the range before.
   * Token: adminToken or apiToken or operatorSession.
   */
  getAttendance(input?: GetAttendanceInput, options?: CallOptions): Promise<Attendance>;
  /**
   * Shows the attendance by weekday and local hour.
   * Token: adminToken or apiToken or operatorSession.
   */
  getAttendanceHeatmap(input?: GetAttendanceHeatmapInput, options?: CallOptions): Promise<AttendanceHeatmap>;
  /**
   * Lists the awards of a user, newest first.
   * Token: adminToken or apiToken or operatorSession or userToken.
   */
  getAwards(input?: GetAwardsInput, options?: CallOptions): Promise<EarnedAwardList>;
  /**
   * Lists all badges of a user, newest first.
   * Token: adminToken or apiToken or operatorSession or userToken.
   */
  getBadges(input?: GetBadgesInput, options?: CallOptions): Promise<EarnedBadgeList>;
  /**
   * Shows a booking to its customer.
   * Token: cancelToken.
   */
  getBooking(input: GetBookingInput, options?: CallOptions): Promise<BookingResponse>;
  /**
   * Returns what `/api/health` returns, and what clients of the older API read of the database.
   */
  getDatabaseHealth(input?: Record<string, never>, options?: CallOptions): Promise<DatabaseHealth>;
  /**
   * Shows one execution of a job: its steps, its log, and the other executions of the same occurrence.
   * Token: adminToken or apiToken or operatorSession.
   */
  getExecution(input: GetExecutionInput, options?: CallOptions): Promise<ExecutionDetails>;
  /**
   * Returns whether this deployment is healthy; for operators and programs with a token also the result of each check.
   */
  getHealth(input?: Record<string, never>, options?: CallOptions): Promise<Health>;
  /**
   * Shows an incident.
   * Token: adminToken or apiToken or operatorSession.
   */
  getIncident(input: GetIncidentInput, options?: CallOptions): Promise<Incident>;
  /**
   * Shows the invitation of a link. It uses nothing up.
   * It is sent with POST so that no log of addresses contains the token.
   */
  getInvitation(input: GetInvitationInput, options?: CallOptions): Promise<OpenInvitation>;
  /**
   * Shows a job, how it does, and which parameters its runs take.
   * Token: adminToken or apiToken or operatorSession.
   */
  getJob(input: GetJobInput, options?: CallOptions): Promise<JobDetails>;
  /**
   * Ranks a user and their direct friends by the points of a week; equal points share a rank.
   * Token: adminToken or apiToken or operatorSession or userToken.
   */
  getLeaderboard(input?: GetLeaderboardInput, options?: CallOptions): Promise<Leaderboard>;
  /**
   * Shows the mails by day and by what became of them, what waits, and the mails that failed last.
   * Token: adminToken or apiToken or operatorSession.
   */
  getMailOverview(input?: GetMailOverviewInput, options?: CallOptions): Promise<MailOverview>;
  /**
   * Shows a booking with the fields for operators.
   * Token: adminToken or apiToken or operatorSession.
   */
  getManagedBooking(input: GetManagedBookingInput, options?: CallOptions): Promise<ManagedBookingResponse>;
  /**
   * Shows a member with results, goals and friends.
   * Token: adminToken or apiToken or operatorSession.
   */
  getMember(input: GetMemberInput, options?: CallOptions): Promise<MemberDetails>;
  /**
   * Shows everything an operator wants to see: jobs, mails, slots, attendance, sites, and open incidents.
   * Token: adminToken or apiToken or operatorSession.
   */
  getMonitoring(input?: Record<string, never>, options?: CallOptions): Promise<Monitoring>;
  /**
   * Shows what waits for an operator, and the newest figures of every area, as the console opens with them.
   * Token: adminToken or apiToken or operatorSession.
   */
  getOverview(input?: Record<string, never>, options?: CallOptions): Promise<Overview>;
  /**
   * Ranks all users who take part in the global rankings, or a user and their direct friends, by a month.
   * Global rankings end with rank 100; their ranks are those of the evaluation, without users who have hidden since. A user's token reads only the rankings in which that user takes part. `friends` requires `userId` with ADMIN_TOKEN.
   * Token: adminToken or apiToken or operatorSession or userToken.
   */
  getRanking(input?: GetRankingInput, options?: CallOptions): Promise<Ranking>;
  /**
   * Shows a user's result of a week or month: points, workouts, goals, ranks, badges and awards.
   * Of the week that contains the date `week`, or of `month`; without either, of the newest week that has ended.
   * Token: adminToken or apiToken or operatorSession or userToken.
   */
  getResult(input?: GetResultInput, options?: CallOptions): Promise<Result>;
  /**
   * Returns what `/api/health` returns, for clients of the older API.
   */
  getServiceHealth(input?: Record<string, never>, options?: CallOptions): Promise<ServiceHealth>;
  /**
   * Says who is signed in in this browser, and how far a sign-in has come.
   * It also extends the session, so that it ends 14 days after the last visit.
   */
  getSession(input?: Record<string, never>, options?: CallOptions): Promise<PresentSession>;
  /**
   * Shows the traffic of a site: totals, a time series, pages, referrers, devices, visits and events.
   * Token: adminToken or apiToken or operatorSession.
   */
  getSiteDashboard(input: GetSiteDashboardInput, options?: CallOptions): Promise<SiteDashboard>;
  /**
   * Counts the offered and booked places of each of the days ahead.
   * Slots count to their provider's local date. The first day is today in UTC.
   * Token: adminToken or apiToken or operatorSession.
   */
  getSlotCalendar(input?: GetSlotCalendarInput, options?: CallOptions): Promise<SlotCalendar>;
  /**
   * Returns the coverage, density and booking rate of the days ahead, with warnings.
   * Token: adminToken or apiToken or operatorSession.
   */
  getSlotMetrics(input?: GetSlotMetricsInput, options?: CallOptions): Promise<SlotMetrics>;
  /**
   * Shows the totals of the last weeks and months, and the leaderboard of the newest week.
   * Token: adminToken or apiToken or operatorSession.
   */
  getSportOverview(input?: GetSportOverviewInput, options?: CallOptions): Promise<SportOverview>;
  /**
   * Shows the traffic of the key's site: totals, a time series, pages, referrers, devices, visits and events.
   * Token: siteReadKey.
   */
  getTrackingDashboard(input?: GetTrackingDashboardInput, options?: CallOptions): Promise<TrackingDashboard>;
  /**
   * Shows the state of the site's pipeline: pending events, dead letters by reason, and the last ten events.
   * Token: siteReadKey.
   */
  getTrackingStatus(input?: GetTrackingStatusInput, options?: CallOptions): Promise<TrackingStatus>;
  /**
   * Holds a place of a slot during checkout.
   */
  holdSlot(input: HoldSlotInput, options?: CallOptions): Promise<Hold>;
  /**
   * Invites an operator by mail.
   * The link is valid for 7 days, once. A new invitation of the same address replaces the earlier one.
   * Token: adminToken or apiToken or operatorSession.
   */
  inviteOperator(input: InviteOperatorInput, options?: CallOptions): Promise<InvitationSent>;
  /**
   * Lists providers.
   * Token: adminToken or apiToken or operatorSession.
   */
  listAllProviders(input?: ListAllProvidersInput, options?: CallOptions): Promise<ManagedProviderList>;
  /**
   * Lists services.
   * Token: adminToken or apiToken or operatorSession.
   */
  listAllServices(input?: ListAllServicesInput, options?: CallOptions): Promise<ManagedServiceList>;
  /**
   * Lists the API tokens, the latest first, also those that are revoked or have expired.
   * Token: adminToken or apiToken or operatorSession.
   */
  listApiTokens(input?: Record<string, never>, options?: CallOptions): Promise<ApiTokenList>;
  /**
   * Lists a day's appointments, each with its outcome and the reason for it.
   * Also those that do not count: placeholders, and appointments that are gone from the calendar.
   * Token: adminToken or apiToken or operatorSession.
   */
  listAppointments(input: ListAppointmentsInput, options?: CallOptions): Promise<AppointmentList>;
  /**
   * Lists what operators and tokens changed, the latest first. Entries are kept 400 days.
   * Token: adminToken or apiToken or operatorSession.
   */
  listAuditLog(input?: ListAuditLogInput, options?: CallOptions): Promise<AuditLogPage>;
  /**
   * Lists the weekly working hours of providers.
   * Token: adminToken or apiToken or operatorSession.
   */
  listAvailability(input?: ListAvailabilityInput, options?: CallOptions): Promise<WorkingHoursList>;
  /**
   * Lists bookings, the latest start first.
   * Token: adminToken or apiToken or operatorSession.
   */
  listBookings(input?: ListBookingsInput, options?: CallOptions): Promise<ManagedBookingList>;
  /**
   * Lists customers and their reliability, the least reliable first.
   * Token: adminToken or apiToken or operatorSession.
   */
  listCustomers(input?: ListCustomersInput, options?: CallOptions): Promise<CustomerList>;
  /**
   * Lists exceptions: dates on which a provider's hours differ from the week.
   * Token: adminToken or apiToken or operatorSession.
   */
  listExceptions(input?: ListExceptionsInput, options?: CallOptions): Promise<ExceptionList>;
  /**
   * Lists every time a job ran, dry runs too: who started it, with which parameters, what became of it.
   * They are kept 400 days. `GET /api/admin/executions/{id}` also has the steps and the log.
   * Token: adminToken or apiToken or operatorSession.
   */
  listExecutions(input?: ListExecutionsInput, options?: CallOptions): Promise<ExecutionList>;
  /**
   * Lists the catalogue of exercises, by id.
   * Token: adminToken or apiToken or operatorSession or userToken.
   */
  listExercises(input?: Record<string, never>, options?: CallOptions): Promise<ExerciseList>;
  /**
   * Lists incidents, the newest first.
   * Token: adminToken or apiToken or operatorSession.
   */
  listIncidents(input?: ListIncidentsInput, options?: CallOptions): Promise<IncidentList>;
  /**
   * Lists the invitations that wait for an answer, the latest first.
   * Token: adminToken or apiToken or operatorSession.
   */
  listInvitations(input?: Record<string, never>, options?: CallOptions): Promise<InvitationList>;
  /**
   * Lists all jobs: when they run, how the last execution ended, how punctual they are and how long they take.
   * Token: adminToken or apiToken or operatorSession.
   */
  listJobs(input?: Record<string, never>, options?: CallOptions): Promise<JobList>;
  /**
   * Lists the slots of some days with their booked and held places, and marks those in conflict.
   * Token: adminToken or apiToken or operatorSession.
   */
  listManagedSlots(input: ListManagedSlotsInput, options?: CallOptions): Promise<ManagedSlotList>;
  /**
   * Lists members by name, with their points in the newest evaluated week.
   * Token: adminToken or apiToken or operatorSession.
   */
  listMembers(input?: ListMembersInput, options?: CallOptions): Promise<MemberList>;
  /**
   * Lists the accounts of operators by name.
   * Token: adminToken or apiToken or operatorSession.
   */
  listOperators(input?: Record<string, never>, options?: CallOptions): Promise<OperatorList>;
  /**
   * Lists the providers that can be booked, by name.
   */
  listProviders(input?: Record<string, never>, options?: CallOptions): Promise<ProviderList>;
  /**
   * Lists the runs of a job, or of all jobs: when they were due, when they began, what became of them.
   * Token: adminToken or apiToken or operatorSession.
   */
  listRuns(input?: ListRunsInput, options?: CallOptions): Promise<RunList>;
  /**
   * Lists the services that can be booked, by name.
   */
  listServices(input?: ListServicesInput, options?: CallOptions): Promise<ServiceList>;
  /**
   * Lists the browsers in which the operator is signed in, the one used last first.
   * Token: operatorSession.
   */
  listSessions(input?: Record<string, never>, options?: CallOptions): Promise<SessionList>;
  /**
   * Lists the sites by id, without their keys.
   * Token: adminToken or apiToken or operatorSession.
   */
  listSites(input?: ListSitesInput, options?: CallOptions): Promise<SiteList>;
  /**
   * Lists the slots that can be booked from one local date to another, both included.
   * `serviceId` or `providerId` is required. The default is a week from today; the longest range is 62 days.
   */
  listSlots(input?: ListSlotsInput, options?: CallOptions): Promise<SlotList>;
  /**
   * Lists time slots: the weekly times at which services are offered.
   * Token: adminToken or apiToken or operatorSession.
   */
  listTimeSlots(input?: ListTimeSlotsInput, options?: CallOptions): Promise<TimeSlotList>;
  /**
   * Moves a booking to another slot of its service.
   * Token: cancelToken.
   */
  moveBooking(input: MoveBookingInput, options?: CallOptions): Promise<BookingResponse>;
  /**
   * Pauses a job: crons and ticks do not start it, and nothing that it leaves out counts as missed.
   * A run in progress ends. A job that is paused already gets the new end and reason.
   * Token: adminToken or apiToken or operatorSession.
   */
  pauseJob(input: PauseJobInput, options?: CallOptions): Promise<PauseState>;
  /**
   * Processes pending events: with the cron secret those of all sites; with a read key those of its site.
   * With a read key, `customerId` is not a parameter, and the answer comes within about 20 seconds.
   * Token: cronSecret or siteReadKey.
   */
  processEvents(input?: ProcessEventsInput, options?: CallOptions): Promise<EventsProcessed | SiteProcessingPartial>;
  /**
   * Classifies all stored appointments again by today's rules, consultants and time zone, without reading a calendar.
   * Imported appointments, and those without a title, stay as they are.
   * Token: adminToken or apiToken or operatorSession.
   */
  reclassifyAppointments(input?: ReclassifyAppointmentsInput, options?: CallOptions): Promise<Reclassification>;
  /**
   * Releases a held place.
   * A hold that has expired or been released before gives the same answer.
   */
  releaseHold(input: ReleaseHoldInput, options?: CallOptions): Promise<HoldReleased>;
  /**
   * Replaces the backup codes by new ones.
   * Token: operatorSession.
   */
  renewBackupCodes(input: RenewBackupCodesInput, options?: CallOptions): Promise<BackupCodes>;
  /**
   * Sends an operator the link with which they set a new password.
   * The answer is the same, and as fast, for every address. The link is valid for 30 minutes, once; a newer one replaces it.
   */
  requestPasswordReset(input: RequestPasswordResetInput, options?: CallOptions): Promise<Done>;
  /**
   * Sends an invitation again, with a new link. The earlier link ends.
   * Token: adminToken or apiToken or operatorSession.
   */
  resendInvitation(input: ResendInvitationInput, options?: CallOptions): Promise<InvitationSent>;
  /**
   * Sets a new password with the link from a mail.
   * All sessions of the account end. The second factor stays.
   */
  resetPassword(input: ResetPasswordInput, options?: CallOptions): Promise<Done>;
  /**
   * Ends the pause of a job. The next tick catches up on a week or month that ended meanwhile.
   * A job that is not paused stays as it is.
   * Token: adminToken or apiToken or operatorSession.
   */
  resumeJob(input: ResumeJobInput, options?: CallOptions): Promise<PauseState>;
  /**
   * Queues failed mails again, by id or all of them.
   * A mail named by id is queued even if it may have been delivered or if its address is suppressed; the suppression is then lifted.
   * Token: adminToken or apiToken or operatorSession.
   */
  retryMails(input: RetryMailsInput, options?: CallOptions): Promise<MailsRetried>;
  /**
   * Revokes an API token at once.
   * Token: adminToken or apiToken or operatorSession.
   */
  revokeApiToken(input: RevokeApiTokenInput, options?: CallOptions): Promise<Done>;
  /**
   * Revokes an invitation; its link ends.
   * Token: adminToken or apiToken or operatorSession.
   */
  revokeInvitation(input: RevokeInvitationInput, options?: CallOptions): Promise<Done>;
  /**
   * Ends one of the operator's sessions.
   * Token: operatorSession.
   */
  revokeSession(input: RevokeSessionInput, options?: CallOptions): Promise<Done>;
  /**
   * Revokes all keys of a kind.
   * Token: adminToken or apiToken or operatorSession.
   */
  revokeSiteKeys(input: RevokeSiteKeysInput, options?: CallOptions): Promise<SiteKeysRevoked>;
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
   * Runs a job, and returns what its own endpoint would return.
   * For an operator, who has no secret of the crons. The execution is recorded under the caller's name.
   * Token: adminToken or apiToken or operatorSession.
   */
  runJob(input: RunJobInput, options?: CallOptions): Promise<AnyJobResponse | AnyJobPartial>;
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
   * Creates and updates the weekly working hours of providers.
   * Fields that an item omits get their defaults.
   * Token: adminToken or apiToken or operatorSession.
   */
  saveAvailability(input: SaveAvailabilityInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Creates and updates exceptions: dates on which a provider's hours differ from the week.
   * Fields that an item omits get their defaults.
   * Token: adminToken or apiToken or operatorSession.
   */
  saveExceptions(input: SaveExceptionsInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Creates and updates exercises.
   * The measure of an exercise that workouts or badges use cannot be changed. The points of stored workouts stay when those of an exercise change.
   * Token: adminToken or apiToken or operatorSession.
   */
  saveExercises(input: SaveExercisesInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Creates and updates friendships. The order of the two users does not matter.
   * Token: adminToken or apiToken or operatorSession.
   */
  saveFriendships(input: SaveFriendshipsInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Creates and updates providers.
   * Fields that an item omits get their defaults.
   * Token: adminToken or apiToken or operatorSession.
   */
  saveProviders(input: SaveProvidersInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Creates and updates services.
   * Fields that an item omits get their defaults. A service cannot change its provider.
   * Token: adminToken or apiToken or operatorSession.
   */
  saveServices(input: SaveServicesInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Creates and updates time slots: the weekly times at which services are offered.
   * Fields that an item omits get their defaults. On a weekday without time slots, a service is offered in the hours of its provider.
   * Token: adminToken or apiToken or operatorSession.
   */
  saveTimeSlots(input: SaveTimeSlotsInput, options?: CallOptions): Promise<CatalogBatchResult>;
  /**
   * Creates and updates users.
   * Fields that an item leaves out keep their values. A user's own token changes only that user, creates none, and changes neither `email` nor `isActive`.
   * Token: adminToken or apiToken or operatorSession or userToken.
   */
  saveUsers(input: SaveUsersInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Creates and updates workouts.
   * Periods that have been evaluated already are evaluated again if the workout is not too late. A workout may start up to a day in the future, because clients' clocks may be wrong.
   * Token: adminToken or apiToken or operatorSession or userToken.
   */
  saveWorkouts(input: SaveWorkoutsInput, options?: CallOptions): Promise<BatchResult>;
  /**
   * Finds members, bookings, jobs, executions and mails by a part of a name, an address, a subject or an id.
   * Text inside names is looked for among the first 100,000 members, the 10,000 bookings before and after now, and the newest 20,000 mails.
   * Token: adminToken or apiToken or operatorSession.
   */
  search(input: SearchInput, options?: CallOptions): Promise<SearchHits>;
  /**
   * Sends a test mail to the operator, and returns the mail server's reply, or why there is none.
   * Token: adminToken or apiToken or operatorSession.
   */
  sendTestAlert(input?: Record<string, never>, options?: CallOptions): Promise<TestAlertResult>;
  /**
   * Sends a test error to the error tracker, and returns its id, or why the tracker did not accept it.
   * Token: adminToken or apiToken or operatorSession.
   */
  sendTestError(input?: Record<string, never>, options?: CallOptions): Promise<TestErrorResult>;
  /**
   * Signs an operator in with e-mail address and password.
   * A wrong password, an unknown address and a disabled account get the same answer.
   */
  signIn(input: SignInInput, options?: CallOptions): Promise<SignInStep>;
  /**
   * Ends the session of this browser.
   * Token: operatorSession.
   */
  signOut(input?: Record<string, never>, options?: CallOptions): Promise<Done>;
  /**
   * Ends all sessions of the operator, also this one. No browser is trusted any more.
   * Token: operatorSession.
   */
  signOutEverywhere(input?: Record<string, never>, options?: CallOptions): Promise<Done>;
  /**
   * Begins to set up a second factor: returns the secret for the authenticator app.
   * It counts once `confirmSecondFactor` has got a code. Until then it can be begun again, with a new secret.
   * Token: operatorSession.
   */
  startSecondFactor(input: StartSecondFactorInput, options?: CallOptions): Promise<SecondFactorSetUp>;
  /**
   * Accepts one event or a list of up to 500, and processes them before it responds.
   * A page that cannot set headers sends the write key in the body, as `key`, with the type `text/plain`. If all events are invalid, none counts and the answer is an error about the first one.
   * Token: siteWriteKey.
   */
  trackEvents(input: TrackEventsInput, options?: CallOptions): Promise<TrackResult | PartialTrackResult>;
  /**
   * Accepts one event or a list of up to 500, and processes them after it has responded.
   * A page that cannot set headers sends the write key in the body, as `key`, with the type `text/plain`.
   * Token: siteWriteKey.
   */
  trackEventsLater(input: TrackEventsLaterInput, options?: CallOptions): Promise<TrackResult>;
  /**
   * Changes the operator's name or language.
   * Token: operatorSession.
   */
  updateAccount(input: UpdateAccountInput, options?: CallOptions): Promise<OwnAccount>;
  /**
   * Sets a booking's status: confirms it, cancels it, or records whether its customer came.
   * A pending booking can be confirmed or cancelled, a confirmed one cancelled. From its start on, a confirmed booking can become `completed` or `no_show`, and each of these the other. Customers get a mail about a confirmation and a cancellation. Setting the present status changes nothing.
   * Token: adminToken or apiToken or operatorSession.
   */
  updateBooking(input: UpdateBookingInput, options?: CallOptions): Promise<ManagedBookingResponse>;
  /**
   * Changes an operator's role, or disables or enables the account.
   * The change counts from the next request on: a disabled account's sessions end at once. One admin always remains.
   * Token: adminToken or apiToken or operatorSession.
   */
  updateOperator(input: UpdateOperatorInput, options?: CallOptions): Promise<Operator>;
  /**
   * Changes the name or the origins of a site, or closes it (`active`).
   * Token: adminToken or apiToken or operatorSession.
   */
  updateSite(input: UpdateSiteInput, options?: CallOptions): Promise<SiteSettings>;
  /**
   * Completes a sign-in with a backup code, which is then used up.
   */
  useBackupCode(input: UseBackupCodeInput, options?: CallOptions): Promise<Done>;
  /**
   * Completes a sign-in with a code of the authenticator app.
   * A code can be used once.
   */
  verifySecondFactor(input: VerifySecondFactorInput, options?: CallOptions): Promise<Done>;
}
