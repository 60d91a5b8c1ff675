import type { Finding } from "./finding.ts";

type Findings = Readonly<Record<string, Finding>>;

/** The fields that `/health` and `/health/db` of the older API have beside the status (docs/domain.md, section 8). All are public. */
export const FIELDS_OF_OLDER_PATHS: Readonly<Record<string, (findings: Findings) => object>> = {
  "/health": () => ({ service: "taktwerk" }),
  "/health/db": (findings) => ({
    database: isUp(findings, "database:responseTime") ? "connected" : "unavailable",
    auth_functions_available: { track_site_event: NEEDED_FOR_EVENTS.every((name) => isUp(findings, name)) },
  }),
};

const NEEDED_FOR_EVENTS = ["database:responseTime", "database:writable", "database:migrations"];

const isUp = (findings: Findings, name: string): boolean => (findings[name]?.status ?? "fail") !== "fail";
