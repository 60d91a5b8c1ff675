import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { setClock } from "../../support/clock.ts";
import { openPglite } from "../../support/database/databases.ts";
import { api, GET, POST } from "../../support/http/api.ts";
import { ADMIN_TOKEN, CRON_SECRET, type Refusal, SETTINGS, type Sent } from "../../support/http/requests.ts";
import { callJob, dumpWork } from "../../support/jobs/supervise-requests.ts";
import { addUsers } from "../../worlds/club.ts";

/** Who may fire a job, and what its endpoint takes and refuses. */

const PATH = "/api/events/weekly";
const MOST_BYTES = 4_000_000;

const fire = <Body = Refusal>(query = "", sent: Sent = {}) =>
  callJob<Body>(sent.json === undefined && sent.body === undefined ? GET : POST, `${PATH}${query}`, {
    token: CRON_SECRET,
    ...sent,
  });

const JSON_TYPE = { "content-type": "application/json" };

describe("the endpoint of a job", () => {
  let db: Db;
  beforeAll(async () => {
    const connection = await openPglite();
    useConnection(connection);
    db = connection.db;
    await addUsers(db, "ada");
  });
  afterAll(closeDatabase);
  beforeEach(() => {
    setClock();
    configure(SETTINGS);
  });

  describe("asks who is calling", () => {
    const wrong: [string, Sent][] = [
      ["no token", { token: null }],
      ["an empty token", { token: null, headers: { authorization: "Bearer " } }],
      ["a wrong token", { token: "the-clockwork-of-somebody-else" }],
      ["the beginning of the secret", { token: CRON_SECRET.slice(0, -1) }],
      ["more than the secret", { token: `${CRON_SECRET}x` }],
      ["the secret in other letters", { token: CRON_SECRET.toUpperCase() }],
      ["the secret under another scheme", { token: null, headers: { authorization: `Basic ${CRON_SECRET}` } }],
      ["the secret without a scheme", { token: null, headers: { authorization: CRON_SECRET } }],
      ["the operator's token", { token: ADMIN_TOKEN }],
    ];

    it.each(wrong)("refuses %s", async (_, sent) => {
      const answer = await fire("", sent);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    });

    it("answers every wrong caller alike, changes nothing, and does not name the secret's value", async () => {
      const before = await dumpWork(db);
      const bodies = await Promise.all(wrong.map(async ([, sent]) => (await fire("", sent)).body));
      const [first] = bodies;
      for (const body of bodies) {
        expect(body).toEqual({ status: "error", error: { ...first?.error, requestId: expect.any(String) } });
        expect(JSON.stringify(body)).not.toContain(CRON_SECRET);
      }
      expect(await dumpWork(db)).toEqual(before);
    });

    it("refuses a wrong caller before looking at what they sent", async () => {
      expect((await fire("?week=foo&x=1", { token: "wrong", body: "not json" })).status).toBe(401);
    });

    it("accepts the scheme of the secret in any case", async () => {
      const answer = await fire("?dryRun=true", { token: null, headers: { authorization: `bearer ${CRON_SECRET}` } });
      expect(answer.status).toBe(200);
    });

    it("refuses every caller if no secret is configured", async () => {
      configure({ ...SETTINGS, CRON_SECRET: "" });
      for (const token of [null, "", CRON_SECRET, "undefined"]) {
        const answer = await fire("", { token });
        expect(answer.status).toBe(503);
        expect(answer.body.error).toMatchObject({
          code: "not-configured",
          message: expect.stringContaining("CRON_SECRET"),
        });
      }
      expect((await dumpWork(db)).job_runs).toEqual([]);
    });

    it("takes the secret from its alias too", async () => {
      configure({ EVENTS_CRON_SECRET: "the-alias-of-the-secret" });
      expect((await fire("?dryRun=true", { token: "the-alias-of-the-secret" })).status).toBe(200);
      expect((await fire("?dryRun=true", { token: CRON_SECRET })).status).toBe(401);
    });
  });

  describe("names the parameter that is wrong", () => {
    const date = "a calendar date YYYY-MM-DD";
    it.each([
      ["?week=2026-02-30", "week", date, '"2026-02-30"'],
      ["?week=2026-2-3", "week", date, '"2026-2-3"'],
      ["?week=foo", "week", date, '"foo"'],
      ["?week=", "week", date, '""'],
      ["?force=maybe", "force", "true or false", '"maybe"'],
      ["?force=", "force", "true or false", '""'],
      ["?dryRun=TRUE", "dryRun", "true or false", '"TRUE"'],
      ["?weak=2026-02-02", "weak", "no such field", "one"],
      ["?month=2026-02", "month", "no such field", "one"],
      ["?__proto__=1", "__proto__", "no such field", "one"],
      ["?force=true&force=true", "force", "one value", "several"],
    ])("in %s", async (query, field, expected, got) => {
      for (const sent of [{}, { json: {} }]) {
        const answer = await fire(query, sent);
        expect(answer.status).toBe(400);
        expect(answer.body.error).toEqual({
          code: "invalid-parameter",
          message: `${field}: expected ${expected}, got ${got}`,
          requestId: expect.any(String),
          field,
          expected,
          got,
        });
      }
    });

    it.each([
      [{ week: "2026-02-30" }, "week"],
      [{ week: 20260202 }, "week"],
      [{ week: ["2026-02-02"] }, "week"],
      [{ force: "maybe" }, "force"],
      [{ force: 1 }, "force"],
      [{ dryRun: null }, "dryRun"],
      [{ dryrun: true }, "dryrun"],
      [JSON.parse('{"__proto__": true}'), "__proto__"],
      [{ constructor: 1 }, "constructor"],
    ])("in a body %j", async (json, field) => {
      const answer = await fire("", { json });
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatchObject({ code: "invalid-parameter", field });
    });

    it.each([[[]], [[{ force: true }]], [null], [5], ["force"]])("where the body is %j and no object", async (json) => {
      const answer = await fire("", { json });
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatchObject({ code: "invalid-parameter", message: expect.stringMatching(/^body: /) });
    });

    it("where a date lies before all calendars", async () => {
      const answer = await fire("?week=0000-01-01");
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatchObject({ code: "invalid-parameter", field: "week" });
    });
  });

  it.each(["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const)(
    "does not serve %s, and says what it serves",
    async (method) => {
      const answer = await callJob<Refusal>(api, PATH, { method, token: CRON_SECRET });
      expect(answer.status).toBe(405);
      expect(answer.headers.get("allow")).toBe("GET, POST");
      expect(answer.body.error.code).toBe("method-not-allowed");
    },
  );

  describe("judges a body by its length, type and text", () => {
    it("refuses one that declares more than the limit, without reading it", async () => {
      const unread = new ReadableStream({ pull: (controller) => controller.error(new Error("read")) });
      const headers = { ...JSON_TYPE, "content-length": String(MOST_BYTES + 1) };
      const answer = await fire("", { body: unread, headers });
      expect([answer.status, answer.body.error.code]).toEqual([413, "payload-too-large"]);
    });

    it("stops reading one that declares no length at the limit", async () => {
      let sent = 0;
      const endless = new ReadableStream({
        pull(controller) {
          sent += 1_000_000;
          controller.enqueue(new Uint8Array(1_000_000).fill(0x20));
        },
      });
      const answer = await fire("", { body: endless, headers: JSON_TYPE });
      expect([answer.status, answer.body.error.code]).toEqual([413, "payload-too-large"]);
      expect(sent).toBeLessThan(2 * MOST_BYTES);
    });

    it.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/json", ""])(
      "refuses one of type %j",
      async (type) => {
        const answer = await fire("", { body: Buffer.from("{}"), headers: type ? { "content-type": type } : {} });
        expect([answer.status, answer.body.error.code]).toEqual([415, "unsupported-media-type"]);
      },
    );

    it("accepts JSON with any parameters of its type, in any case", async () => {
      const headers = { "content-type": "Application/JSON ; charset=utf-8" };
      expect((await fire("", { body: '{"dryRun":true}', headers })).status).toBe(200);
    });

    it.each(["{", "{'force': true}", "NaN", '{"force": tru', "undefined", " "])(
      "refuses %j as no JSON",
      async (body) => {
        const answer = await fire("", { body, headers: JSON_TYPE });
        expect([answer.status, answer.body.error.code]).toEqual([400, "invalid-json"]);
      },
    );

    it("refuses bytes that are no UTF-8", async () => {
      const answer = await fire("", { body: Buffer.from([0x22, 0xff, 0x22]), headers: JSON_TYPE });
      expect([answer.status, answer.body.error.code]).toEqual([400, "invalid-json"]);
    });

    it("does without one", async () => {
      expect((await callJob(POST, `${PATH}?dryRun=true`, { method: "POST", token: CRON_SECRET })).status).toBe(200);
    });
  });

  it("forbids caching its responses", async () => {
    for (const query of ["?dryRun=true", "?week=foo"]) {
      expect((await fire(query)).headers.get("cache-control")).toBe("no-store");
    }
  });

  it("names a refused request by the platform's id if it has one", async () => {
    const answer = await fire("?week=foo", { headers: { "x-vercel-id": "fra1::abc-123" } });
    expect(answer.body.error.requestId).toBe("fra1::abc-123");
  });
});
