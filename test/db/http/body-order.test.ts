import { beforeEach, describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { api } from "../../support/http/api.ts";
import { everyOperation } from "../../support/http/every-operation.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { signed, USER_SECRET } from "../../support/http/tokens.ts";
import { CONSOLE_SECRET } from "../../worlds/operators.ts";
import { addSite } from "../../worlds/site.ts";

/** No part of a body is read for a caller who may not send it, on any endpoint. */

const TAKES_A_BODY = ["POST", "PUT", "PATCH", "DELETE"] as const;

/** Works for everyone who has the link, and reports a bad link with a page of status 400. */
const UNSUBSCRIBE = "/api/events/emails/unsubscribe";
/** Everybody may send these, from anywhere but a stranger's page. */
const PUBLIC = new Set([
  ...["POST /api/bookings", "DELETE /api/slots/{id}/hold", "POST /api/slots/{id}/hold"],
  ...["sign-in", "sign-in/second-factor", "sign-in/backup-code"].map((step) => `POST /api/auth/${step}`),
  ...["password-reset", "password-reset/confirm"].map((step) => `POST /api/auth/${step}`),
  ...["invitations/open", "invitations/accept"].map((step) => `POST /api/auth/${step}`),
]);

describe("a body", () => {
  let db: Db;
  /** The paths of the document, each with its parameters. */
  let paths = new Map<string, string>();
  ownDatabase(
    (own) => {
      db = own;
    },
    { ...SETTINGS, AUTH_JWT_SECRET: USER_SECRET, CONSOLE_SECRET, RATE_LIMIT_REFUSALS: "5" },
  );
  beforeEach(async () => {
    await addSite(db);
    const operations = await everyOperation();
    paths = new Map(operations.map(({ name, path }) => [name.replace(/^\w+ /, ""), path]));
  });

  /** Sends a body without an end. @returns what was answered, and how much was read. */
  async function sendTo(name: string, method: (typeof TAKES_A_BODY)[number], headers: Record<string, string>) {
    let read = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          read += 1000;
          controller.enqueue(Buffer.alloc(1000, "["));
        },
      },
      { highWaterMark: 0 },
    );
    const request = new Request(new URL(paths.get(name) ?? "", "https://taktwerk.example"), {
      method,
      headers: { "content-type": "application/json", "idempotency-key": "a-key-of-the-tests", ...headers },
      body,
      duplex: "half",
    } as RequestInit);
    const { status } = await api(request);
    return { call: `${method} ${name}`, status, read };
  }

  /** To every path by every method, also by those that it does not serve. */
  async function sendToAll(headers: Record<string, string>) {
    const answers = [];
    for (const name of paths.keys()) {
      for (const method of TAKES_A_BODY) answers.push(await sendTo(name, method, headers));
    }
    return answers;
  }

  it("is not read for a caller without a token, nor with a wrong one", async () => {
    for (const authorization of ["", "Bearer wrong", "Bearer twk_pub_wrong", "Bearer twk_sec_wrong", "Bearer a.b.c"]) {
      const answers = await sendToAll({ ...(authorization && { authorization }) });
      expect(answers.length).toBeGreaterThan(200);
      for (const answer of answers) {
        if (PUBLIC.has(answer.call)) continue;
        if (/POST \/api\/v1\/track(\/async)?$/.test(answer.call) && authorization === "") continue; // below
        const expected = answer.call === `POST ${UNSUBSCRIBE}` ? [400] : [401, 403, 405];
        expect({ ...answer, expected: expected.includes(answer.status) }).toEqual({
          ...answer,
          read: 0,
          expected: true,
        });
      }
    }
  });

  it("is not read for an address that has come with too many wrong tokens", async () => {
    const headers = { "x-real-ip": "203.0.113.7", authorization: "Bearer wrong" };
    await sendToAll(headers);
    for (const answer of await sendToAll(headers)) {
      expect(answer).toMatchObject({ read: PUBLIC.has(answer.call) ? expect.any(Number) : 0 });
      if (!PUBLIC.has(answer.call)) expect([400, 401, 403, 405, 429], answer.call).toContain(answer.status);
    }
  });

  it("is not read for a signed-in user if only the operator may send it", async () => {
    const answers = await sendToAll({ authorization: `Bearer ${await signed()}` });
    const reading = answers.filter(({ read }) => read > 0).map(({ call }) => call);
    expect(reading.filter((call) => !PUBLIC.has(call)).sort()).toEqual([
      "DELETE /api/sport/workouts",
      "POST /api/sport/users",
      "POST /api/sport/workouts",
    ]);
  });

  it("is not read from a stranger's page", async () => {
    for (const answer of await sendToAll({ origin: "https://evil.example" })) expect(answer.read, answer.call).toBe(0);
  });

  it("of everybody is read for 16 KB, and of a page that can set no headers for 64 KB", async () => {
    const answers = await sendToAll({});
    const readBy = (call: string) => answers.find((answer) => answer.call === call);
    expect(readBy("POST /api/bookings")).toMatchObject({ status: 413, read: 17_000 });
    expect(readBy("DELETE /api/slots/{id}/hold")).toMatchObject({ status: 413, read: 17_000 });
    for (const call of ["POST /api/v1/track", "POST /api/v1/track/async"]) {
      expect(readBy(call)).toMatchObject({ status: 401, read: 66_000 });
    }
  });

  it("that declares too much is not begun", async () => {
    const answers = await sendToAll({ "content-length": "4000001" });
    for (const answer of answers) expect(answer.read, answer.call).toBe(0);
    const sending = answers.filter(({ status }) => status === 413).map(({ call }) => call);
    const withoutBody = ["POST /api/slots/{id}/hold"];
    expect(sending.sort()).toEqual([...PUBLIC].filter((call) => !withoutBody.includes(call)).sort());
  });

  it("that is compressed is refused before it is read", async () => {
    const headers = { authorization: `Bearer ${SETTINGS.ADMIN_TOKEN}`, "content-encoding": "gzip" };
    expect(await sendTo("/api/sport/workouts", "POST", headers)).toMatchObject({ status: 415, read: 0 });
  });
});
