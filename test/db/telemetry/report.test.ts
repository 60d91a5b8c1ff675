import type { ServerResponse } from "node:http";
import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { configure, type Environment } from "../../../lib/config/config.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { AppError } from "../../../lib/errors.ts";
import { withErrorResponses } from "../../../lib/http/app/request-log.ts";
import { backgroundWork, inBackground } from "../../../lib/http/background.ts";
import { redirectLog } from "../../../lib/log.ts";
import { reportError } from "../../../lib/telemetry/report-error.ts";
import { sentryServer } from "../../fakes/sentry.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { POST } from "../../support/http/api.ts";
import { call, type Refusal, SETTINGS } from "../../support/http/requests.ts";

/** Errors reach the error tracker, without anybody's secrets, and cost nothing where it is away. */

const PLANTED: Environment = {
  ...SETTINGS,
  DATABASE_URL: "postgresql://planted-user:planted-database@db.example/planted-name",
  SMTP_HOST: "smtp.example",
  SMTP_USER: "planted@club.example",
  SMTP_PASSWORD: "planted-smtp-password",
  VERCEL_ENV: "preview",
  VERCEL_GIT_COMMIT_SHA: "the-commit",
};

describe("an error", () => {
  let db: Db;
  ownDatabase((own) => {
    db = own;
  }, SETTINGS);

  /** Settings with a tracker that takes everything, unless told otherwise. */
  async function tracked(respond?: (response: ServerResponse) => void, over: Environment = {}) {
    const sentry = await sentryServer(respond);
    configure({ ...PLANTED, SENTRY_DSN: sentry.dsn, ...over });
    return sentry;
  }

  function logged(): string[] {
    const lines: string[] = [];
    redirectLog((_, line) => lines.push(line));
    onTestFinished(() => redirectLog(() => {}));
    return lines;
  }

  const failingWith = (fault: () => unknown) =>
    withErrorResponses(async () => {
      throw await fault();
    });

  const request = {
    headers: { "x-vercel-id": "fra1::the-request", cookie: "session=planted-cookie", "x-forwarded-for": "203.0.113.9" },
    json: { name: "planted-body" },
  };

  it("of a request arrives with its ids, its place and its stack, and nothing of the request", async () => {
    const sentry = await tracked();
    const api = failingWith(() => new TypeError("it broke"));
    const answer = await call<Refusal>(api, "/api/slots?email=planted-query@club.example", request);
    expect(answer).toMatchObject({ status: 500, body: { error: { requestId: "fra1::the-request" } } });
    expect(sentry.events()).toEqual([
      {
        event_id: expect.stringMatching(/^[\da-f]{32}$/),
        platform: "node",
        level: "error",
        transaction: "/api/slots",
        environment: "preview",
        release: "the-commit",
        tags: { code: "internal", request_id: "fra1::the-request" },
        exception: {
          values: [
            {
              type: "TypeError",
              value: "it broke",
              mechanism: { type: "generic", handled: true },
              stacktrace: { frames: expect.arrayContaining([expect.objectContaining({ lineno: expect.any(Number) })]) },
            },
          ],
        },
        sdk: expect.any(Object),
      },
    ]);
    const frames = JSON.stringify(sentry.events());
    expect(frames).toContain("report.test.ts");
    expect(sentry.raw.join().replaceAll(sentry.dsn, "").replace("a0a0a0planted0key0a0a0a0", "")).not.toContain(
      "planted",
    );
  });

  it("is scrubbed of secrets, addresses, queries and connection strings in all its texts", async () => {
    const sentry = await tracked();
    const words = [
      PLANTED.DATABASE_URL,
      "planted-database",
      PLANTED.SMTP_PASSWORD,
      PLANTED.ADMIN_TOKEN,
      "for ada.planted@club.example",
      "redis://planted:planted@redis.example:6379",
      "https://planted:planted@hc.example/planted?token=planted",
      "Authorization: Bearer planted-token",
      "eyJhbGciOiJIUzI1NiJ9.eyJwbGFudGVkIjoxfQ.cGxhbnRlZA",
      "twk_sec_planted",
      "password=planted",
      "/api/users?name=planted&x=1",
      "0123456789abcdef0123456789abcdef01234567",
      "from 203.0.113.9",
      'invalid input syntax for type integer: "planted name"',
    ];
    await reportError(new Error(words.join("\n    at ")), { path: "/api/x" });
    const [event] = sentry.events();
    const sent = JSON.stringify(event);
    for (const text of ["planted", "@club", "eyJ", "0123456789abcdef", "203.0.113.9", SETTINGS.ADMIN_TOKEN!]) {
      expect(sent).not.toContain(text);
    }
    expect(sent).toContain("invalid input syntax for type integer");
  });

  it("of the database arrives with its cause, without the statement and its parameters", async () => {
    const sentry = await tracked();
    const api = failingWith(() =>
      rows(db, sql`select ${"planted@club.example"}::text from planted_table`).catch((error: unknown) => error),
    );
    await call(api, "/api/slots", request);
    const [event] = sentry.events();
    const { values } = event!.exception as { values: { type: string; value: string }[] };
    expect(values.map(({ value }) => value)).toEqual(['relation "planted_table" does not exist', "(see its cause)"]);
    expect(event?.tags).toMatchObject({ code: "42P01" });
    expect(JSON.stringify(event)).not.toMatch(/planted@|select/);
  });

  it("that the caller caused is not reported", async () => {
    const sentry = await tracked();
    await call(
      failingWith(() => new AppError("not-found", "there is no such slot")),
      "/api/slots",
      request,
    );
    expect(sentry.items).toEqual([]);
  });

  it("of work after the answer arrives too", async () => {
    const sentry = await tracked();
    inBackground(Promise.reject(new Error("after the answer")));
    await backgroundWork();
    expect(sentry.events()).toMatchObject([{ exception: { values: [{ value: "after the answer" }] } }]);
  });

  it("goes nowhere without a DSN", async () => {
    const sentry = await tracked(undefined, { SENTRY_DSN: undefined });
    const lines = logged();
    await call(
      failingWith(() => new Error("it broke")),
      "/api/slots",
      request,
    );
    expect(sentry.raw).toEqual([]);
    expect(lines.filter((line) => !line.includes('"event":"request"'))).toEqual([
      expect.stringContaining("request_failed"),
    ]);
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ["hangs up", (response) => void response.destroy(), "cannot be reached"],
    ["answers 500", (response) => void response.writeHead(500).end("no"), "answered 500"],
    ["never answers", () => {}, "no answer within 2000 ms"],
  ])("changes no answer where the tracker %s, and the log says so without the DSN", async (_, respond, said) => {
    const sentry = await tracked(respond);
    const lines = logged();
    const api = failingWith(() => new Error("it broke"));
    const response = await api(new Request("https://taktwerk.example/api/slots", { method: "POST" }));
    expect(response.status).toBe(500); // the response does not depend on the tracker
    await backgroundWork();
    expect(lines.at(-1)).toContain("report_failed");
    expect(lines.at(-1)).toContain(said);
    expect(lines.join()).not.toContain(new URL(sentry.dsn).username);
  });

  it("changes no response if the tracker is unreachable", async () => {
    configure({ ...PLANTED, SENTRY_DSN: "http://key@127.0.0.1:1/42" });
    const answer = await call(
      failingWith(() => new Error("it broke")),
      "/api/slots",
      request,
    );
    expect(answer.status).toBe(500);
  });

  it("leaves a tracker alone for as long as that asks for", async () => {
    const sentry = await tracked((response) => void response.writeHead(429, { "retry-after": "60" }).end());
    const lines = logged();
    for (let nth = 0; nth < 3; nth++) await reportError(new Error("it broke"), {});
    expect(sentry.raw).toHaveLength(1);
    expect(lines.at(-1)).toContain("asked for a pause");
  });

  describe("for a test", () => {
    const send = (token?: string | null) =>
      call(POST, "/api/admin/monitoring/test-error", {
        method: "POST",
        ...(token === undefined ? {} : { token }),
      });

    it("arrives, and the operator gets its id", async () => {
      const sentry = await tracked();
      const answer = await send();
      expect(answer).toMatchObject({ status: 200, body: { status: "ok" } });
      expect(sentry.events()).toMatchObject([
        { event_id: answer.body.eventId, transaction: "/api/admin/monitoring/test-error" },
      ]);
    });

    it("is not sent without a DSN, and the operator hears why", async () => {
      configure(SETTINGS);
      const answer = await send();
      expect(answer).toMatchObject({ status: 503, body: { error: { code: "not-configured" } } });
      expect(JSON.stringify(answer.body)).toContain("SENTRY_DSN");
    });

    it.each([
      ["refuses it", (response: ServerResponse) => void response.writeHead(403).end(), "answered 403"],
      ["never answers", () => {}, "no answer within 2000 ms"],
    ])("is told to be lost where the tracker %s", async (_, respond, said) => {
      await tracked(respond);
      const answer = await send();
      expect(answer).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
      expect(JSON.stringify(answer.body)).toContain(said);
    });

    it("is for the operator", async () => {
      const sentry = await tracked();
      expect((await send(null)).status).toBe(401);
      expect(sentry.items).toEqual([]);
    });
  });
});
