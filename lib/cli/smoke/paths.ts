import { practiceSteps } from "./booking-scenario.ts";
import { type Answer, type Ask, expectAnswer, Unexpected, valueIn } from "./deployment.ts";
import { siteSteps } from "./site-scenario.ts";
import type { Step } from "./step.ts";

export interface Secrets {
  cronSecret: string;
  adminToken: string;
}

/** A dry run computes all that a real one would. */
const DRY_RUN_MS = 300_000;

/** Every path that users, sites, crons and the operator take, one after the other. */
export function paths(ask: Ask, { cronSecret, adminToken }: Secrets, email: string, now: Date): Step[] {
  return [
    {
      name: "health",
      run: async () => {
        const health = expectAnswer(await ask("/api/health"), 200);
        const status = valueIn(health, "status");
        if (status !== "pass" && status !== "warn") {
          throw new Unexpected(`${health.asked}: expected the status pass or warn, got ${JSON.stringify(status)}`);
        }
        expectAnswer(health, 200, { checks: undefined }); // details are not for all
      },
    },
    {
      name: "the database and its migrations",
      run: async () => requireMigrations(expectAnswer(await ask("/api/health", { token: adminToken }), 200)),
    },
    {
      name: "the description of the API",
      run: async () => {
        const description = expectAnswer(await ask("/api/openapi.json"), 200);
        const version = valueIn(description, "openapi");
        if (typeof version === "string" && version.startsWith("3.")) return;
        throw new Unexpected(
          `${description.asked}: expected an OpenAPI 3 document, got openapi ${JSON.stringify(version)}`,
        );
      },
    },
    {
      name: "wrong tokens are refused",
      run: async () => {
        const token = "a-token-that-nobody-has-set";
        expectAnswer(await ask("/api/admin/sites", { token }), 401);
        expectAnswer(await ask("/api/admin/sites"), 401);
        expectAnswer(await ask("/api/events/weekly?dryRun=true", { method: "POST", token }), 401);
        expectAnswer(await ask("/api/v1/track/status", { token }), 401);
      },
    },
    dryRun("weekly", "/api/events/weekly"),
    dryRun("slots", "/api/events/slots"),
    {
      name: "results of the sport",
      run: async () => {
        const nobodys = "/api/sport/results?userId=smoke-nobody";
        expectAnswer(await ask(nobodys), 401);
        expectAnswer(await ask(nobodys, { token: adminToken }), 404, { "error.code": "not-found" });
      },
    },
    {
      name: "monitoring",
      run: async () => void expectAnswer(await ask("/api/admin/monitoring", { token: adminToken }), 200),
    },
    ...siteSteps(ask, adminToken),
    ...practiceSteps(ask, adminToken, email, now),
  ];

  function dryRun(job: string, path: string): Step {
    return {
      name: `a dry run of ${job}`,
      run: async () => {
        const asked = { method: "POST", token: cronSecret, timeoutMs: DRY_RUN_MS } as const;
        expectAnswer(await ask(`${path}?dryRun=true`, asked), [200, 202]);
      },
    };
  }
}

function requireMigrations(health: Answer): void {
  const { status, output } = Object(valueIn(health, "checks.database:migrations.0")) as Record<string, unknown>;
  if (status === "pass") return;
  throw new Unexpected(`${health.asked}: expected the check of migrations to pass, got ${status} ${output ?? ""}`);
}
