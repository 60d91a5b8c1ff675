import { ANALYTICS_AND_OPERATION } from "./analytics-tables.ts";
import { type Area, note, referencesTo } from "./area.ts";

/** All tables by area, in the order of the page. The script fails if a table is missing here or exists only here. */
export const AREAS: readonly Area[] = [
  {
    title: "Jobs and supervision",
    tables: {
      job_runs: note(
        "One run: one row per occurrence of a job, with its state, lease and result.",
        "lib/jobs/ledger.ts",
      ),
      period_changes: note(
        "Periods with late entries that the next evaluation still has to read.",
        "lib/jobs/settlement.ts",
      ),
      cron_watches: note(
        "Since when each cron is expected to fire, and up to when its occurrences are accounted for.",
        "lib/supervision/watch.ts",
      ),
      job_executions: note(
        "One row for every time anything ran: by whom, with which parameters, steps, counts and log.",
        "lib/jobs/executions/store.ts",
      ),
      job_pauses: note("Jobs that neither crons nor ticks start, and until when.", "lib/jobs/pauses.ts"),
      incidents: note(
        "One row per incident, from its start to its end, with its alerts.",
        "lib/supervision/incidents.ts",
        "lib/supervision/outage.ts",
      ),
    },
    references: [{ from: "period_changes", to: "job_runs", by: "job_name, scheduled_for" }],
  },
  {
    title: "Members and training",
    tables: {
      users: note(
        "The members: what Taktwerk needs to know of the platform's users.",
        "lib/sport/training/user-operations.ts",
        "lib/mail/unsubscribe/unsubscribe-operations.ts",
      ),
      friendships: note(
        "One row per pair of members, the smaller id first, with the state of the friendship.",
        "lib/sport/training/friendship-operations.ts",
      ),
      exercises: note(
        "The catalogue of exercises, with measure, difficulty tier and points per unit.",
        "lib/sport/training/exercise-operations.ts",
      ),
      workouts: note("One row per training session of a member.", "lib/sport/training/workout-store.ts"),
      workout_activities: note(
        "The exercises of a workout, with their quantity and points.",
        "lib/sport/training/workout-store.ts",
      ),
    },
    references: referencesTo("users", "user_id", "workout_activities"),
  },
  {
    title: "Evaluation of training",
    about: "The evaluations compute all of this from the training.",
    tables: {
      weekly_results: note("One row per member and week: totals and goals.", "lib/sport/evaluation/period-results.ts"),
      monthly_results: note(
        "One row per member and month: totals and the monthly challenge.",
        "lib/sport/evaluation/period-results.ts",
      ),
      period_totals: note(
        "The sums over all members of each evaluated week and month.",
        "lib/sport/evaluation/period-totals.ts",
      ),
      leaderboard_results: note("A member's rank among friends in a week.", "lib/sport/evaluation/leaderboard.ts"),
      monthly_standings: note(
        "The rank of each value of the global monthly rankings.",
        "lib/sport/evaluation/monthly-rankings.ts",
      ),
      monthly_rankings: note(
        "A member's ranks in a month, globally and among friends.",
        "lib/sport/evaluation/monthly-rankings.ts",
      ),
      badges: note("The catalogue of badges and their levels. The migrations fill it."),
      user_badges: note("The badges that members have earned.", "lib/sport/evaluation/badges.ts"),
      awards: note("The awards of each week and month.", "lib/sport/evaluation/awards.ts"),
      notifications: note(
        "Tells a member about a new badge or award; the platform's app shows it.",
        "lib/sport/evaluation/badges.ts",
        "lib/sport/evaluation/awards.ts",
      ),
    },
    references: [
      ...referencesTo(
        "users",
        "user_id",
        "weekly_results",
        "monthly_results",
        "leaderboard_results",
        "monthly_rankings",
      ),
      ...referencesTo("users", "user_id", "user_badges", "awards", "notifications"),
      { from: "user_badges", to: "badges", by: "slug, level" },
    ],
  },
  {
    title: "Mail",
    tables: {
      email_queue: note(
        "The queue: one row per email, with its content, state and attempts.",
        "lib/mail/queue/enqueue.ts",
        "lib/mail/queue/queue-claims.ts",
      ),
      email_suppressions: note("Hashes of the addresses that get no more emails.", "lib/mail/queue/suppressions.ts"),
      email_rate: note("One row: the sending rate that all instances share.", "lib/db/rate-grants.ts"),
    },
  },
  {
    title: "Booking",
    tables: {
      providers: note(
        "Persons or rooms that offer services, each with a time zone.",
        "lib/booking/catalog/provider-operations.ts",
      ),
      services: note(
        "What customers can book: duration, buffers, price and minimum notice.",
        "lib/booking/catalog/service-operations.ts",
      ),
      provider_availability: note(
        "A provider's working hours by weekday (0 is Monday), with a break.",
        "lib/booking/catalog/availability-operations.ts",
      ),
      availability_exceptions: note(
        "Dates with different hours: a closed day, other hours or a blocked span.",
        "lib/booking/catalog/exception-operations.ts",
      ),
      service_time_slots: note(
        "The hours of the week in which a service is offered, with capacity and peak price.",
        "lib/booking/catalog/time-slot-operations.ts",
      ),
      booking_slots: note(
        "Slots: the bookable starts of each service, with their capacity and how much of it is taken.",
        "lib/booking/slots/write-slots.ts",
        "lib/booking/bookings/reserve.ts",
        "lib/booking/free-slots/holds.ts",
      ),
      slot_holds: note("Places kept for a checkout for 5 minutes.", "lib/booking/free-slots/holds.ts"),
      slot_days: note(
        "Places offered and booked on past days, since empty slots are deleted.",
        "lib/booking/slots/write-slots.ts",
      ),
      bookings: note(
        "Bookings, each with its own copy of service, provider, time and price.",
        "lib/booking/bookings/create-booking.ts",
        "lib/booking/bookings/booking-rows.ts",
      ),
    },
    references: [
      ...referencesTo("services", "service_id", "booking_slots", "bookings"),
      ...referencesTo("providers", "provider_id", "booking_slots", "slot_holds", "bookings"),
    ],
  },
  {
    title: "Attendance",
    tables: {
      calendar_appointments: note(
        "The appointments read from the calendars, each with its outcome and the reason for it.",
        "lib/attendance/appointment-store.ts",
      ),
      daily_metrics: note(
        "The figures of each day: counts, rates, and the counts by hour, consultant and potential.",
        "lib/attendance/metrics/daily-metrics.ts",
        "lib/attendance/import/import-file.ts",
      ),
      calendar_readings: note(
        "When each calendar was last read, and the last error.",
        "lib/attendance/google/sync-status.ts",
      ),
      calendar_rate: note("One row: the rate of requests to Google that all instances share.", "lib/db/rate-grants.ts"),
    },
    references: [
      { from: "calendar_appointments", to: "daily_metrics", by: "local_date" },
      { from: "calendar_appointments", to: "calendar_readings", by: "calendar_id" },
    ],
  },
  ...ANALYTICS_AND_OPERATION,
];
