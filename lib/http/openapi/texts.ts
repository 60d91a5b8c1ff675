import type { Secret } from "./describe.ts";

/** What the API's document says of what all its operations share. */

const bearer = (description: string) => ({ type: "http", scheme: "bearer", description });

export const SECRETS: Record<Secret, object> = {
  cronSecret: bearer("`CRON_SECRET`: what the platform's crons carry."),
  adminToken: bearer("`ADMIN_TOKEN`: the operator, and servers of the platform."),
  userToken: {
    ...bearer(
      "The platform's own token of a signed-in user; `sub` is the user's id. It reaches that user's data only.",
    ),
    bearerFormat: "JWT",
  },
  siteWriteKey: bearer("A site's public write key, `twk_pub_…`; a beacon carries it in its body, as `key`."),
  siteReadKey: bearer("A site's secret read key, `twk_sec_…`."),
  cancelToken: bearer(
    "The cancel token of a booking, as the answer to `POST /api/bookings` and the customer's mail have it.",
  ),
};

/** The areas that operations are shown by; the first whose paths fit has one. */
export const AREAS: readonly { name: string; description: string; paths: RegExp }[] = [
  {
    name: "Booking",
    description: "What can be booked, and bookings.",
    paths: /^\/api\/(slots|bookings|providers|services)\b/,
  },
  {
    name: "Slots",
    description: "Setting up providers, services and hours; all bookings.",
    paths: /^\/api\/(events\/slots$|admin\/(slots|bookings|providers|services|availability|exceptions|time-slots)\b)/,
  },
  {
    name: "Sport",
    description: "Users, workouts, results and rankings, and the evaluation of weeks and months.",
    paths: /^\/api\/(sport\/|admin\/sport\b|events\/(weekly|monthly)$)/,
  },
  {
    name: "Attendance",
    description: "Who came to their appointments, as the calendars have it.",
    paths: /^\/api\/(tracking\/|events\/tracking$)/,
  },
  {
    name: "Sites",
    description: "Events of sites, their figures, and the sites' keys.",
    paths: /^\/api\/(v1\/track\b|admin\/sites\b)/,
  },
  {
    name: "Mail",
    description: "The mail queue and unsubscribing.",
    paths: /^\/api\/(admin\/emails\b|events\/emails\/)/,
  },
  { name: "Operations", description: "How it goes, and what an operator can do about it.", paths: /^\/api\// },
];

/** Errors that many operations share, by status. */
export const SHARED_ANSWERS: Readonly<Record<number, string>> = {
  400: "A parameter is not what was expected, or the body is no JSON.",
  401: "No secret, or a wrong one.",
  403: "The secret does not reach this, or the page's origin is not allowed.",
  413: "The body is too large.",
  415: "The body is of another type.",
  422: "A field of the body is not what was expected.",
  429: "Too many requests; `Retry-After` says in how many seconds to come again.",
  500: "Something went wrong here; the log has it under the request's id.",
  503: "A setting that this needs is missing or wrong, or the database cannot be reached.",
};

/** Parameters that go by the same name wherever they are taken, where they say nothing of themselves. */
export const PARAMETERS: Readonly<Record<string, string>> = {
  before: "The `next` of the page before.",
  customerId: "Only this site's.",
  days: "How many days.",
  daysAhead: "How many days ahead slots are kept.",
  dryRun: "Works it out and tells, but changes nothing.",
  force: "Does again what is done already.",
  forceCleanup: "Removes booked slots too once they are over; their bookings stay.",
  from: "The first day, or the instant, from which on.",
  limit: "How many at most.",
  maintain: "Lets the slots follow at once, and not with the next run of maintenance.",
  month: "A month, `YYYY-MM`; without it the newest that has ended.",
  providerId: "Only this provider's.",
  replay: "First sends dead letters the whole way again.",
  serviceId: "Only this service's.",
  timezone: "In which days are meant and times shown; the provider's own without it.",
  to: "The last day, or the instant before which.",
  userId: "Whose; a user's token means that user.",
  verbose: "Lists all of it.",
  week: "A date in the week that is meant; without it the newest that has ended.",
};
