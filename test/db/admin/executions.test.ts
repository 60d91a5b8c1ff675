import { describe, expect } from "vitest";
import { JOBS } from "../../../lib/app/registry.ts";
import { providers } from "../../../lib/booking/schema.ts";
import type { Db } from "../../../lib/db/db.ts";
import { jobExecutions } from "../../../lib/jobs/schema.ts";
import { setClock } from "../../support/clock.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET, POST } from "../../support/http/api.ts";
import { idsOfPages, wrongCursors } from "../../support/http/pages-of-list.ts";
import { expectRefused } from "../../support/http/refused.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { callJob } from "../../support/jobs/supervise-requests.ts";
import { addUsers } from "../../worlds/club.ts";
import { addRuns } from "../../worlds/ledger.ts";

const it = databaseTest(SETTINGS);
const NOW = new Date("2026-03-11T12:00:00.000Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const PATH = "/api/admin/executions";

type Executions = { items: Record<string, unknown>[]; nextCursor: string | null };
const read = async <T = Executions>(path: string) => (await call<T>(GET, path)).body;

const addExecutions = (db: Db, ...added: (Partial<typeof jobExecutions.$inferInsert> & { ago: number })[]) =>
  db.insert(jobExecutions).values(
    added.map(({ ago, ...execution }) => ({
      jobName: "email-dispatch",
      scheduledFor: minutesAgo(ago),
      startedAt: minutesAgo(ago),
      endedAt: new Date(Number(minutesAgo(ago)) + 1_500),
      trigger: "cron" as const,
      outcome: "completed" as const,
      ...execution,
    })),
  );

describe("the list of executions", () => {
  it.for([
    ["job", "weekly-events"],
    ["outcome", "done"],
    ["dryRun", "1"],
    ["from", "2026-01-01"],
    ...wrongCursors.map((cursor) => ["cursor", cursor] as const),
  ] as const)("names a wrong %s: %s", async ([field, got], { db: _ }) =>
    expectRefused(GET, `${PATH}?${field}=${got}`, field, JSON.stringify(got)),
  );

  it("has the newest first, page by page, and filters", async ({ db }) => {
    const actor = { actorKind: "operator", actorId: "op-1", actorName: "Mara" } as const;
    await addExecutions(
      db,
      { ago: 1, counts: { processed: 3 } },
      { ago: 2, outcome: "partial", counts: { done: 1, total: 9 } },
      { ago: 3, jobName: "weekly-events", outcome: "failed", error: { code: "x", message: "y", more: 1 }, ...actor },
      { ago: 4, jobName: "weekly-events", dryRun: true, trigger: "manual", parameters: { week: "2026-03-02" } },
      { ago: 5, outcome: "running", endedAt: null },
    );
    const { items } = await read(PATH);
    expect(items).toMatchObject([
      { command: "dispatch", counts: { processed: 3 }, progress: null, durationMs: 1_500, actor: null },
      { outcome: "partial", counts: null, progress: { done: 1, total: 9 } },
      { error: { code: "x", message: "y" }, actor: { kind: "operator", id: "op-1", name: "Mara" } },
      { dryRun: true, parameters: { week: "2026-03-02" }, runId: null },
      { outcome: "running", endedAt: null, durationMs: null },
    ]);
    const ids = items.map(({ id }) => id);
    expect((await idsOfPages(PATH, "limit=2")).flat()).toEqual(ids);
    for (const [query, expected] of [
      ["job=weekly", [2, 3]],
      ["dryRun=true", [3]],
      ["dryRun=false&job=weekly", [2]],
      ["outcome=failed", [2]],
      [`from=${minutesAgo(3).toISOString()}&to=${minutesAgo(1).toISOString()}`, [1, 2]],
    ] as const) {
      expect((await read(`${PATH}?${query}`)).items.map(({ id }) => ids.indexOf(id))).toEqual(expected);
    }
  });
});

describe("an operator who runs a job", () => {
  it("finds the execution with its steps, its log, its run and what else ran for the same week", async ({ db }) => {
    setClock(NOW);
    await addUsers(db, "ada");
    const run = (parameters: object) =>
      callJob<{ executionId: string }>(POST, "/api/admin/jobs/run", { json: { job: "weekly", parameters } });
    const first = await run({ week: "2026-03-02" });
    const dry = await run({ week: "2026-03-02", dryRun: true });
    expect(first.headers.get("x-execution-id")).toBe(first.body.executionId);
    expect(await read(`${PATH}/${first.body.executionId}`)).toMatchObject({
      actor: { kind: "admin-token", name: "ADMIN_TOKEN" },
      trigger: "manual",
      parameters: { week: "2026-03-02" },
      counts: { processedUsers: 1 },
      steps: expect.arrayContaining([expect.objectContaining({ name: "evaluate-weeks", chunks: 1 })]),
      log: [{ event: "started" }, { event: "completed" }],
      run: { status: "completed", attempt: 1 },
      sameOccurrence: [{ id: first.body.executionId }, { id: dry.body.executionId, dryRun: true }],
    });
    expect(await read(`${PATH}/${dry.body.executionId}`)).toMatchObject({ run: null, dryRun: true });
    expect((await run({ week: "2026-03-02" })).body).toMatchObject({ skipped: true, executionId: null });
    expect((await call(GET, `${PATH}/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
  });
});

describe("the jobs", () => {
  it("tell how punctual they were, how long they took, and what ran last", async ({ db }) => {
    setClock(NOW);
    const late = (ms: number) => ({ startedAt: new Date(Number(minutesAgo(60)) + ms) });
    await addRuns(
      db,
      NOW,
      { minutesAgo: 45, metadata: { durationMs: 100 } },
      { minutesAgo: 60, ...late(6 * 60_000), metadata: { durationMs: 300 } },
      { minutesAgo: 75, status: "failed", startedAt: null, metadata: { missed: true } },
      { minutesAgo: 20, trigger: "manual", metadata: { durationMs: 500 } },
      { minutesAgo: 15, status: "running" },
      {
        minutesAgo: 0,
        jobName: "weekly-events",
        scheduledFor: new Date("2026-03-09T00:00:00Z"),
        trigger: "manual",
        metadata: { evaluatedAt: "2026-03-09T00:05:04Z" },
      },
    );
    await addExecutions(db, { ago: 1, dryRun: true }, { ago: 15 }, { ago: 30 });
    const { items } = await read("/api/admin/jobs");
    expect(items.map(({ command }) => command)).toEqual(Object.keys(JOBS));
    const dispatch = items.find(({ command }) => command === "dispatch");
    expect(dispatch).toMatchObject({
      schedules: ["*/15 * * * *"],
      nextRun: "2026-03-11T12:15:00.000Z",
      lastExecution: { startedAt: minutesAgo(15).toISOString() },
      figures: { expected: 3, onTime: 1, late: 2, missed: 1, latestMs: 360_000, p50Ms: 300, p95Ms: 500 },
      openIncidents: [],
    });
    expect(items[0]).toMatchObject({ period: "week", figures: { expected: 1, onTime: 1, latestMs: 4_000 } });
  });

  it("describe their parameters, with the ids that the database has", async ({ db }) => {
    await db.insert(providers).values({ id: "maya", name: "Maya", timezone: "UTC" });
    const parametersOf = async (job: string) =>
      (await read<{ parameters: { name: string }[] }>(`/api/admin/jobs/${job}`)).parameters;
    const nothing = { many: false, minimum: null, maximum: null, default: null, choices: null };
    expect(await parametersOf("weekly")).toEqual([
      { ...nothing, name: "force", type: "flag", default: false },
      { ...nothing, name: "dryRun", type: "flag", default: false },
      { ...nothing, name: "week", type: "date" },
    ]);
    expect(await parametersOf("monthly")).toContainEqual({ ...nothing, name: "month", type: "month" });
    expect(await parametersOf("slots")).toMatchObject([
      { name: "daysAhead", type: "number", minimum: 0, maximum: 365, default: 30 },
      { name: "providerId", type: "id", many: true, choices: [{ value: "maya", name: "Maya" }] },
      { name: "serviceId", type: "id", many: true },
      { name: "dryRun" },
      { name: "forceCleanup" },
      { name: "verbose" },
    ]);
    expect(await parametersOf("site")).toMatchObject([
      { name: "customerId", type: "id", choices: [] },
      { name: "replay", type: "flag" },
      {
        name: "reason",
        type: "choice",
        choices: expect.arrayContaining([{ value: expect.any(String), name: expect.any(String) }]),
      },
    ]);
    expect((await call(GET, "/api/admin/jobs/nothing")).status).toBe(400);
  });
});
