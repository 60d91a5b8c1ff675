import type { Environment } from "../lib/config/config.ts";

/** Secrets and addresses of the local run, which listens on loopback only. Settings of the environment come first. */
const LOCAL = {
  CRON_SECRET: "local-cron-secret",
  ADMIN_TOKEN: "local-admin-token",
  CONSOLE_SECRET: "local-console-secret-local-console-secret",
  EMAIL_PREFERENCES_SECRET: "local-email-preferences",
  EMAIL_FROM: "Nordlicht Training <mail@nordlicht.example>",
  ALERT_EMAIL: "operator@club.example",
};

/** The settings that `npm start` and the command line add to an environment on the embedded database. */
export function localDefaults({ PORT }: Environment): Environment {
  return { ...LOCAL, EVENTS_BASE_URL: `http://127.0.0.1:${PORT ?? "3000"}` };
}
