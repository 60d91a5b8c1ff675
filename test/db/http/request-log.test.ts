import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { siteProcessing } from "../../../lib/analytics/pipeline/sweep-job.ts";
import { defineJob } from "../../../lib/app/job-host.ts";
import { configure } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { AppError } from "../../../lib/errors.ts";
import { everyone } from "../../../lib/http/access.ts";
import { pathEndpoint } from "../../../lib/http/app/path-endpoint.ts";
import { backgroundWork, inBackground } from "../../../lib/http/background.ts";
import { operation } from "../../../lib/http/operation.ts";
import type { OccurrenceJob, Progress } from "../../../lib/jobs/job.ts";
import { log, redirectLog } from "../../../lib/log.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { GET } from "../../support/http/api.ts";

const SECRET = "a-cron-secret-of-tests";
const anything = z.looseObject({});

describe("a request", () => {
  let connection: Connection;
  let lines: Record<string, unknown>[] = [];
  beforeAll(async () => {
    connection = await freshPostgres();
    useConnection(connection);
    configure({ CRON_SECRET: SECRET });
    redirectLog((level, line) => lines.push({ level, ...JSON.parse(line) }));
  });
  afterAll(() => connection.close());

  const shared = { path: "/api/things", access: everyone, query: anything };
  const responses = { 200: { description: "Done.", schema: z.object({}) } };
  const endpoint = pathEndpoint([
    operation({
      ...shared,
      id: "getThing",
      method: "GET",
      summary: "One thing.",
      responses,
      handle: async () => {
        log("info", "inside");
        inBackground(Promise.resolve().then(() => log("info", "afterwards")));
        return {};
      },
    }),
    operation({
      ...shared,
      id: "failThing",
      method: "POST",
      summary: "Fails.",
      responses,
      handle: async () => {
        throw new AppError("unavailable", "not now", { headers: { "Retry-After": "7" } });
      },
    }),
  ]);
  const ask = async (handler: (request: Request) => Promise<Response>, init: RequestInit = {}) => {
    lines = [];
    const response = await handler(new Request("https://taktwerk.example/api/things?token=a-secret", init));
    await backgroundWork();
    return response;
  };

  it("has one id in its answer and in every log line, also in what goes on after the answer", async () => {
    const response = await ask(endpoint.GET);
    const requestId = response.headers.get("x-request-id");
    expect(requestId).toMatch(/^[\w-]{36}$/);
    const about = (event: string) => lines.filter((line) => line.event === event);
    expect(about("inside")).toMatchObject([{ requestId }]);
    expect(about("afterwards")).toMatchObject([{ requestId }]);
    expect(about("request")).toMatchObject([{ requestId, method: "GET", path: "/api/things", status: 200 }]);
  });

  it("has the platform's id, unless that is invalid", async () => {
    const called = (id: string) => ask(endpoint.GET, { headers: { "x-vercel-id": id } });
    expect((await called("fra1::abc-123.4")).headers.get("x-request-id")).toBe("fra1::abc-123.4");
    expect((await called("a b<script>")).headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
  });

  it("reports its timings in the response, and its query in no log line", async () => {
    const response = await ask(endpoint.GET);
    expect(response.headers.get("server-timing")).toMatch(/^(\w+;dur=\d+\.\d, )*total;dur=\d+\.\d$/);
    expect(JSON.stringify(lines)).not.toContain("a-secret");
  });

  it("that fails carries its id in the error, with the headers of the error", async () => {
    const response = await ask(endpoint.POST, { method: "POST" });
    const requestId = response.headers.get("x-request-id");
    expect(await response.json()).toMatchObject({ error: { code: "unavailable", requestId } });
    expect(response.headers.get("retry-after")).toBe("7");
    expect(lines).toMatchObject([
      { level: "error", event: "request_failed", requestId, path: "/api/things" },
      { event: "request", requestId, status: 503 },
    ]);
  });

  it("to a job has the run's id in all that the run logs", async () => {
    const job: OccurrenceJob<Progress, z.output<typeof siteProcessing.parameters>> = {
      ...(siteProcessing as unknown as OccurrenceJob<Progress, z.output<typeof siteProcessing.parameters>>),
      run: async () => {
        log("info", "deep_inside");
        return { counts: {} };
      },
    };
    const response = await ask(defineJob(job).GET, { headers: { authorization: `Bearer ${SECRET}` } });
    expect(response.status).toBe(400); // the endpoint has no such parameter
    const url = "https://taktwerk.example/api/v1/track/process";
    lines = [];
    const ran = await defineJob(job).GET(new Request(url, { headers: { authorization: `Bearer ${SECRET}` } }));
    await backgroundWork();
    const requestId = ran.headers.get("x-request-id");
    const run = lines.find(({ event }) => event === "job_run");
    expect(run).toMatchObject({ requestId, job: "site-processing", status: "completed" });
    expect(lines.find(({ event }) => event === "deep_inside")).toMatchObject({
      requestId,
      job: "site-processing",
      runId: run?.runId,
    });
  });

  it("that one endpoint hands over to another is still one", async () => {
    await ask(GET, { headers: { authorization: "Bearer wrong" } });
    expect(lines.filter(({ event }) => event === "request")).toHaveLength(1);
  });
});
