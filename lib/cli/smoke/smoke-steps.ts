import { bookingSteps } from "./booking-scenario.ts";
import { type Answer, expectAnswer, type Send, Unexpected, valueIn } from "./deployment.ts";
import type { Step } from "./run-steps.ts";
import { siteSteps } from "./site-scenario.ts";

export interface Secrets {
  cronSecret: string;
  adminToken: string;
}

/** A dry run computes everything a real run does, so it may take as long. */
const DRY_RUN_MS = 300_000;

/** The steps that users, sites, crons and the operator take, in order. */
export function smokeSteps(send: Send, { cronSecret, adminToken }: Secrets, email: string, now: Date): Step[] {
  return [
    {
      name: "health",
      run: async () => {
        const health = expectAnswer(await send("/api/health"), 200);
        const status = valueIn(health, "status");
        if (status !== "pass" && status !== "warn") {
          throw new Unexpected(`${health.request}: expected the status pass or warn, got ${JSON.stringify(status)}`);
        }
        expectAnswer(health, 200, { checks: undefined }); // details are for the operator only
      },
    },
    {
      name: "the database and its migrations",
      run: async () => requireMigrations(expectAnswer(await send("/api/health", { token: adminToken }), 200)),
    },
    {
      name: "the OpenAPI document",
      run: async () => {
        const document = expectAnswer(await send("/api/openapi.json"), 200);
        const version = valueIn(document, "openapi");
        if (typeof version === "string" && version.startsWith("3.")) return;
        throw new Unexpected(
          `${document.request}: expected an OpenAPI 3 document, got openapi ${JSON.stringify(version)}`,
        );
      },
    },
    {
      name: "wrong tokens are refused",
      run: async () => {
        const token = "a-token-that-is-not-set";
        expectAnswer(await send("/api/admin/sites", { token }), 401);
        expectAnswer(await send("/api/admin/sites"), 401);
        expectAnswer(await send("/api/events/weekly?dryRun=true", { method: "POST", token }), 401);
        expectAnswer(await send("/api/v1/track/status", { token }), 401);
      },
    },
    dryRun("weekly", "/api/events/weekly"),
    dryRun("slots", "/api/events/slots"),
    {
      name: "sport results",
      run: async () => {
        const unknownUser = "/api/sport/results?userId=smoke-nobody";
        expectAnswer(await send(unknownUser), 401);
        expectAnswer(await send(unknownUser, { token: adminToken }), 404, { "error.code": "not-found" });
      },
    },
    {
      name: "monitoring",
      run: async () => void expectAnswer(await send("/api/admin/monitoring", { token: adminToken }), 200),
    },
    ...siteSteps(send, adminToken),
    ...bookingSteps(send, adminToken, email, now),
  ];

  function dryRun(job: string, path: string): Step {
    return {
      name: `a dry run of ${job}`,
      run: async () => {
        const options = { method: "POST", token: cronSecret, timeoutMs: DRY_RUN_MS } as const;
        expectAnswer(await send(`${path}?dryRun=true`, options), [200, 202]);
      },
    };
  }
}

function requireMigrations(health: Answer): void {
  const { status, output } = Object(valueIn(health, "checks.database:migrations.0")) as Record<string, unknown>;
  if (status === "pass") return;
  throw new Unexpected(`${health.request}: expected the check of migrations to pass, got ${status} ${output ?? ""}`);
}
