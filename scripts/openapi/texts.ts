import type { Credential } from "../../lib/http/access.ts";

/** Texts of the OpenAPI document that its operations share. */

const bearer = (description: string, bearerFormat?: string) => ({
  type: "http" as const,
  scheme: "bearer",
  description,
  ...(bearerFormat && { bearerFormat }),
});

type SecurityScheme = ReturnType<typeof bearer> | { type: "apiKey"; in: "cookie"; name: string; description: string };

export const SECRETS: Record<Credential, SecurityScheme> = {
  cronSecret: bearer("`CRON_SECRET`, which the platform's crons send."),
  adminToken: bearer("`ADMIN_TOKEN`, for servers of the platform. It has every role."),
  apiToken: bearer("An API token, `twk_api_…`, with the role that the operation names (`x-role`) or a higher one."),
  operatorSession: {
    type: "apiKey",
    in: "cookie",
    name: "__Secure-taktwerk.session_token",
    description:
      "The session of an operator who is signed in to the console and has the role that the operation names (`x-role`) or a " +
      "higher one. Over http the name of the cookie has no `__Secure-`. Changes must come from a page of the deployment.",
  },
  userToken: bearer(
    "The platform's token of a signed-in user. `sub` is the user's id. It gives access to that user's data only.",
    "JWT",
  ),
  siteWriteKey: bearer("A site's public write key, `twk_pub_…`. A beacon sends it in its body, as `key`."),
  siteReadKey: bearer("A site's secret read key, `twk_sec_…`."),
  cancelToken: bearer(
    "The cancel token of a booking, from the response to `POST /api/bookings` or from the customer's mail.",
  ),
};

/** What the groups of operations are for, by their tags. */
export const TAGS: Readonly<Record<string, string>> = {
  Booking: "Free slots, holds and bookings, for customers.",
  Slots: "Providers, services, working hours and all bookings, for the operator.",
  Sport: "Users, workouts, results and rankings.",
  Attendance: "Appointments from calendars, and whether customers came to them.",
  Sites: "Events of websites, their reports, and the sites' keys.",
  Mail: "The mail queue and unsubscribing.",
  Operations: "Monitoring, health and runs, for the operator.",
  Jobs: "The jobs, for crons and manual runs.",
  Accounts:
    "Accounts of operators: signing in to the console, second factors, invitations, API tokens, and the audit log.",
};

/** The errors that many operations share, by status. */
export const SHARED_ERRORS: Readonly<Record<number, string>> = {
  400: "A parameter is wrong, or the body is not JSON.",
  401: "The secret is missing or wrong.",
  403: "The secret does not give access to this, or the page's origin is not allowed.",
  413: "The body is too large.",
  415: "The content type of the body is not supported.",
  422: "A field of the body is wrong.",
  429: "Too many requests. `Retry-After` says after how many seconds to try again.",
  500: "Something went wrong here. The log has the details under the request's id.",
  503: "A required setting is missing or wrong, or the database is unavailable.",
};

/** Descriptions of parameters that have the same name in many operations, for schemas without a description. */
export const PARAMETER_DESCRIPTIONS: Readonly<Record<string, string>> = {
  category: "What users are ranked by.",
  cursor: "The `nextCursor` of the page before.",
  customerId: "Only this site.",
  date: "Only this date, in the zone of the calendars.",
  days: "The number of days.",
  daysAhead: "The number of days ahead for which slots are kept.",
  dryRun: "Returns what would happen, without changing anything.",
  end: "The last date of a range, in the zone of the calendars.",
  force: "Runs a period again that has been completed.",
  forceCleanup: "Also removes booked slots that are over; their bookings stay.",
  groupBy: "By what appointments are grouped.",
  job: "Only this job.",
  limit: "The largest number of items.",
  maintain: "Updates the slots at once instead of with the next maintenance.",
  month: "A month, `YYYY-MM`. By default the newest month that has ended.",
  outcome: "Only appointments with this outcome.",
  providerId: "Only this provider.",
  replay: "First processes the dead letters again.",
  risk: "Only customers with this risk.",
  serviceId: "Only this service.",
  start: "The first date of a range, in the zone of the calendars.",
  timezone: "The time zone of days and times. By default the provider's.",
  userId: "The user. With a user's token, it is that user.",
  verbose: "Lists all details.",
  week: "A date in the week. By default the newest week that has ended.",
};
