import * as z from "zod";
import { database } from "../../db/client.ts";
import { type Db, transact } from "../../db/db.ts";
import { bearerToken } from "../../http/bearer.ts";
import { flag } from "../../http/fields.ts";
import type { Description } from "../../http/openapi/describe.ts";
import { parse } from "../../http/parse.ts";
import type { Endpoint, TimedHandler } from "../../http/respond.ts";
import { JOB_ANSWERS, parametersOf } from "../../jobs/job-endpoint.ts";
import { currentMs } from "../../time/clock.ts";
import { REASONS } from "../events/reject-reason.ts";
import { authorizeRead, type Site } from "../sites/access.ts";
import { kindOf } from "../sites/keys.ts";
import { siteEndpoint } from "../sites/site-endpoint.ts";
import { countWaiting } from "./backlog.ts";
import { addCounts, type PipelineCounts, ZERO_COUNTS } from "./batch.ts";
import { replay } from "./dead-letters.ts";
import { MOST_REPLAYED, processNextBatch } from "./pipeline.ts";
import { siteProcessing } from "./sweep-job.ts";

const shared: Omit<Description, "security"> = {
  summary: siteProcessing.summary,
  query: siteProcessing.parameters,
  answers: JOB_ANSWERS,
};

const DESCRIBED: { GET: Description; POST: Description } = {
  GET: { ...shared, security: ["cronSecret"] },
  POST: {
    ...shared,
    summary:
      "Takes to its end whatever waits of site events: with a read key of its site's, which `customerId` is none of.",
    security: ["cronSecret", "siteReadKey"],
    body: siteProcessing.parameters.optional(),
  },
};

/**
 * `/api/v1/track/process`: with `CRON_SECRET` the job, for all sites; `POST` with a read key what waits of that site, at
 * once and without an entry in the ledger.
 * @param job The job's own endpoint.
 */
export const processEndpoint = (job: Endpoint): Endpoint =>
  siteEndpoint(DESCRIBED, {
    GET: (request) => job.GET(request),
    POST: (request, now) =>
      kindOf(bearerToken(request)) === undefined ? job.POST(request) : processOfSite(request, now),
  });

const parameters = z.strictObject({
  replay: flag,
  reason: z.enum(REASONS, { error: `one of ${REASONS.join(", ")}` }).optional(),
});

/** Somebody is waiting for the answer. */
const BUDGET_MS = 20_000;

const processOfSite: TimedHandler = async (request, now) => {
  const db = await database();
  const site = await authorizeRead(db, request, now);
  const given = parse(parameters, await parametersOf(request), "invalid-parameter");
  const replayed = given.replay
    ? await transact(db, (tx) => replay(tx, site.customerId, given.reason, MOST_REPLAYED))
    : 0;
  const { staged, processed, deadLetters } = await processFor(db, site, now);
  const waiting = await countWaiting(db, site.customerId);
  const remaining = waiting.raw + waiting.staging;
  return Response.json(
    { success: true, staged, processed, dead_letters: deadLetters, replayed, remaining },
    { headers: { "Cache-Control": "no-store" } },
  );
};

async function processFor(db: Db, site: Site, now: Date): Promise<PipelineCounts> {
  let sum = ZERO_COUNTS;
  const until = Number(now) + BUDGET_MS;
  const step: Parameters<typeof processNextBatch>[0] = async (work) => {
    const made = await transact(db, work);
    sum = addCounts(sum, made);
    return made;
  };
  while ((await processNextBatch(step, site, now)) && currentMs() < until);
  return sum;
}
