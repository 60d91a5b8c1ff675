import * as z from "zod";
import { type Db, transact } from "../../db/db.ts";
import type { Access } from "../../http/access.ts";
import { pathEndpoint } from "../../http/app/path-endpoint.ts";
import { bearerToken } from "../../http/bearer.ts";
import { flag } from "../../http/fields.ts";
import type { Endpoint } from "../../http/handler.ts";
import { type Operation, operation } from "../../http/operation.ts";
import { parse } from "../../http/parse.ts";
import { cronOnly } from "../../jobs/endpoint/cron-access.ts";
import { type JobHost, jobOperations, readParameters } from "../../jobs/endpoint/job-endpoint.ts";
import { currentMs } from "../../time/clock.ts";
import { rejectReason } from "../events/reject-reason.ts";
import type { Site } from "../sites/access.ts";
import { keyKindOf } from "../sites/keys.ts";
import { customerHeader, SITE_PAGES } from "../sites/site-pages.ts";
import { siteReader } from "../sites/site-reader.ts";
import { readBacklog } from "./backlog.ts";
import { addCounts, type PipelineCounts, ZERO_COUNTS } from "./batch.ts";
import { replayDeadLetters } from "./dead-letters.ts";
import { MAX_REPLAYED, processNextBatch } from "./pipeline.ts";
import { processingSummary, summarizeProcessing } from "./processing-summary.ts";
import { siteProcessing } from "./sweep-job.ts";

const parameters = z.strictObject({ replay: flag, reason: rejectReason.optional() });

const siteProcessed = z
  .object({
    success: z.literal(true),
    status: z.literal("ok"),
    ...processingSummary.shape,
    ...processingSummary.shape.result.shape,
  })
  .meta({
    id: "SiteProcessed",
    description: "What was processed for the site of the read key. The counts also stand beside `result`.",
  });

/** Processes the pending events of the key's site at once, without an entry in the ledger. */
const processSite = operation({
  id: "processEvents",
  method: "POST",
  path: siteProcessing.path,
  access: siteReader,
  summary: "Processes pending events: with the cron secret those of all sites; with a read key those of its site.",
  description: "With a read key, `customerId` is not a parameter, and the answer comes within about 20 seconds.",
  headers: customerHeader,
  readsQuery: true,
  responses: { 200: { description: "The events are processed.", schema: siteProcessed } },
  handle: async ({ db, caller: site, request, now }) => {
    const params = parse(parameters, await readParameters(request), "invalid-parameter");
    const replayed = params.replay
      ? await transact(db, (tx) => replayDeadLetters(tx, site.customerId, params.reason, MAX_REPLAYED))
      : 0;
    const counts = await processPending(db, site, now);
    const backlog = await readBacklog(db, site.customerId);
    const { message, result } = summarizeProcessing({ ...counts, replayed }, backlog.raw + backlog.staging);
    return { success: true as const, status: "ok" as const, message, result, ...result };
  },
});

/** The caller waits for the response. */
const TIME_LIMIT_MS = 20_000;

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

/** Crons and people with `CRON_SECRET`, or a site with its read key; the caller is the site, if it is one. */
const cronOrSiteReader: Access<Site | undefined> = {
  ...siteReader,
  credentials: [...cronOnly.credentials, ...siteReader.credentials],
  authenticate: (arrival) => {
    const access = keyKindOf(bearerToken(arrival.request)) === undefined ? cronOnly : siteReader;
    return access.authenticate(arrival);
  },
};

/** The operations of `/api/v1/track/process`: the sweep job for all sites, and the same for one site with its read key. */
export function processOperations(host: JobHost): readonly Operation[] {
  const [byCron, byHand] = jobOperations(siteProcessing, host);
  const { description, schema } = byHand.responses[200];
  const either = z
    .union([siteProcessed, schema])
    .meta({ id: "EventsProcessed", description: "What was processed: of one site, or by the job." });
  return [
    { ...byCron, access: { ...byCron.access, cors: SITE_PAGES } },
    {
      ...byHand,
      ...processSite,
      access: cronOrSiteReader,
      responses: { ...byHand.responses, 200: { description, schema: either } },
      handle: (call) => (call.caller === undefined ? byHand : processSite).handle(call),
    },
  ];
}

/** `/api/v1/track/process`, a function of its own, as every job. */
export const processEndpoint = (host: JobHost): Endpoint => pathEndpoint(processOperations(host), { head: false });
