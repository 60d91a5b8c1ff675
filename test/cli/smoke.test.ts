import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../dev/server.ts";
import { providers, services } from "../../lib/booking/schema.ts";
import { connect, useConnection } from "../../lib/db/client.ts";
import { type Db, rows } from "../../lib/db/db.ts";
import { backgroundWork } from "../../lib/http/background.ts";
import { runCli } from "../support/children/run-cli.ts";
import { ownDatabase } from "../support/database/own-database.ts";
import { ADMIN_TOKEN, CRON_SECRET, SETTINGS } from "../support/http/requests.ts";
import { addUsers } from "../worlds/club.ts";

let db: Db;
ownDatabase((own) => {
  db = own;
}, SETTINGS);

describe("npm run smoke", () => {
  let server: { url: string; close(): Promise<void> };
  beforeAll(async () => {
    server = await serve(0);
  });
  afterEach(backgroundWork);
  afterAll(() => server.close());

  const SECRETS = { CRON_SECRET, ADMIN_TOKEN };

  const smoke = (args: string[], env: Record<string, string> = SECRETS) => runCli(["smoke", ...args], { env });

  const namesOf = (out: string, word: "PASS" | "FAIL") =>
    [...out.matchAll(new RegExp(`^${word} +\\d+ ms +(.*)$`, "gm"))].map(([, name]) => name);

  it("passes on a deployment that is well, twice, and leaves nothing open", async () => {
    await addUsers(db, "ada");
    for (const _ of ["once", "again"]) {
      const { code, out, err } = await smoke([server.url]);
      expect(namesOf(out, "FAIL")).toEqual([]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(namesOf(out, "PASS")).toEqual(
        expect.arrayContaining([
          "health",
          "the dashboard shows both events",
          "its cancellation",
          "a dry run of weekly",
        ]),
      );
      expect(out).toMatch(/^\d+ of \d+ passed on http:\/\/127\.0\.0\.1:\d+$/m);
      expect(out).not.toContain(CRON_SECRET);
      expect(out).not.toContain(ADMIN_TOKEN);
    }
    expect(await db.$count(providers)).toBe(0);
    expect(await db.$count(services)).toBe(0);
    const left = await rows(
      db,
      sql`select active, (select count(*)::int from site_keys where expires_at is null) as keys,
        (select count(*)::int from booking_slots) as slots, (select count(*)::int from bookings where status <> 'cancelled')
          as bookings, (select count(*)::int from weekly_results) as results from sites`,
    );
    expect(left).toEqual([{ active: false, keys: 0, slots: 0, bookings: 0, results: 0 }]);
  });

  it("deletes the data that a killed run has left behind", async () => {
    const hours = Math.floor(Date.now() / 3_600_000);
    const old = `smoke-${hours - 5}-0123abcd`;
    const young = `smoke-${hours}-0123abcd`;
    await db.insert(providers).values([old, young, "praxis"].map((id) => ({ id, name: id, timezone: "UTC" })));
    await smoke([server.url]);
    expect((await db.select().from(providers)).map(({ id }) => id).toSorted()).toEqual(["praxis", young]);
  });

  it("fails if the tokens are wrong, with a line for each path that needs one, and shows none of them", async () => {
    const wrong = { CRON_SECRET: "not-the-cron-secret-of-it", ADMIN_TOKEN: "not-the-admin-token-of-it" };
    const { code, out } = await smoke([server.url], wrong);
    expect(code).toBe(1);
    expect(namesOf(out, "PASS")).toEqual(["health", "the OpenAPI document", "wrong tokens are refused"]);
    expect(out).toMatch(
      /POST \/api\/events\/weekly\?dryRun=true: expected 200 or 202, got 401 unauthorized: This endpoint requires/,
    );
    expect(out).toContain('not tried: it needs "a site and fresh keys", which failed');
    for (const token of Object.values(wrong)) expect(out).not.toContain(token);
  });

  it("fails at once if the deployment does not answer", async () => {
    const gone = await serve(0);
    await gone.close();
    const { code, out } = await smoke([gone.url]);
    expect(code).toBe(1);
    expect(namesOf(out, "PASS")).toEqual([]);
    expect(out).toMatch(/GET \/api\/health: expected an answer, got none \(ECONNREFUSED/);
    expect(out).toContain("not tried: the deployment does not answer");
    expect(out).toMatch(/^0 of \d+ passed/m);
  });

  it("fails if the database is away, and says so", async () => {
    const away = await connect("postgres://nobody@127.0.0.1:1/none");
    useConnection(away);
    const { code, out } = await smoke([server.url]);
    await backgroundWork();
    await away.close();
    useConnection({ db, driver: "postgres", close: async () => {} });
    expect(code).toBe(1);
    expect(namesOf(out, "FAIL")).toEqual(expect.arrayContaining(["health", "the database and its migrations"]));
    expect(out).toMatch(/GET \/api\/health: expected 200, got 503/);
  });

  it.each([
    [[], "url: expected one URL such as https://taktwerk.example.com, got none"],
    [["taktwerk"], 'got "taktwerk"'],
    [["https://a.example", "https://b.example"], 'got "https://a.example", "https://b.example"'],
    [["ftp://taktwerk.example"], "expected one URL"],
    [["http://taktwerk.example"], "expected https, or this machine, since the secrets go there"],
    [["http://127.0.0.1.evil.example"], "expected https, or this machine"],
    [["https://user:pass@taktwerk.example"], "expected one URL"],
    [["https://taktwerk.example", "--all"], "Unknown option '--all'"],
  ])("refuses %j with exit code 2", async (args, sentence) => {
    const { code, out, err } = await smoke(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
  });

  it("refuses to begin without the secrets, and with a wrong setting", async () => {
    const without = await smoke([server.url], { CRON_SECRET });
    expect(without).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("expected ADMIN_TOKEN of the deployment"),
    });
    const wrong = await smoke([server.url], { ...SECRETS, BATCH_SIZE: "many" });
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("BATCH_SIZE: expected") });
  });
});
