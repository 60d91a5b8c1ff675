import * as z from "zod";
import { type Operation, operation, Reply } from "../http/operation.ts";
import { sentInstant } from "../http/responses/fields.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { withoutSecrets } from "../scrub.ts";
import { runChecks } from "./checks.ts";
import type { Finding } from "./finding.ts";
import { type Watcher, watcher } from "./watcher.ts";

const TYPE = "application/health+json";

const status = z
  .enum(["pass", "warn", "fail"])
  .meta({ id: "HealthStatus", description: "`warn` needs a person's attention, `fail` means down." });

const finding = z
  .object({
    status,
    output: z.string().optional().meta({ description: "A sentence that says what was found." }),
    observedValue: z.number().optional(),
    observedUnit: z.string().optional().meta({ description: "The unit of the observed value: `ms`, `s` or `MB`." }),
    time: sentInstant.meta({ description: "When it was checked." }),
  })
  .meta({
    id: "HealthFinding",
    description: "The result of a check.",
    examples: [
      {
        status: "warn",
        output: "the oldest mail has been due for 120 minutes",
        observedValue: 7200,
        observedUnit: "s",
        time: "2026-02-02T18:30:00.000Z",
      },
    ],
  });

const checks = z.record(z.string(), z.array(finding)).meta({
  description: "The results of the checks by component and measure, such as `mail:server`; only for operators.",
});

const health = z
  .object({ status, checks: checks.optional() })
  .meta({ id: "Health", description: "Whether this deployment is healthy (draft-inadarei-api-health-check)." });

const serviceHealth = z
  .object({ status, service: z.literal("taktwerk"), checks: checks.optional() })
  .meta({ id: "ServiceHealth", description: "The health, as the older API answers it at `/health`." });

const databaseHealth = z
  .object({
    status,
    database: z.enum(["connected", "unavailable"]),
    auth_functions_available: z
      .object({ track_site_event: z.boolean().meta({ examples: [true] }) })
      .meta({ description: "Whether events of sites can be stored." }),
    checks: checks.optional(),
  })
  .meta({
    id: "DatabaseHealth",
    description: "The health of the database, as the older API answers it at `/health/db`.",
  });

const answers = <S extends z.ZodType>(schema: S) => ({
  200: { description: "Healthy, perhaps with warnings.", type: TYPE, schema },
  503: { description: "Not healthy.", type: TYPE, schema },
});

const SHARED = { method: "GET" as const, access: watcher, readsQuery: true, opensDatabase: true };

/**
 * `GET /api/health` (docs/domain.md, section 9), and the same with other fields at two paths of the older API. Each check has
 * a time limit, so the response comes within three seconds.
 */
export const operations = (jobs: JobRegistry): readonly Operation[] => [
  operation({
    ...SHARED,
    id: "getHealth",
    path: "/api/health",
    summary:
      "Returns whether this deployment is healthy; for operators and programs with a token also the result of each check.",
    responses: answers(health),
    handle: async ({ caller, now }) => replyWith(await checkHealth(jobs, caller, now), {}),
  }),
  operation({
    ...SHARED,
    id: "getServiceHealth",
    path: "/health",
    summary: "Returns what `/api/health` returns, for clients of the older API.",
    responses: answers(serviceHealth),
    handle: async ({ caller, now }) =>
      replyWith(await checkHealth(jobs, caller, now), { service: "taktwerk" as const }),
  }),
  operation({
    ...SHARED,
    id: "getDatabaseHealth",
    path: "/health/db",
    summary: "Returns what `/api/health` returns, and what clients of the older API read of the database.",
    responses: answers(databaseHealth),
    handle: async ({ caller, now }) => {
      const result = await checkHealth(jobs, caller, now);
      return replyWith(result, databaseFields(result.findings));
    },
  }),
];

type Findings = Readonly<Record<string, Finding>>;

interface HealthResult {
  status: Finding["status"];
  findings: Findings;
  /** For operators. */
  checks?: z.input<typeof checks>;
}

/** Runs the checks. Without valid settings nothing can be checked. */
async function checkHealth(jobs: JobRegistry, { isConfigured, isTrusted }: Watcher, now: Date): Promise<HealthResult> {
  if (!isConfigured) return { status: "fail", findings: {} };
  const findings = await runChecks(jobs, now);
  const statuses = Object.values(findings).map(({ status }) => status);
  const status = statuses.includes("fail") ? "fail" : statuses.includes("warn") ? "warn" : "pass";
  return { status, findings, ...(isTrusted && { checks: detailsOf(findings, now) }) };
}

/** Each check as the draft has it: a list of one, with the time of the look. What strangers said is scrubbed. */
function detailsOf(findings: Findings, now: Date): z.input<typeof checks> {
  const details: z.input<typeof checks> = {};
  for (const [name, { output, ...finding }] of Object.entries(findings)) {
    details[name] = [{ ...finding, time: now, ...(output !== undefined && { output: withoutSecrets(output) }) }];
  }
  return details;
}

function databaseFields(findings: Findings) {
  const isUp = (name: string): boolean => (findings[name]?.status ?? "fail") !== "fail";
  return {
    database: isUp("database:responseTime") ? ("connected" as const) : ("unavailable" as const),
    auth_functions_available: { track_site_event: NEEDED_FOR_EVENTS.every(isUp) },
  };
}

const NEEDED_FOR_EVENTS = ["database:responseTime", "database:writable", "database:migrations"];

function replyWith<Fields extends object>({ status, checks }: HealthResult, fields: Fields) {
  const body = { status, ...fields, ...(checks !== undefined && { checks }) };
  const headers = { "Content-Type": TYPE };
  return status === "fail" ? new Reply(503 as const, body, headers) : new Reply(200 as const, body, headers);
}
