import * as z from "zod";
import { database } from "../../db/client.ts";
import { type Db, transact } from "../../db/db.ts";
import { bearerToken } from "../../http/bearer.ts";
import { flag } from "../../http/fields.ts";
import type { Description } from "../../http/openapi/describe.ts";
import { parse } from "../../http/parse.ts";
import type { Endpoint, TimedHandler } from "../../http/respond.ts";
import { readParameters } from "../../jobs/endpoint/job-endpoint.ts";
import { currentMs } from "../../time/clock.ts";
import { REJECT_REASONS } from "../events/reject-reason.ts";
import { authorizeRead, type Site } from "../sites/access.ts";
import { keyKindOf } from "../sites/keys.ts";
import { siteEndpoint } from "../sites/site-endpoint.ts";
import { readBacklog } from "./backlog.ts";
import { addCounts, type PipelineCounts, ZERO_COUNTS } from "./batch.ts";
import { replayDeadLetters } from "./dead-letters.ts";
import { MAX_REPLAYED, processNextBatch } from "./pipeline.ts";
import { summarizeProcessing } from "./processing-summary.ts";
import { siteProcessing } from "./sweep-job.ts";

const shared: Omit<Description, "security"> = {
  summary: siteProcessing.summary,
  query: siteProcessing.parameters,
};

const DESCRIBED: { GET: Description; POST: Description } = {
  GET: { ...shared, security: ["cronSecret"] },
  POST: {
    ...shared,
    summary:
      "Processes pending events: with the cron secret those of all sites; with a read key those of its site (without `customerId`).",
    security: ["cronSecret", "siteReadKey"],
    body: siteProcessing.parameters.optional(),
  },
};

/**
 * `/api/v1/track/process`: with `CRON_SECRET` the sweep job, for all sites. `POST` with a read key processes the pending
 * events of its site at once, without an entry in the ledger.
 * @param job The endpoint of the sweep job.
 */
export const processEndpoint = (job: Endpoint): Endpoint =>
  siteEndpoint(DESCRIBED, {
    GET: (request) => job.GET(request),
    POST: (request, now) =>
      keyKindOf(bearerToken(request)) === undefined ? job.POST(request) : processSite(request, now),
  });

const parameters = z.strictObject({
  replay: flag,
  reason: z.enum(REJECT_REASONS, { error: `one of ${REJECT_REASONS.join(", ")}` }).optional(),
});

/** The caller waits for the response. */
const TIME_LIMIT_MS = 20_000;

const processSite: TimedHandler = async (request, now) => {
  const db = await database();
  const site = await authorizeRead(db, request, now);
  const params = parse(parameters, await readParameters(request), "invalid-parameter");
  const replayed = params.replay
    ? await transact(db, (tx) => replayDeadLetters(tx, site.customerId, params.reason, MAX_REPLAYED))
    : 0;
  const counts = await processPending(db, site, now);
  const backlog = await readBacklog(db, site.customerId);
  const remaining = backlog.raw + backlog.staging;
  const { message, result } = summarizeProcessing({ ...counts, replayed }, remaining);
  return Response.json(
    // The counts also stand beside `result`, as in earlier releases.
    { success: true, status: "ok", message, result, ...result },
    { headers: { "Cache-Control": "no-store" } },
  );
};

async function processPending(db: Db, site: Site, now: Date): Promise<PipelineCounts> {
  let sum = ZERO_COUNTS;
  const until = Number(now) + TIME_LIMIT_MS;
  const inTransaction: Parameters<typeof processNextBatch>[0] = async (step) => {
    const result = await transact(db, step);
    sum = addCounts(sum, result);
    return result;
  };
  while ((await processNextBatch(inTransaction, site, now)) && currentMs() < until);
  return sum;
}
