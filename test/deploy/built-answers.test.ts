import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkAnswersBy } from "../../lib/cli/smoke/answer-check.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { cronWatches } from "../../lib/jobs/schema.ts";
import vercel from "../../vercel.json" with { type: "json" };
import { builtDocument, builtFunctions, OUTPUT } from "../support/built/built-functions.ts";
import { type BuiltRequest, callBuilt } from "../support/built/call-built.ts";
import { platformFunctionFor } from "../support/built/platform-router.ts";
import { createDatabase } from "../support/database/databases.ts";
import { operationsOf } from "../support/http/api-document.ts";
import { requestFor } from "../support/http/every-operation.ts";

/** What the built functions answer, each started cold in a process of its own. */

const SECRET = "a-cron-secret-of-tests";
const CRON = {
  authorization: `Bearer ${SECRET}`,
  "user-agent": "vercel-cron/1.0",
  "x-vercel-cron-schedule": "5 0 * * 1",
};
const WEEKLY = { path: "/api/events/weekly", headers: CRON };

const requests = operationsOf(builtDocument()).map(requestFor);

/** One operation of each function, and of the app one of each group with a credential and one without. */
const representatives = new Map(
  requests.map((request) => {
    const { name, tag, credentials } = request;
    return [tag === "Jobs" ? name : `${tag}, ${credentials.length > 0 ? "guarded" : "open"}`, request];
  }),
);

describe("the built functions", () => {
  // Copied away, so that a function finds its own files and nothing of the checkout.
  const elsewhere = mkdtempSync(join(tmpdir(), "taktwerk-built-"));
  const check = checkAnswersBy(builtDocument());
  let url: string;
  beforeAll(async () => {
    cpSync(join(OUTPUT, "functions"), elsewhere, { recursive: true });
    url = await createDatabase();
  });
  afterAll(() => rmSync(elsewhere, { recursive: true }));

  /** Sends a request to the function that the platform leads its path to, and checks the answer against the document. */
  async function call(request: Partial<BuiltRequest> & { path: string }, env: NodeJS.ProcessEnv) {
    const { method = "GET", path, ...rest } = request;
    const { pathname } = new URL(path, "https://taktwerk.example");
    const built = builtFunctions().find((one) => one.path === platformFunctionFor(pathname)?.function);
    const handler = join(elsewhere, relative(join(OUTPUT, "functions"), built?.handler ?? "missing"));
    const received = await callBuilt(handler, { method, url: `https://taktwerk.example${path}`, ...rest }, env);
    expect(check({ method, path: pathname }, received)).toEqual([]);
    return { status: received.status, body: received.text.startsWith("{") ? JSON.parse(received.text) : undefined };
  }

  it.each([...representatives])("answer %s as the document says, and refuse who has no secret", async (_, request) => {
    const { method, path, headers, json, credentials } = request;
    const env = {
      DATABASE_URL: url,
      CRON_SECRET: SECRET,
      ADMIN_TOKEN: "an-admin-token-of-tests",
      CONSOLE_SECRET: "a-secret-of-the-console-of-the-tests",
      EMAIL_PREFERENCES_SECRET: SECRET,
    };
    const body = json === undefined ? undefined : JSON.stringify(json);
    const type: Record<string, string> = json === undefined ? {} : { "content-type": "application/json" };
    const { status } = await call({ method, path, headers: { ...type, ...headers }, body }, env);
    if (credentials.length > 0) expect(status).toBe(401);
    else expect([401, 403, 500, 503]).not.toContain(status);
  });

  it("close operations whose secret is not configured", async () => {
    expect(await call(WEEKLY, { DATABASE_URL: url })).toMatchObject({ status: 503 });
  });

  it("refuse to run on the platform without a database", async () => {
    const answer = await call(WEEKLY, { CRON_SECRET: SECRET });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: "misconfigured" } } });
  });

  it("look after all jobs once they have answered", async () => {
    await call(
      { path: "/api/events/cleanup", headers: CRON, background: true },
      { DATABASE_URL: url, CRON_SECRET: SECRET },
    );
    const { db, close } = openPostgres(url);
    expect(await db.$count(cronWatches)).toBe(vercel.crons.length);
    await close();
  });

  it("evaluate the week when its cron fires, once", async () => {
    const env = { DATABASE_URL: url, CRON_SECRET: SECRET };
    expect(await call(WEEKLY, env)).toMatchObject({
      status: 200,
      body: { status: "ok", skipped: false, processedUsers: 0 },
    });
    expect(await call(WEEKLY, env)).toMatchObject({ status: 200, body: { status: "ok", skipped: true } });
  });
});
