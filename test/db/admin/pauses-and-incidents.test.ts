import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET, POST } from "../../support/http/api.ts";
import { type Answer, call, type Refusal, SETTINGS } from "../../support/http/requests.ts";

/** What operators do about jobs and incidents over HTTP. */

let db: Db;
ownDatabase((own) => {
  db = own;
});
beforeEach(() => configure({ ...SETTINGS, EVENTS_TIMEZONE: "Europe/Berlin" }));

interface State {
  job: string;
  pause: { since: string; until: string | null; reason: string; by: string } | null;
}

describe("pausing a job", () => {
  const pause = (json: object) => call<State>(POST, "/api/admin/jobs/weekly/pause", { json });
  const resume = () => call<State>(POST, "/api/admin/jobs/weekly/resume", { json: {} });
  const monitored = async () => {
    const { body } = await call<{ jobs: { byJob: Record<string, unknown>[] } }>(GET, "/api/admin/monitoring");
    return body.jobs.byJob.find(({ command }) => command === "weekly");
  };

  it.each([
    ["2990-07-01", "2990-06-30T22:00:00.000Z"], // the midnight of the club
    ["2990-07-01T12:00:00+02:00", "2990-07-01T10:00:00.000Z"],
    [null, null],
  ])("until %s", async (until, end) => {
    const { status, body } = await pause({ until, reason: "holidays" });
    expect(status).toBe(200);
    expect(body).toEqual({
      job: "weekly",
      pause: { since: expect.any(String), until: end, reason: "holidays", by: "ADMIN_TOKEN" },
    });
    expect(await monitored()).toMatchObject({ pausedSince: body.pause?.since, pausedUntil: end });
  });

  it("again changes the end and the reason, and keeps the beginning", async () => {
    const first = (await pause({ until: "2990-07-01", reason: "holidays" })).body.pause;
    const second = (await pause({ reason: "longer holidays" })).body.pause;
    expect(second).toEqual({ ...first, until: null, reason: "longer holidays" });
  });

  it("ends when it is resumed, as often as one likes", async () => {
    await pause({ reason: "holidays" });
    for (const _ of [1, 2]) expect((await resume()).body).toEqual({ job: "weekly", pause: null });
    expect(await monitored()).toMatchObject({ pausedSince: null, pausedUntil: null });
  });

  it.each([
    [{ until: "2026-02-02", reason: "x" }, 400, "until"],
    [{ until: "2026-02-02T10:00:00Z", reason: "x" }, 400, "until"],
    [{ until: "tomorrow", reason: "x" }, 422, "until"],
    [{ reason: " " }, 422, "reason"],
    [{}, 422, "reason"],
  ])("is refused for %j", async (json, status, field) => {
    const refused = (await pause(json)) as unknown as Answer<Refusal>;
    expect(refused).toMatchObject({ status, body: { error: { field } } });
    expect(await rows(db, sql`select from job_pauses`)).toEqual([]);
  });
});

describe("incidents", () => {
  beforeEach(() =>
    rows(
      db,
      sql`insert into incidents (key, title, details, opened_at, seen_at, closed_at)
        select coalesce(key, 'test:' || n), 'a fault', '{}', '2026-02-01T00:00:00.123456Z'::timestamptz + n * interval '1 day',
          now(), case when n < 3 then now() end
        from (values (1, null), (2, 'stuck-runs'), (3, 'failed:weekly-events')) as fault (n, key)`,
    ),
  );
  interface Listed {
    items: { id: string; key: string }[];
    nextCursor: string | null;
  }
  const list = async (query: string) => (await call<Listed>(GET, `/api/admin/incidents?${query}`)).body;
  const keys = async (query: string) => (await list(query)).items.map(({ key }) => key);

  it("are listed by their state in pages, the newest first", async () => {
    expect(await keys("")).toEqual(["failed:weekly-events", "stuck-runs", "test:1"]);
    expect(await keys("state=open")).toEqual(["failed:weekly-events"]);
    expect(await keys("state=closed")).toEqual(["stuck-runs", "test:1"]);
    const first = await list("limit=2");
    expect(await keys(`cursor=${first.nextCursor}`)).toEqual(["test:1"]);
  });

  it("say what kind they are, and what to do", async () => {
    const [{ id } = { id: "" }] = (await list("state=open")).items;
    const { status, body } = await call(GET, `/api/admin/incidents/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: "failed", subject: "weekly-events", remedy: "run-again", acknowledged: null });
    expect((await call(GET, "/api/admin/incidents/999")).status).toBe(404);
  });

  it("are acknowledged with a note while they are open; a second note replaces the first", async () => {
    const [open, closed] = (await list("")).items;
    const acknowledge = (id: string | undefined, note: string) =>
      call(POST, `/api/admin/incidents/${id}/acknowledge`, { json: { note } });
    for (const note of ["looking into it", "waiting for the provider"]) {
      const { status, body } = await acknowledge(open?.id, note);
      expect(status).toBe(200);
      expect(body.acknowledged).toEqual({ at: expect.any(String), by: "ADMIN_TOKEN", note });
    }
    expect((await acknowledge(closed?.id, "too late")).status).toBe(409);
    expect((await acknowledge("999", "unknown")).status).toBe(404);
    expect((await acknowledge(open?.id, " ")).status).toBe(422);
  });
});
