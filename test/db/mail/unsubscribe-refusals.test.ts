import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { redirectLog } from "../../../lib/log.ts";
import { users } from "../../../lib/users/schema.ts";
import { setClock } from "../../support/clock.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { DELETE, HEAD, OPTIONS, PATCH, PUT } from "../../support/http/api.ts";
import { type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { get, languageOf, link, post, titleOf } from "../../support/mail/unsubscribe-link.ts";
import { addUsers } from "../../worlds/club.ts";

/** What the unsubscribe link refuses, and which page it shows. */

describe.each(DATABASES)("refusals of the unsubscribe link on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    configure(SETTINGS);
    useConnection(connection);
    await empty(db);
  });

  const member = () => addUsers(db, { id: "ada", language: "de" });
  const preferences = async () => (await db.select().from(users).where(eq(users.id, "ada")))[0]?.preferences;

  it.each([
    ["no token", () => "https://taktwerk.example/api/events/emails/unsubscribe"],
    ["an empty token", () => "https://taktwerk.example/api/events/emails/unsubscribe?token="],
    ["half a token", () => link("ada").slice(0, -20)],
    ["another's signature", () => link("ada").replace(/[\w-]+$/, link("bob").split(".").at(-1) ?? "")],
    ["two tokens", () => `${link("ada")}&token=${link("ada").split("=")[1]}`],
    ["an expired token", () => link("ada", new Date("2020-01-01T00:00:00Z"))],
    ["a script", () => "https://taktwerk.example/api/events/emails/unsubscribe?token=<script>alert(1)</script>"],
  ])("change nothing for %s and say what to do", async (_, url) => {
    await member();
    for (const answer of [await get(url()), await post(url())]) {
      expect([answer.status, titleOf(answer), languageOf(answer)]).toEqual([400, "Dieser Link ist ungültig", "de"]);
      expect(answer.html).toContain("in der neuesten E-Mail");
      expect(answer.html).not.toMatch(/<form|script/);
    }
    const english = await get(url(), { "accept-language": "en" });
    expect([english.status, titleOf(english)]).toEqual([400, "This link is not valid"]);
    expect(await preferences()).toEqual({});
  });

  it("begin at the second of the expiry", async () => {
    await member();
    const from = new Date("2026-02-09T00:00:00Z");
    const at = (instant: string) => {
      setClock(instant);
      return post(link("ada", from));
    };
    expect((await at("2026-08-08T00:00:00Z")).status).toBe(400);
    expect(await preferences()).toEqual({});
    expect((await at("2026-08-07T23:59:50Z")).status).toBe(200);
    expect(await preferences()).toEqual({ notifications: { email: false } });
  });

  it("show a page if no secret is configured", async () => {
    await member();
    configure({ ...SETTINGS, EMAIL_PREFERENCES_SECRET: undefined });
    for (const page of [await get(link("ada")), await post(link("ada"))]) {
      expect([page.status, titleOf(page)]).toEqual([503, "Abbestellen ist hier gerade nicht möglich"]);
    }
    expect(await preferences()).toEqual({});
  });

  it("include a body that is too long for a click, with or without a declared length", async () => {
    await member();
    const body = "x".repeat(4097);
    const stream = new Blob([body]).stream();
    for (const init of [
      { body, headers: { "content-length": "4097" } },
      { body: stream, duplex: "half" as const },
    ]) {
      const page = await post(link("ada"), init);
      expect([page.status, (JSON.parse(page.html) as Refusal).error.code]).toEqual([413, "payload-too-large"]);
    }
    expect(await preferences()).toEqual({});
    expect((await post(link("ada"), { body: "x".repeat(4096) })).status).toBe(200);
  });

  it.each([
    ["PUT", PUT],
    ["PATCH", PATCH],
    ["DELETE", DELETE],
    ["OPTIONS", OPTIONS],
  ])("include the method %s", async (method, handler) => {
    await member();
    const response = await handler(new Request(link("ada"), { method }));
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
    expect(await preferences()).toEqual({});
  });

  it("do not include HEAD, which asks as GET does", async () => {
    await member();
    const response = await HEAD(new Request(link("ada"), { method: "HEAD" }));
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(await preferences()).toEqual({});
  });
});

describe("the unsubscribe link while the database cannot be reached", () => {
  afterEach(() => redirectLog(() => {}));

  it("asks the reader to try again, and logs the reason", async () => {
    configure(SETTINGS);
    const connection = openPostgres("postgres://nobody@127.0.0.1:1/nowhere");
    useConnection(connection);
    onTestFinished(() => connection.close());
    const lines: string[] = [];
    redirectLog((_level, line) => lines.push(line));
    const page = await post(link("ada"), { headers: { "accept-language": "en" } });
    expect([page.status, titleOf(page)]).toEqual([503, "That did not work just now"]);
    const [reason, request] = lines.map((line) => JSON.parse(line));
    expect(reason).toMatchObject({ event: "unsubscribe_failed", userId: "ada" });
    expect([request.event, lines.length]).toEqual(["request", 2]);
  });
});
