/** Texts outside the tabs, and texts that several tabs use. */
export const shellWords = {
  loading: "Loading …",
  working: "Working … this may take a few minutes.",
  answered: "Done. The server answered:",
  reload: "Reload",
  tryAgain: "Try again",
  cancel: "Cancel",
  close: "Close",
  details: "Details",
  skip: "Skip to content",
  allEndpoints: "All endpoints",
  areas: "Areas",
  asOf: (time: string): string => `Data as of ${time}`,
  asTable: "Numbers as a table",
  chart: (series: string, last: string, lowest: string, highest: string): string =>
    `${series}: last ${last}, lowest ${lowest}, highest ${highest}.`,
  day: "Day",
  zone: "Time zone",
  span: "Period",
  lastDays: (days: string): string => `last ${days} days`,
  daysIn: (zone: string): string => `Days in ${zone}.`,
  groups: { day: "Day", week: "Week from", month: "Month" } as Record<string, string>,
  language: "Language",
  colours: { label: "Colours", auto: "Colours: system", light: "Colours: light", dark: "Colours: dark" },
  signOut: "Sign out",
  signIn: {
    token: "Admin token",
    hint: "The ADMIN_TOKEN of this deployment. It stays in this tab; closing the tab deletes it.",
    submit: "Sign in",
    wrong: "This token is wrong (401). Please check it and try again.",
    forbidden: "This token may not read operators' data (403). Please sign in with the ADMIN_TOKEN.",
  },
  faults: {
    of: (status: number): string =>
      status === 0
        ? "The server cannot be reached."
        : status === 429
          ? "Too many requests."
          : status === 503
            ? "The server is not available at the moment."
            : status >= 500
              ? "The server failed."
              : "The server refuses this request.",
    retryAfter: (time: string): string => `Try again in ${time}.`,
    requestId: "Request id:",
  },
  health: {
    label: "Health",
    pass: "good",
    warn: "warning",
    fail: "failing",
    unknown: "unknown",
    checks: {
      "database:responseTime": "Database reachable",
      "database:writable": "Database writable",
      "database:migrations": "Migrations",
      "database:server": "Database server",
      "database:pooling": "Pooling",
      "database:connections": "Connections",
      "mail:queueAge": "Mail queue",
      "mail:server": "Mail server",
      "jobs:overdue": "Overdue jobs",
      "jobs:paused": "Paused jobs",
      "incidents:open": "Incidents",
      "calendar:reading": "Calendars",
      "rateLimit:store": "Rate limits",
      "tmp:room": "Disk space",
    } as Record<string, string>,
  },
  tabs: { jobs: "Jobs", mail: "Mail", slots: "Slots", attendance: "Attendance", site: "Site", sport: "Sport" },
};
