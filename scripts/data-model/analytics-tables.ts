import { type Area, note, referencesTo } from "./area.ts";

/** The tables of analytics and of operation. */
export const ANALYTICS_AND_OPERATION: readonly Area[] = [
  {
    title: "Analytics: sites and received events",
    about: "An event moves from `raw` (as received) over `staging` (validated) to `business` (counted).",
    tables: {
      sites: note("The customers' websites, with their origins and time zone.", "lib/analytics/sites/sites.ts"),
      site_keys: note("Hashes of the write and read keys of a site.", "lib/analytics/sites/sites.ts"),
      site_salts: note(
        "The random value of a day (UTC) in the visitor hash; deleted after the day.",
        "lib/analytics/sites/access.ts",
      ),
      "raw.events": note("Events as received.", "lib/analytics/ingest/collect.ts"),
      "raw.event_ids": note(
        "Ids of recent events, so that an event sent twice counts once.",
        "lib/analytics/ingest/collect.ts",
      ),
      "raw.pending": note(
        "Events that wait for validation.",
        "lib/analytics/ingest/collect.ts",
        "lib/analytics/pipeline/dead-letters.ts",
      ),
      "raw.dead_letters": note(
        "Events that cannot be counted, with the reason.",
        "lib/analytics/pipeline/dead-letters.ts",
      ),
      "staging.events": note("Validated events.", "lib/analytics/pipeline/validate.ts"),
      "staging.pending": note("Validated events that wait to be counted.", "lib/analytics/pipeline/validate.ts"),
    },
    references: [
      ...referencesTo("sites", "customer_id", "raw.events", "raw.event_ids", "raw.pending", "raw.dead_letters"),
      ...referencesTo("sites", "customer_id", "staging.events", "staging.pending"),
      ...referencesTo("raw.events", "raw_id", "raw.pending", "raw.dead_letters", "staging.events"),
      { from: "staging.pending", to: "staging.events", by: "raw_id" },
    ],
  },
  {
    title: "Analytics: counted events",
    tables: {
      "business.events": note("Counted events.", "lib/analytics/pipeline/load.ts"),
      "business.sessions": note(
        "Visits: events of one session with less than 30 minutes between them.",
        "lib/analytics/pipeline/sessions.ts",
      ),
      "business.visitors": note("One row per visitor and day of the site.", "lib/analytics/pipeline/visitors.ts"),
      "business.pages": note("The pages of a site, with their views.", "lib/analytics/pipeline/visitors.ts"),
      "business.rollups": note(
        "Sums per hour or day by dimension (page, referrer, device, …); the reports read them.",
        "lib/analytics/pipeline/rollups.ts",
      ),
    },
    references: [
      { from: "business.events", to: "business.sessions", by: "customer_id, session_key" },
      { from: "business.events", to: "business.visitors", by: "customer_id, visitor_id" },
      { from: "business.events", to: "business.pages", by: "customer_id, page" },
      { from: "business.sessions", to: "business.visitors", by: "customer_id, visitor_id" },
    ],
  },
  {
    title: "Accounts of operators",
    about: "The library better-auth writes the tables of accounts and sessions (lib/operators/auth.ts).",
    tables: {
      operators: note("The people who work with the console, with their roles.", "lib/operators/auth.ts"),
      operator_sessions: note("Browsers that are signed in.", "lib/operators/auth.ts"),
      operator_credentials: note("Hashes of passwords.", "lib/operators/auth.ts"),
      operator_verifications: note(
        "Reset links, sign-ins that wait for their second factor, trusted browsers.",
        "lib/operators/auth.ts",
      ),
      operator_second_factors: note("Secrets of second factors and backup codes, encrypted.", "lib/operators/auth.ts"),
      operator_invitations: note("Invitations, with hashes of their links.", "lib/operators/invitations.ts"),
      api_tokens: note("Hashes of tokens of programs, with their scope and last use.", "lib/operators/api-tokens.ts"),
      audit_log: note("What operators and tokens changed.", "lib/audit/audit.ts"),
    },
  },
  {
    title: "Operation",
    tables: {
      rate_limits: note("Requests per caller in the current minute.", "lib/http/rate-limit/store.ts"),
      write_probe: note(
        "At most one row without meaning: the health check writes it to see whether the database accepts writes.",
        "lib/db/failures/write-probe.ts",
      ),
      database_owner: note(
        "One row: the environment to which this database belongs, so that a preview cannot migrate production's.",
        "lib/db/migrations/build-migration.ts",
      ),
    },
  },
];
