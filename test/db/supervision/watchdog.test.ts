import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { runJob } from "../../../lib/jobs/endpoint/run-job.ts";
import { anyJob } from "../../../lib/jobs/job.ts";
import { redirectLog } from "../../../lib/log.ts";
import { weekly } from "../../../lib/sport/evaluation/weekly.ts";
import { pingAddress } from "../../../lib/supervision/watchdog.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { invocation } from "../../support/jobs/invoke-weekly.ts";
import { alertSettings, forgetRuns, mislay } from "../../support/jobs/supervise-operator.ts";
import { DAY, fireCron, firings, later } from "../../support/jobs/ticks-timeline.ts";

/** A watchdog outside hears of every run. */

const [FIRING] = firings("2026-03-02T12:05:00Z", "2026-03-02T13:05:00Z", "job-cleanup");

describe("a watchdog", () => {
  let connection: Connection;
  let db: Db;
  let lines: string[];
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => {
    lines = [];
    redirectLog((_, line) => lines.push(line));
    return forgetRuns(db);
  });
  afterEach(() => redirectLog(() => {}));

  /** A watchdog on this machine; `respond` says how it answers. */
  async function watchdog(template: string, respond = (response: ServerResponse) => void response.end("OK")) {
    const pings: string[] = [];
    const server = createServer((request, response) => {
      pings.push(`${request.method} ${request.url}`);
      respond(response);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    configure({ ...alertSettings(9), ALERT_EMAIL: "", HEALTHCHECKS_PING_URL: `http://127.0.0.1:${port}${template}` });
    return { pings, server };
  }
  const runIds = async () => (await rows<{ id: string }>(db, sql`select id from job_runs`)).map(({ id }) => id);

  it("hears when a run begins and ends, by its id, under the job's own check", async () => {
    const { pings } = await watchdog("/ping/key/{job}");
    await fireCron(db, FIRING!);
    await backgroundWork();
    const [id] = await runIds();
    expect(pings).toEqual([`POST /ping/key/job-cleanup/start?rid=${id}`, `POST /ping/key/job-cleanup?rid=${id}`]);
  });

  it("hears when a run fails", async () => {
    const { pings } = await watchdog("/{job}/?create=1");
    await mislay(db, "job-cleanup");
    await fireCron(db, FIRING!);
    await mislay(db, "job-cleanup", "back");
    await backgroundWork();
    const [id] = await runIds();
    expect(pings).toEqual([`POST /job-cleanup/start?create=1&rid=${id}`, `POST /job-cleanup/fail?create=1&rid=${id}`]);
  });

  it("gets no end ping for a paused run, and no ping for a dry run or a skipped one", async () => {
    const { pings } = await watchdog("/{job}");
    const at = new Date("2026-03-09T00:05:00Z");
    const over = { ...invocation(db, at.toISOString()), deadline: Number(at) };
    await runJob(anyJob(weekly), { week: "2026-03-02" }, at, over);
    await runJob(anyJob(weekly), { week: "2026-03-02", dryRun: true }, at, invocation(db, at.toISOString()));
    await runJob(anyJob(weekly), { week: "2026-03-09" }, at, invocation(db, at.toISOString()));
    await backgroundWork();
    expect(pings).toEqual([`POST /weekly-events/start?rid=${(await runIds())[0]}`]);
    const day = { ...invocation(db, later(at, DAY).toISOString()), trigger: "continuation" as const };
    await runJob(anyJob(weekly), { week: "2026-03-02" }, at, day);
    await backgroundWork();
    expect(pings.map((ping) => ping.split("?")[0])).toEqual([
      "POST /weekly-events/start",
      "POST /weekly-events/start",
      "POST /weekly-events",
    ]);
  });

  it("that never answers keeps no run waiting", async () => {
    const held: ServerResponse[] = [];
    const { server } = await watchdog("/{job}", (response) => void held.push(response));
    const { answer } = await fireCron(db, FIRING!); // does not end where it waits for an answer
    expect(answer).toMatchObject({ status: 200 });
    await expect.poll(() => held.length).toBe(1);
    server.on("request", (_, response: ServerResponse) => response.destroy());
    held[0]?.destroy();
    await backgroundWork();
    expect(lines.filter((line) => line.includes("ping_failed"))).toHaveLength(2);
  });

  it.each([
    ["answers 500", (response: ServerResponse) => void response.writeHead(500).end("no")],
    ["hangs up", (response: ServerResponse) => void response.destroy()],
  ])("that %s fails no run", async (_, respond) => {
    await watchdog("/{job}", respond);
    const { answer } = await fireCron(db, FIRING!);
    await backgroundWork();
    expect(answer).toMatchObject({ status: 200, body: { skipped: false } });
  });

  it.each(["http://127.0.0.1:1/{job}", "http://[{job}]/"])("that cannot be reached at %s fails no run", async (url) => {
    configure({ ...alertSettings(9), ALERT_EMAIL: "", HEALTHCHECKS_PING_URL: url });
    const { answer } = await fireCron(db, FIRING!);
    await backgroundWork();
    expect(answer).toMatchObject({ status: 200, body: { skipped: false } });
    expect(lines.filter((line) => line.includes("ping_failed")).length).toBeGreaterThan(0);
    expect(lines.join()).not.toContain(url); // it holds a key
  });

  it.each([
    ["https://hc-ping.com/uuid", "start", "https://hc-ping.com/uuid/start?rid=r"],
    ["https://hc-ping.com/uuid", "success", "https://hc-ping.com/uuid?rid=r"],
    ["https://hc.example/ping/key/{job}", "fail", "https://hc.example/ping/key/job/fail?rid=r"],
    ["https://hc.example/key/{job}/", "fail", "https://hc.example/key/job/fail?rid=r"],
    ["https://hc.example/a/{job}?x=1&y={job}#z", "start", "https://hc.example/a/job/start?x=1&y=job&rid=r#z"],
    ["https://hc.example", "start", "https://hc.example/start?rid=r"],
  ] as const)("at %s hears of %s at %s", (template, signal, address) => {
    expect(pingAddress(template, "job", signal, "r")).toBe(address);
  });
});
