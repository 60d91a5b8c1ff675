import * as z from "zod";
import { config } from "../config/config.ts";
import { describeError } from "../errors.ts";
import { bearerToken, secretsEqual } from "../http/bearer.ts";
import { type Description, describe } from "../http/openapi/describe.ts";
import { countRefusal, limitByAddress } from "../http/rate-limit/rate-limit.ts";
import { type Endpoint, endpoint, type TimedHandler } from "../http/respond.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { log } from "../log.ts";
import { withoutSecrets } from "../scrub.ts";
import { runChecks } from "./checks.ts";
import type { Finding } from "./finding.ts";
import { FIELDS_OF_OLDER_PATHS } from "./older-paths.ts";

const respondHealth =
  (jobs: JobRegistry): TimedHandler =>
  async (request, now) => {
    const olderFields = FIELDS_OF_OLDER_PATHS[new URL(request.url).pathname] ?? (() => ({}));
    if (!isConfigured()) return respond("fail", olderFields({}));
    const trusted = await isTrusted(request);
    if (!trusted) await limitByAddress("reads", request);
    const findings = await runChecks(jobs, now);
    const statuses = Object.values(findings).map(({ status }) => status);
    const status = statuses.includes("fail") ? "fail" : statuses.includes("warn") ? "warn" : "pass";
    return respond(status, { ...olderFields(findings), ...(trusted && { checks: detailsOf(findings, now) }) });
  };

const TYPE = "application/health+json";

const statusSchema = z.enum(["pass", "warn", "fail"]);
const schema = z.object({
  status: statusSchema,
  checks: z.record(z.string(), z.looseObject({ status: statusSchema, output: z.string().optional() })).optional(),
});

const DESCRIPTIONS: { GET: Description } = {
  GET: {
    summary: "Returns whether this deployment is healthy; with `ADMIN_TOKEN` also the result of each check.",
    security: [],
    responses: {
      200: { about: "Healthy, perhaps with warnings.", type: TYPE, schema, example: { status: "pass" } },
      503: { about: "Not healthy.", type: TYPE, schema, example: { status: "fail" } },
    },
  },
};

/**
 * `GET /api/health` (docs/domain.md, section 9; draft-inadarei-api-health-check) answers 200 if healthy, also with warnings,
 * otherwise 503. The public sees only the status; with `ADMIN_TOKEN` the response contains the finding of each check. Each check has a time
 * limit, so the response comes within three seconds. Monitors may use HEAD. It also answers `/health` and `/health/db`.
 */
export function healthEndpoint(jobs: JobRegistry): Endpoint {
  const served = endpoint(DESCRIPTIONS, { GET: respondHealth(jobs) });
  return {
    ...served,
    HEAD: describe(async (request) => new Response(null, await served.GET(request)), {
      summary: "Returns the same as a status code alone.",
      security: [],
      responses: { 200: "Healthy, perhaps with warnings.", 503: "Not healthy." },
    }),
  };
}

/** Whether the settings are valid. If not, nothing works and no token can be checked; the log names the wrong setting. */
function isConfigured(): boolean {
  try {
    return config() !== undefined;
  } catch (error) {
    log("error", "health_check_failed", { check: "settings", error: describeError(error) });
    return false;
  }
}

/**
 * Whether the request has ADMIN_TOKEN. A wrong token is counted and sees what the public sees.
 * @throws AppError `rate-limited` (429) after too many.
 */
async function isTrusted(request: Request): Promise<boolean> {
  const { adminToken } = config();
  const token = bearerToken(request);
  if (token === undefined) return false;
  if (adminToken !== undefined && secretsEqual(token, adminToken)) return true;
  await countRefusal(request, "admin");
  return false;
}

/** Each check as the draft has it: a list of one, with the time of the look. What strangers said is scrubbed. */
function detailsOf(findings: Record<string, Finding>, now: Date) {
  const entries = Object.entries(findings).map(([name, { output, ...finding }]) => {
    const said = output === undefined ? {} : { output: withoutSecrets(output) };
    return [name, [{ ...finding, time: now.toISOString(), ...said }]];
  });
  return Object.fromEntries(entries) as Record<string, object[]>;
}

function respond(status: Finding["status"], details: object = {}): Response {
  return new Response(JSON.stringify({ status, ...details }), {
    status: status === "fail" ? 503 : 200,
    headers: { "Content-Type": "application/health+json", "Cache-Control": "no-store" },
  });
}
