import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../lib/db/client.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { backgroundWork } from "../../lib/http/background.ts";
import { redirectLog } from "../../lib/log.ts";
import { createDatabase } from "../support/database/databases.ts";
import { everyOperation, type OperationRequest, sendTo } from "../support/http/every-operation.ts";
import { ADMIN_TOKEN, CRON_SECRET, SETTINGS } from "../support/http/requests.ts";
import { USER_SECRET } from "../support/http/tokens.ts";
import { READ_KEY, WRITE_KEY } from "../worlds/site.ts";

const PASSWORD = "the-password-of-the-database";

/** What an answer may not tell: where the code lies, what was asked of the database, whom it is, what opens it. */
const TELLING: Record<string, RegExp> = {
  "a stack": /\n\s+at |\bat (async )?[\w.<>]+ \(|stack/i,
  "a path": /\/(home|tmp|var|usr|work|node_modules|lib|api)\/[\w/.-]+\.(ts|js|mjs|json)|file:\/\/|\.ts:\d+/,
  SQL: /\b(select|insert into|update|delete from)\b.*\b(from|set|values|where)\b|syntax error|\$1\b/i,
  "the database": /relation "|column "|does not exist|postgres(ql)?:|127\.0\.0\.1|localhost|pg_/i,
  "a secret": new RegExp(
    [ADMIN_TOKEN, CRON_SECRET, READ_KEY, WRITE_KEY, USER_SECRET, PASSWORD, "a-secret-of"].join("|"),
  ),
};

describe("an error", () => {
  let lines: string[] = [];
  beforeEach(() => {
    configure({ ...SETTINGS, AUTH_JWT_SECRET: USER_SECRET });
    lines = [];
    redirectLog((_, line) => lines.push(line));
  });
  afterEach(() => redirectLog(() => {}));
  afterAll(closeDatabase);

  /** Asks everything for everything, and looks at what went wrong. */
  async function failures(): Promise<{ status: number; what: string; text: string }[]> {
    const found: { status: number; what: string; text: string }[] = [];
    // Side by side: each of them tries for a while to reach a database that is away.
    const ask = async (asked: OperationRequest) => {
      for (const token of [ADMIN_TOKEN, CRON_SECRET, READ_KEY, WRITE_KEY]) {
        const answer = await sendTo(asked, { authorization: `Bearer ${token}` });
        const text = await answer.text();
        const what = `${asked.name}: ${answer.status} ${text}`;
        if (answer.status >= 400) found.push({ status: answer.status, what, text });
        for (const header of answer.headers.values()) expect(header, what).not.toMatch(/node_modules|\.ts:|postgres:/);
      }
    };
    await Promise.all((await everyOperation()).map(ask));
    await backgroundWork();
    return found;
  }

  function expectDiscreet(found: Awaited<ReturnType<typeof failures>>): void {
    for (const { what, text } of found) {
      for (const [kind, pattern] of Object.entries(TELLING)) expect(text, `${kind} in ${what}`).not.toMatch(pattern);
    }
    const faults = found.filter(({ status, text }) => status >= 500 && text.startsWith('{"status":"error"'));
    expect(faults.length).toBeGreaterThan(20);
    for (const { text, what } of faults) {
      expect(JSON.parse(text), what).toEqual({
        status: "error",
        error: { code: expect.any(String), message: expect.any(String), requestId: expect.any(String) },
      });
    }
  }

  it("of a database without its tables tells neither what was asked of it nor by whom", async () => {
    const connection = openPostgres(await createDatabase());
    useConnection(connection);
    await connection.db.execute(sql`drop schema public, raw, staging, business cascade`);
    await connection.db.execute(sql`create schema public`);
    const found = await failures();
    expectDiscreet(found);
    expect(
      found.filter(({ what, text }) => what.startsWith("GET /api/admin/runs") && /"code":"internal"/.test(text)),
    ).toHaveLength(1);
    expect(lines.some((line) => line.includes("does not exist"))).toBe(true); // the log has it
    for (const line of lines) expect(line).not.toMatch(TELLING["a secret"] as RegExp);
  });

  it("of a database that is away tells neither where it was nor how it is signed in to", async () => {
    useConnection(
      openPostgres(`postgres://somebody:${PASSWORD}@127.0.0.1:1/nothing`, { connectionTimeoutMillis: 500 }),
    );
    const found = await failures();
    expectDiscreet(found);
    for (const line of lines) expect(line).not.toMatch(TELLING["a secret"] as RegExp);
  });
});
