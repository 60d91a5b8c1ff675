import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { ConsoleBrowser } from "../../support/http/console-browser.ts";
import { dump, SETTINGS } from "../../support/http/requests.ts";
import {
  addAccount,
  BACKUP_CODES,
  codeOf,
  isSignedIn,
  PASSWORD,
  sendPassword,
  signIn,
} from "../../worlds/console-accounts.ts";
import { CONSOLE_SECRET, cookieOf } from "../../worlds/operators.ts";

/** Signing in to the console, and what must not open it (docs/domain.md, section 9). */

let db: Db;
ownDatabase(
  (own) => {
    db = own;
  },
  { ...SETTINGS, CONSOLE_SECRET, RATE_LIMIT_WRITES: "0", RATE_LIMIT_READS: "0", RATE_LIMIT_REFUSALS: "0" },
);

let email: string;
beforeEach(async () => {
  email = await addAccount(db, "staff");
});

const SESSION = "__Secure-taktwerk.session_token";
const sessions = () => rows<{ id: string; token: string }>(db, sql`select id, token from operator_sessions`);
const enter = (browser: ConsoleBrowser, code: string, more: object = {}) =>
  browser.post("sign-in/second-factor", { code, ...more });
const WRONG = { status: 422, body: { error: { code: "wrong-credentials" } } };
const WRONG_CODE = { status: 422, body: { error: { code: "wrong-code" } } };

describe("signing in", () => {
  it("takes the password, then a code, and keeps only the session", async () => {
    const browser = new ConsoleBrowser();
    expect((await browser.get("session")).body).toMatchObject({ operator: null, secondFactor: null });
    expect((await sendPassword("Staff@Club.Example", browser)).body).toEqual({ next: "second-factor" });
    expect((await browser.get("session")).body).toMatchObject({ operator: null, secondFactor: "required" });
    expect(await isSignedIn(browser)).toBe(false);
    expect(await sessions()).toEqual([]);
    const answer = await enter(browser, codeOf());
    expect(answer).toMatchObject({ status: 200, body: { done: true } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect((await browser.get("session")).body).toMatchObject({
      operator: { email: "staff@club.example", role: "staff", language: "en" },
      secondFactor: "verified",
      club: { name: "taktwerk.example", timezone: "UTC" },
    });
    expect([...browser.cookies.keys()]).toEqual([SESSION]);
  });

  it("needs no code in a browser that is trusted, until the operator signs out everywhere", async () => {
    const browser = await signIn(email, 0, { trustDevice: true });
    await browser.post("sign-out");
    expect((await sendPassword(email, browser)).body).toEqual({ next: "signed-in" });
    expect(await isSignedIn(browser)).toBe(true);
    await browser.post("sign-out-everywhere");
    expect((await sendPassword(email, browser)).body).toEqual({ next: "second-factor" });
  });

  it("makes a new session each time, and ends the one that the browser had", async () => {
    const browser = await signIn(email);
    const before = browser.cookies.get(SESSION);
    await sendPassword(email, browser);
    expect(browser.cookies.has(SESSION)).toBe(false);
    await enter(browser, codeOf(1));
    expect(browser.cookies.get(SESSION)).not.toBe(before);
    expect(await sessions()).toHaveLength(1);
  });

  it("does not complete the sign-in of another operator whose session the browser has", async () => {
    const other = await signIn(await addAccount(db, "admin"));
    const browser = new ConsoleBrowser();
    await sendPassword(email, browser);
    browser.cookies.set(SESSION, other.cookies.get(SESSION) ?? "");
    await enter(browser, codeOf());
    expect((await browser.get("session")).body).toMatchObject({ operator: { role: "staff" } });
  });

  it("is closed without CONSOLE_SECRET", async () => {
    configure(SETTINGS);
    expect(await sendPassword(email)).toMatchObject({ status: 503, body: { error: { code: "not-configured" } } });
    expect((await new ConsoleBrowser().get("session")).body).toMatchObject({ operator: null, canSignIn: false });
  });
});

describe("a wrong address, a wrong password and a disabled account", () => {
  it("get the same answer", async () => {
    await addAccount(db, "viewer", "gone");
    await rows(db, sql`update operators set disabled_at = now() where id = 'gone'`);
    const answers = await Promise.all([
      sendPassword("nobody@club.example"),
      sendPassword(email, undefined, "a wrong password"),
      sendPassword("gone@club.example"),
    ]);
    const bodies = answers.map(({ status, headers, body }) => {
      const { requestId: _, ...error } = body.error as Record<string, unknown>;
      return { status, cookies: headers.getSetCookie(), error };
    });
    expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
    expect(answers[0]).toMatchObject(WRONG);
    expect(await sessions()).toEqual([]);
  });
});

describe("after 5 failed tries", () => {
  const locked = { status: 429, body: { error: { code: "rate-limited" } } };

  it.each(["staff@club.example", "nobody@club.example"])(
    "%s is locked, also for the right password",
    async (address) => {
      const tries = await Promise.all(
        Array.from({ length: 6 }, () => sendPassword(address, undefined, "wrong password")),
      );
      expect(tries.filter(({ status }) => status === 422)).toHaveLength(5);
      const refused = await sendPassword(address);
      expect(refused).toMatchObject(locked);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(890);
      await rows(db, sql`update operator_verifications set expires_at = now() - interval '1 second'`);
      expect((await sendPassword(address)).status).toBe(address === email ? 200 : 422);
    },
  );

  it("of the code, neither a code nor a new sign-in helps", async () => {
    const browser = new ConsoleBrowser();
    await sendPassword(email, browser);
    for (const code of ["000001", "000002", "000003", "000004"])
      expect(await enter(browser, code)).toMatchObject(WRONG_CODE);
    await sendPassword(email, browser); // a right password takes back no failed code
    expect(await browser.post("sign-in/backup-code", { code: "wrong-wrong" })).toMatchObject(WRONG_CODE);
    expect(await enter(browser, codeOf())).toMatchObject(locked);
    await sendPassword(email, browser);
    expect(await browser.post("sign-in/backup-code", { code: BACKUP_CODES[0] })).toMatchObject(locked);
    expect(await rows(db, sql`select * from audit_log order by id desc limit 1`)).toMatchObject([
      { operation: "useBackupCode", actor_kind: "visitor", subject: "staff", outcome: "refused" },
    ]);
  });

  it("right ones in between do not count", async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let again = 0; again < 2; again += 1) await sendPassword(email, undefined, "a wrong password");
      expect((await sendPassword(email)).status).toBe(200);
    }
  });
});

describe("a code", () => {
  it("of the app can be used once", async () => {
    const code = codeOf();
    const [first, second] = [new ConsoleBrowser(), new ConsoleBrowser()];
    await sendPassword(email, first);
    await sendPassword(email, second);
    const answers = await Promise.all([enter(first, code), enter(second, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it("to keep for later can be used once", async () => {
    const codes = [BACKUP_CODES[0], BACKUP_CODES[0], BACKUP_CODES[1]];
    const statuses: number[] = [];
    for (const code of codes) {
      const browser = new ConsoleBrowser();
      await sendPassword(email, browser);
      statuses.push((await browser.post("sign-in/backup-code", { code })).status);
    }
    expect(statuses).toEqual([200, 422, 200]);
  });

  it("is not taken without a sign-in that waits for it, or after 10 minutes", async () => {
    const expired = { status: 410, body: { error: { code: "sign-in-expired" } } };
    expect(await enter(new ConsoleBrowser(), codeOf())).toMatchObject(expired);
    const browser = new ConsoleBrowser();
    await sendPassword(email, browser);
    await rows(db, sql`update operator_verifications set expires_at = now() where identifier like 'hash:2fa-%'`);
    expect(await enter(browser, codeOf())).toMatchObject(expired);
  });
});

describe("a change with a cookie", () => {
  const cases: [string, Record<string, string>, number][] = [
    ["from the console", { origin: "https://taktwerk.example" }, 200],
    ["from the console, without its origin", { "sec-fetch-site": "same-origin" }, 200],
    ["from another origin", { origin: "https://evil.example" }, 403],
    ["from another origin of the same site", { "sec-fetch-site": "same-site" }, 403],
    ["from another site", { "sec-fetch-site": "cross-site" }, 403],
    ["that says nothing", {}, 403],
  ];
  it.each(cases)("%s gets the right answer", async (_, headers, status) => {
    const browser = new ConsoleBrowser(headers);
    await rows(
      db,
      sql`insert into operator_sessions (id, operator_id, token, expires_at, created_at, updated_at)
        values ('s', 'staff', 'session-token-of-staff', now() + interval '1 day', now(), now())`,
    );
    const [name = "", value = ""] = cookieOf("staff").split("=");
    browser.cookies.set(name, value);
    expect((await browser.send("PATCH", "account", { language: "de" })).status).toBe(status);
    expect((await sendPassword(email, browser)).status).toBe(status);
  });

  it("is not needed by a program", async () => {
    expect((await sendPassword(email, new ConsoleBrowser({}))).status).toBe(200);
    expect((await sendPassword(email, new ConsoleBrowser({ origin: "https://evil.example" }))).status).toBe(403);
  });
});

it("what is stored opens nothing: passwords and identifiers are hashed, second factors encrypted", async () => {
  const browser = await signIn(email, 0, { trustDevice: true });
  await sendPassword(email);
  const stored = JSON.stringify(
    await dump(db, "operator_verifications", "operator_second_factors", "operator_credentials"),
  );
  for (const value of browser.cookies.values()) {
    const [, identifier] = /!([^.]+)\./.exec(decodeURIComponent(value)) ?? [];
    if (identifier !== undefined) expect(stored).not.toContain(identifier);
  }
  for (const secret of [PASSWORD, "the-secret-of-an", ...BACKUP_CODES]) expect(stored).not.toContain(secret);
});
