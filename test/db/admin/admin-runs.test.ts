import { describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { idsOfPages, valuesOfPages, wrongCursors } from "../../support/http/pages-of-list.ts";
import { expectRefused } from "../../support/http/refused.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { addRuns } from "../../worlds/ledger.ts";

const PATH = "/api/admin/runs";
const NOW = new Date("2026-03-02T12:00:00.000Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

describe("GET /api/admin/runs", () => {
  let db: Db;
  ownDatabase((own) => {
    db = own;
  }, SETTINGS);

  const ask = async (query = "") =>
    (await call<{ items: Record<string, unknown>[]; nextCursor: string | null }>(GET, `${PATH}${query}`)).body;

  it.each([
    ["job", "?job=weekly-events", '"weekly-events"'],
    ["limit", "?limit=0", '"0"'],
    ["limit", "?limit=201", '"201"'],
    ["limit", "?limit=ten", '"ten"'],
    ["perJob", "?perJob=0", '"0"'],
    ["since", "?since=2026-01-01", "one"],
    ...wrongCursors.map((cursor) => ["cursor", `?cursor=${cursor}`, JSON.stringify(cursor)]),
  ])("names a wrong %s: %s", (field, query, got) => expectRefused(GET, `${PATH}${query}`, field, got));

  it("has nothing to tell before anything ran", async () => {
    expect(await ask()).toEqual({ items: [], nextCursor: null });
  });

  it("tells of a run when it was due, begun and done, how late it was and how long it took", async () => {
    await addRuns(db, NOW, {
      minutesAgo: 15,
      startedAt: new Date(Number(minutesAgo(15)) + 1_234),
      completedAt: minutesAgo(14),
      metadata: { durationMs: 58_766, processed: 3, nobody: "asked for this" },
    });
    expect((await ask()).items).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        jobName: "email-dispatch",
        command: "dispatch",
        scheduledFor: "2026-03-02T11:45:00.000Z",
        status: "completed",
        startedAt: "2026-03-02T11:45:01.234Z",
        completedAt: "2026-03-02T11:46:00.000Z",
        attempt: 1,
        trigger: "cron",
        durationMs: 58_766,
        lateMs: 1_234,
        missed: false,
        retryAt: null,
        error: null,
        reason: null,
        progress: null,
      },
    ]);
  });

  it("does not call runs without a due time late: those of a person, continuations, runs of a period", async () => {
    const late = { startedAt: minutesAgo(0) };
    await addRuns(
      db,
      NOW,
      { minutesAgo: 10, ...late, jobName: "job-cleanup", trigger: "catch-up" },
      { minutesAgo: 20, ...late, trigger: "manual" },
      { minutesAgo: 30, ...late, trigger: "continuation" },
      { minutesAgo: 40, ...late, jobName: "weekly-events" },
      { minutesAgo: 50, ...late, jobName: "monthly-events", trigger: "catch-up" },
    );
    expect((await ask()).items.map(({ lateMs }) => lateMs)).toEqual([600_000, null, null, null, null]);
  });

  it("shows errors, given-up runs, missed runs and the progress of a run", async () => {
    const retryAt = new Date(Number(NOW) + 60_000);
    const error = { code: "x", message: "y", at: NOW.toISOString() };
    await addRuns(
      db,
      NOW,
      {
        minutesAgo: 1,
        status: "running",
        completedAt: null,
        metadata: { progress: { done: 2, total: 7, after: "u" } },
      },
      { minutesAgo: 2, status: "failed", retryAt, attempt: 2, metadata: { error } },
      { minutesAgo: 3, status: "failed", metadata: { cleanup_reason: "no sign of life" } },
      { minutesAgo: 4, status: "failed", startedAt: null, metadata: { missed: true, reason: "nobody came" } },
    );
    const nothing = { error: null, reason: null, progress: null, missed: false, retryAt: null };
    expect((await ask()).items).toMatchObject([
      { ...nothing, status: "running", completedAt: null, durationMs: null, progress: { done: 2, total: 7 } },
      { ...nothing, attempt: 2, retryAt: retryAt.toISOString(), error: { code: "x", message: "y" } },
      { ...nothing, reason: "no sign of life" },
      { ...nothing, missed: true, startedAt: null, lateMs: null, reason: "nobody came" },
    ]);
    expect(JSON.stringify(await ask())).not.toContain('"after"');
  });

  it("gives the newest of every job with perJob, so that a busy one hides none; or those of one job", async () => {
    const busy = Array.from({ length: 5 }, (_, n) => ({ minutesAgo: n }));
    await addRuns(
      db,
      NOW,
      ...busy,
      { minutesAgo: 9_000, jobName: "weekly-events" },
      { minutesAgo: 8, jobName: "gone" },
    );
    const names = async (query: string) => (await ask(query)).items.map(({ jobName }) => jobName);
    expect(await names("?limit=2")).toEqual(["email-dispatch", "email-dispatch"]);
    expect(await names("?perJob=2")).toEqual(["email-dispatch", "email-dispatch", "weekly-events"]);
    expect(await valuesOfPages(PATH, "perJob=2&limit=2", "jobName")).toEqual([
      ["email-dispatch", "email-dispatch"],
      ["weekly-events"],
    ]);
    expect(await names("?job=dispatch&limit=200")).toEqual(busy.map(() => "email-dispatch"));
    expect(await names("?job=weekly")).toEqual(["weekly-events"]);
    expect(await names("")).toEqual([...busy.map(() => "email-dispatch"), "weekly-events"]);
    const times = (await ask("?job=dispatch")).items.map(({ scheduledFor }) => scheduledFor);
    expect(times).toEqual(times.toSorted().reverse());
  });

  it("gives pages that neither repeat nor leave out a run, also of jobs that are due together", async () => {
    const jobs = ["slot-maintenance", "email-dispatch", "job-cleanup", "site-processing"];
    await addRuns(
      db,
      NOW,
      ...[0, 15, 30].flatMap((minutes) => jobs.map((jobName) => ({ minutesAgo: minutes, jobName }))),
    );
    const all = (await ask()).items.map(({ id }) => id);
    expect(all).toHaveLength(12);
    expect(await idsOfPages(PATH, "limit=5")).toEqual([all.slice(0, 5), all.slice(5, 10), all.slice(10)]);
    expect((await idsOfPages(PATH, "job=cleanup&limit=1")).map(({ length }) => length)).toEqual([1, 1, 1]);
  });
});
