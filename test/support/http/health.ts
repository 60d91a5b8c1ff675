import type { Environment } from "../../../lib/config/config.ts";
import type { Finding } from "../../../lib/health/finding.ts";
import { sharedServiceAccount } from "../../worlds/google-source.ts";
import { SETTINGS } from "./requests.ts";

/** What the operator reads of each check. */
export type Checks = Record<string, (Finding & { time: string })[]>;

/** The settings of a deployment that wants for nothing, with a mail server on this machine. */
export async function healthySettings(smtpPort: number): Promise<Environment> {
  const { credentials } = await sharedServiceAccount();
  return {
    ...SETTINGS,
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(smtpPort),
    EMAIL_FROM: "mail@club.example",
    ALERT_EMAIL: "operator@club.example",
    GOOGLE_CALENDAR_IDS: "team@club.example, second@club.example",
    GOOGLE_CREDS_BASE64: credentials("https://oauth2.googleapis.com/token"),
  };
}

/** The names of the checks that came to a status, in their order. */
export const having = (checks: Checks, wanted: Finding["status"]): string[] =>
  Object.entries(checks).flatMap(([name, [finding]]) => (finding?.status === wanted ? [name] : []));
