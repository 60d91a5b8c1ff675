import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, json } from "../../../lib/db/db.ts";
import { redirectLog } from "../../../lib/log.ts";
import { users } from "../../../lib/users/schema.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { dump, SETTINGS } from "../../support/http/requests.ts";
import { get, languageOf, link, post, titleOf } from "../../support/mail/unsubscribe-link.ts";
import { addUsers, type NewUser } from "../../worlds/club.ts";

/** The unsubscribe link in mails: GET asks, POST unsubscribes, and the reader need not sign in. */

describe.each(DATABASES)("the unsubscribe link on $name", ({ open }) => {
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

  const member = (user: Partial<NewUser> = {}) => addUsers(db, { id: "ada", language: "de", ...user });
  const preferences = async (id = "ada") => (await db.select().from(users).where(eq(users.id, id)))[0]?.preferences;

  it("asks when it is opened, any number of times, and changes nothing", async () => {
    await member({ preferences: { notifications: { email: true } } });
    const before = await dump(db);
    for (const page of [await get(link("ada")), await get(link("ada"))]) {
      expect([page.status, titleOf(page), languageOf(page)]).toEqual([200, "E-Mails abbestellen?", "de"]);
      expect(page.html).toContain('<form method="post"><button');
    }
    expect(await dump(db)).toEqual(before);
  });

  it("turns mails off by POST, and changes nothing else", async () => {
    const others = { distanceUnit: "mi", theme: { dark: [1, null, "x"] } };
    await member({ preferences: { ...others, notifications: { email: true, push: true } } });
    await addUsers(db, "bob");
    const [before] = await db.select().from(users).where(eq(users.id, "ada"));
    const page = await post(link("ada"));
    expect([page.status, titleOf(page)]).toEqual([200, "Abbestellt"]);
    expect(page.html).not.toContain("<form");
    expect((await db.select().from(users).where(eq(users.id, "ada")))[0]).toEqual({
      ...before,
      preferences: { ...others, notifications: { email: false, push: true } },
    });
    expect(await preferences("bob")).toEqual({});
  });

  it("responds to a second POST as to the first, without writing again", async () => {
    await member();
    const first = await post(link("ada"));
    const version = async () => (await db.execute(sql`select xmin::text from users`)) as unknown as { rows: unknown[] };
    const before = (await version()).rows;
    expect((await post(link("ada"))).html).toBe(first.html);
    expect((await version()).rows).toEqual(before);
  });

  it.each([
    ["empty", {}, { notifications: { email: false } }],
    ["without notifications", { a: 1 }, { a: 1, notifications: { email: false } }],
    ["with notifications null", { notifications: null }, { notifications: { email: false } }],
    ["with notifications true", { a: 1, notifications: true }, { a: 1, notifications: { email: false } }],
    ["with notifications as text", { notifications: "all" }, { notifications: { email: false } }],
    ["with notifications as a list", { notifications: ["email"] }, { notifications: { email: false } }],
    ["with email as text", { notifications: { email: "false" } }, { notifications: { email: false } }],
    ["with email as an object", { notifications: { email: {} } }, { notifications: { email: false } }],
    ["that are a list", [1], { notifications: { email: false } }],
    ["that are text", "none", { notifications: { email: false } }],
    ["that are null", null, { notifications: { email: false } }],
  ])("turns mails off in preferences %s", async (_, stored, expected) => {
    await member();
    await db.execute(sql`update users set preferences = ${json(stored)}`);
    expect((await post(link("ada"))).status).toBe(200);
    expect(await preferences()).toEqual(expected);
  });

  const multipart = new FormData();
  multipart.append("List-Unsubscribe", "One-Click");
  it.each([
    ["application/x-www-form-urlencoded", new URLSearchParams({ "List-Unsubscribe": "One-Click" })],
    ["multipart/form-data", multipart],
    ["no body", null],
    ["anything else", "List-Unsubscribe=One-Click"],
  ])("accepts the one-click request of a mail program with the body %s", async (_, body) => {
    await member();
    expect((await post(link("ada"), { body, headers: { "user-agent": "mail program" } })).status).toBe(200);
    expect(await preferences()).toEqual({ notifications: { email: false } });
  });

  it("ignores parameters that a mail program adds", async () => {
    await member();
    expect((await post(`${link("ada")}&utm_source=mail`)).status).toBe(200);
    expect(await preferences()).toEqual({ notifications: { email: false } });
  });

  it("shows the same confirmation to a deleted user", async () => {
    await member();
    const known = await post(link("ada"));
    const gone = await post(link("nobody"));
    expect([gone.status, gone.html]).toEqual([200, known.html]);
    expect((await get(link("nobody"))).status).toBe(200);
    expect(await db.$count(users)).toBe(1);
  });

  it("uses the user's language, or the browser's for an unknown user", async () => {
    await addUsers(db, { id: "eve", language: "en" }, { id: "pal", language: "fr" });
    const german = { "accept-language": "de" };
    const english = { "accept-language": "en-GB,en;q=0.9" };
    expect(languageOf(await get(link("eve"), german))).toBe("en");
    expect(titleOf(await post(link("eve"), { headers: german }))).toBe("You are unsubscribed");
    expect(languageOf(await get(link("pal"), english))).toBe("de");
    expect(languageOf(await get(link("nobody"), english))).toBe("en");
    expect(languageOf(await get(link("nobody")))).toBe("de");
  });

  it("keeps every page out of caches and search engines, and lets it load only its style sheet", async () => {
    await member();
    const pages = [await get(link("ada")), await post(link("ada")), await get(link("ada").replace(/\?.*/, ""))];
    for (const { headers } of pages) {
      expect(Object.fromEntries(headers)).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "content-language": "de",
        "cache-control": "no-store",
        "x-robots-tag": "noindex",
        "content-security-policy":
          "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      });
    }
  });

  it("does not reveal the user", async () => {
    await addUsers(db, { id: "zed-4711", nickname: "Countess", firstName: "Augusta", email: "king@club.example" });
    for (const { html } of [await get(link("zed-4711")), await post(link("zed-4711"))]) {
      expect(html).not.toMatch(/zed|4711|Countess|Augusta|king@/);
    }
  });

  it("logs the id of the user, and nothing else about them", async () => {
    await member();
    const lines: string[] = [];
    redirectLog((_level, line) => lines.push(line));
    await post(link("ada"));
    await post(link("nobody"));
    redirectLog(() => {});
    const entries = lines.map((line) => JSON.parse(line)).filter(({ event }) => event !== "request");
    const requestId = expect.any(String);
    expect(entries).toEqual([
      { level: "info", event: "unsubscribed", requestId, userId: "ada", known: true, changed: true },
      { level: "info", event: "unsubscribed", requestId, userId: "nobody", known: false, changed: false },
    ]);
  });
});
