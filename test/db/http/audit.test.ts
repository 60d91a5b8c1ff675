import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { type Db, rows } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { api } from "../../support/http/api.ts";
import { OPEN_SETTINGS } from "../../support/http/callers.ts";
import { everyOperation, type OperationRequest, sendTo } from "../../support/http/every-operation.ts";
import { ADMIN_TOKEN } from "../../support/http/requests.ts";
import { signed } from "../../support/http/tokens.ts";
import { addApiWorld, MINE } from "../../worlds/api-world.ts";
import { addOperators, apiTokenOf, cookieOf } from "../../worlds/operators.ts";

/** The audit log holds every change that an operator or a token makes (docs/domain.md, section 9), and nothing secret. */

const operations = (await everyOperation()).filter(({ role }) => role !== undefined);
const changes = operations.filter(({ method }) => method !== "GET").map((request) => [request.id, request] as const);

let db: Db;
ownDatabase((own) => {
  db = own;
}, OPEN_SETTINGS);
beforeEach(async () => {
  await addApiWorld(db);
  await addOperators(db);
});

async function send(request: OperationRequest, headers: Record<string, string>): Promise<number> {
  const response = await sendTo(request, headers);
  await response.text();
  await backgroundWork();
  return response.status;
}

const recorded = () =>
  rows<Record<string, unknown>>(
    db,
    sql`select operation, actor_kind as kind, actor_id as id, actor_name as name, subject, outcome from audit_log order by audit_log.id`,
  );

const SESSION = { cookie: cookieOf("admin"), origin: "https://taktwerk.example" };

describe("a change by an operator", () => {
  it.each(changes)("%s is recorded, with who and what became of it", async (id, request) => {
    const status = await send(request, SESSION);
    const outcome = status < 400 ? "done" : status < 500 ? "refused" : "failed";
    expect(await recorded()).toEqual([
      expect.objectContaining({ operation: id, kind: "operator", id: "admin", name: "Name of admin", outcome }),
    ]);
  });
});

const change = (id: string) => changes.find(([name]) => name === id)?.[1] as OperationRequest;

describe("the audit log", () => {
  it("names the token that made a change", async () => {
    await send(change("saveExercises"), { authorization: `Bearer ${ADMIN_TOKEN}` });
    await send(change("saveExercises"), { authorization: `Bearer ${apiTokenOf("admin")}` });
    expect(await recorded()).toMatchObject([
      { kind: "admin-token", id: null, name: "ADMIN_TOKEN" },
      { kind: "api-token", id: expect.any(String), name: "admin" },
    ]);
  });

  it("holds nothing of what only reads, what is refused before its body is read, and what a member does", async () => {
    for (const request of operations.filter(({ method }) => method === "GET")) await send(request, SESSION);
    await send(change("saveExercises"), { ...SESSION, cookie: cookieOf("viewer") });
    await send(change("saveWorkouts"), { authorization: `Bearer ${await signed({ sub: MINE })}` });
    expect(await recorded()).toEqual([]);
  });

  it("is listed by operation and span, the latest first", async () => {
    for (const id of ["saveExercises", "saveExceptions"]) await send(change(id), SESSION);
    const list = async (query: string) => {
      const request = new Request(`https://taktwerk.example/api/auth/audit-log?${query}`, { headers: SESSION });
      const { items } = (await (await api(request)).json()) as { items: { operation: string }[] };
      return items.map(({ operation }) => operation);
    };
    expect(await list("")).toEqual(["saveExceptions", "saveExercises"]);
    expect(await list("operation=saveExercises")).toEqual(["saveExercises"]);
    const span = (from: number, to: number) => `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
    const now = Date.now();
    expect(await list(span(now - 3_600_000, now + 60_000))).toHaveLength(2);
    expect(await list(span(now - 7_200_000, now - 3_600_000))).toEqual([]);
  });

  it("holds no secret of a request or an answer", async () => {
    const answers = await Promise.all(changes.map(([, request]) => sendTo(request, SESSION)));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    await backgroundWork();
    const secrets = bodies.flatMap((body) => body.match(/twk_\w+/g) ?? []);
    expect(secrets).not.toEqual([]);
    const log = JSON.stringify(await rows(db, sql`select * from audit_log`));
    for (const secret of [...secrets, cookieOf("admin"), "session-token-of"]) expect(log).not.toContain(secret);
  });
});
