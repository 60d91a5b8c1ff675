import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { type Db, rows } from "../../../lib/db/db.ts";
import { endSession } from "../../../lib/operators/accounts.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { ConsoleBrowser } from "../../support/http/console-browser.ts";
import { call, dump, SETTINGS } from "../../support/http/requests.ts";
import { addAccount, isSignedIn, PASSWORD, sendPassword, signIn } from "../../worlds/console-accounts.ts";
import { addOperator, CONSOLE_SECRET, cookieOf } from "../../worlds/operators.ts";

/** Sessions, passwords, rights and tokens of operators who are signed in (docs/domain.md, section 9). */

let db: Db;
ownDatabase(
  (own) => {
    db = own;
  },
  { ...SETTINGS, CONSOLE_SECRET, RATE_LIMIT_WRITES: "0", RATE_LIMIT_READS: "0", RATE_LIMIT_REFUSALS: "0" },
);

/** A browser that has a session without having signed in. */
function browserOf(id: string): ConsoleBrowser {
  const browser = new ConsoleBrowser();
  const [name = "", value = ""] = cookieOf(id).split("=");
  browser.cookies.set(name, value);
  return browser;
}

const NEW_PASSWORD = "another long password";

it("that a sign-in has made can be ended by its token, and no other with it", async () => {
  await addOperator(db, { id: "one", role: "staff" });
  await addOperator(db, { id: "another", role: "staff" });
  expect(await endSession(db, { token: "session-token-of-one" })).toBe(true);
  expect(await endSession(db, { token: "session-token-of-one" })).toBe(false);
  expect([await isSignedIn(browserOf("one")), await isSignedIn(browserOf("another"))]).toEqual([false, true]);
});

describe("a session", () => {
  let email: string;
  let browser: ConsoleBrowser;
  let other: ConsoleBrowser;
  beforeEach(async () => {
    email = await addAccount(db, "staff");
    browser = await signIn(email);
    other = await signIn(email, 1);
  });

  const signedIn = async () => [await isSignedIn(browser), await isSignedIn(other)];
  /** Browsers with the cookies of before, as someone has them who copied them. */
  function copies(): ConsoleBrowser[] {
    return [browser, other].map(({ cookies }) => {
      const copy = new ConsoleBrowser();
      for (const [name, value] of cookies) copy.cookies.set(name, value);
      return copy;
    });
  }

  it("ends when its browser signs out", async () => {
    const [copy] = copies();
    expect((await browser.post("sign-out")).body).toEqual({ done: true });
    expect(browser.cookies.size).toBe(0);
    expect(await isSignedIn(copy as ConsoleBrowser)).toBe(false);
    expect(await isSignedIn(other)).toBe(true);
  });

  it("ends when the operator signs out everywhere", async () => {
    await browser.post("sign-out-everywhere");
    expect(await signedIn()).toEqual([false, false]);
  });

  it("ends when the operator ends it from another browser", async () => {
    const { body } = await browser.get<{ items: { id: string; isPresent: boolean }[] }>("sessions");
    const ended = body.items.find(({ isPresent }) => !isPresent);
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toMatchObject({ userAgent: "Browser of the tests" });
    expect((await browser.send("DELETE", `sessions/${ended?.id}`)).status).toBe(200);
    expect(await signedIn()).toEqual([true, false]);
    expect((await browser.send("DELETE", `sessions/${ended?.id}`)).status).toBe(404);
  });

  it("goes on in the browser that changes the password under a new cookie, and ends elsewhere", async () => {
    const [copy] = copies();
    const wrong = { currentPassword: "not this one", newPassword: NEW_PASSWORD };
    expect(await browser.post("account/password", wrong)).toMatchObject({
      status: 422,
      body: { error: { code: "wrong-credentials", field: "currentPassword" } },
    });
    const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expect((await browser.post("account/password", change)).status).toBe(200);
    expect(await signedIn()).toEqual([true, false]);
    expect(await isSignedIn(copy as ConsoleBrowser)).toBe(false);
    expect((await sendPassword(email)).status).toBe(422);
    expect((await sendPassword(email, undefined, NEW_PASSWORD)).status).toBe(200);
  });

  it("ends at once when an admin disables the account, and its role is that of the moment", async () => {
    await addOperator(db, { id: "admin", role: "admin" });
    const admin = browserOf("admin");
    expect((await browser.get("operators")).status).toBe(403);
    await admin.send("PATCH", "operators/staff", { role: "admin" });
    expect((await browser.get("operators")).status).toBe(200);
    expect((await admin.send("PATCH", "operators/staff", { disabled: true })).body).toMatchObject({ role: "admin" });
    expect(await signedIn()).toEqual([false, false]);
    await admin.send("PATCH", "operators/staff", { disabled: false });
    expect(await signedIn()).toEqual([false, false]);
  });

  it("is extended by a visit at most once a day", async () => {
    expect((await browser.get("session")).headers.getSetCookie()).toEqual([]);
    await rows(
      db,
      sql`update operator_sessions set updated_at = now() - interval '25 hours', expires_at = now() + interval '12 days'`,
    );
    expect((await browser.get("session")).headers.getSetCookie()).toEqual([expect.stringContaining("Max-Age=1209600")]);
    const [longest] = await rows<{ isLong: boolean }>(
      db,
      sql`select expires_at > now() + interval '13 days' as "isLong" from operator_sessions order by expires_at desc`,
    );
    expect(longest).toEqual({ isLong: true });
  });
});

describe("a new password", () => {
  it.each([
    ["with 11 characters", "elevenchars", "newPassword"],
    ["with 129 characters", "x".repeat(129), "newPassword"],
    ["that is the address", "Operator@Club.Example", "newPassword"],
  ])("%s is refused", async (_, newPassword, field) => {
    await addOperator(db, { id: "operator", role: "viewer" });
    const answer = await browserOf("operator").post("account/password", { currentPassword: PASSWORD, newPassword });
    expect(answer).toMatchObject({ status: 422, body: { error: { code: "invalid-body", field } } });
  });
});

describe("the last admin", () => {
  it("can neither be disabled nor lose the role, also by two admins at once", async () => {
    await addOperator(db, { id: "first", role: "admin" });
    await addOperator(db, { id: "second", role: "admin" });
    const answers = await Promise.all([
      browserOf("first").send("PATCH", "operators/second", { role: "staff" }),
      browserOf("second").send("PATCH", "operators/first", { disabled: true }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const admins = await rows(db, sql`select id from operators where role = 'admin' and disabled_at is null`);
    expect(admins).toHaveLength(1);
  });
});

describe("an operator who has left", () => {
  it("is gone from accounts and records, which stay", async () => {
    await addOperator(db, { id: "admin", role: "admin" });
    await addOperator(db, { id: "left", role: "staff" });
    const [admin, left] = [browserOf("admin"), browserOf("left")];
    await left.send("PATCH", "account", { language: "de" });
    expect((await admin.send("DELETE", "operators/left")).status).toBe(200);
    expect(await isSignedIn(left)).toBe(false);
    expect(JSON.stringify(await dump(db))).not.toMatch(/Name of left|left@club/);
    const { body } = await admin.get<{ items: object[] }>("audit-log?actor=left");
    expect(body.items).toMatchObject([{ operation: "updateAccount", actorName: "former operator", outcome: "done" }]);
    expect((await admin.send("DELETE", "operators/left")).status).toBe(404);
    expect((await admin.send("DELETE", "operators/admin")).status).toBe(409);
  });
});

describe("an API token", () => {
  it("is shown once, does what its role may, and ends at once", async () => {
    await addOperator(db, { id: "admin", role: "admin" });
    const admin = browserOf("admin");
    const { body } = await admin.post<{ token: string; apiToken: { id: string } }>("api-tokens", {
      name: "Members",
      role: "viewer",
    });
    expect(body).toMatchObject({ token: expect.stringMatching(/^twk_api_[\w-]{43}$/), apiToken: { lastUsedAt: null } });
    const { token } = body;
    const use = (path: string) => call(GET, path, { token }).then(({ status }) => status);
    expect(await use("/api/admin/runs")).toBe(200);
    expect(await use("/api/auth/api-tokens")).toBe(403);
    const listed = await admin.get<{ items: object[] }>("api-tokens");
    expect(listed.body.items).toMatchObject([{ name: "Members", createdBy: "Name of admin", hint: token.slice(-4) }]);
    expect(listed.body.items[0]).not.toMatchObject({ lastUsedAt: null });
    expect(JSON.stringify([listed.body, await dump(db)])).not.toContain(token);
    await admin.send("DELETE", `api-tokens/${body.apiToken.id}`);
    expect(await use("/api/admin/runs")).toBe(401);
  });

  it("ends when it expires, which lies in the future", async () => {
    await addOperator(db, { id: "admin", role: "admin" });
    const create = (expiresAt: Date) =>
      browserOf("admin").post<{ token: string }>("api-tokens", { name: "Short", role: "admin", expiresAt });
    expect(await create(new Date(Date.now() - 1000))).toMatchObject({
      status: 422,
      body: { error: { field: "expiresAt" } },
    });
    const { token } = (await create(new Date(Date.now() + 60_000))).body;
    await rows(db, sql`update api_tokens set expires_at = now()`);
    expect((await call(GET, "/api/admin/runs", { token })).status).toBe(401);
  });
});

describe("the audit log", () => {
  it("holds who signed in and changed what, without passwords, tokens, cookies or codes", async () => {
    const email = await addAccount(db, "admin");
    const browser = await signIn(email);
    const first = [...browser.cookies.values()];
    await browser.post("backup-codes", { password: PASSWORD });
    const { body } = await browser.post<{ token: string }>("api-tokens", { name: "Members", role: "viewer" });
    await browser.post("account/password", { currentPassword: PASSWORD, newPassword: NEW_PASSWORD });
    const page = await browser.get<{ items: object[]; nextCursor: string }>("audit-log?limit=3");
    expect(page.body.items).toMatchObject([
      { operation: "changePassword", actorKind: "operator", actorName: "Name of admin", outcome: "done" },
      { operation: "createApiToken", details: { name: "Members", role: "viewer" }, subject: expect.any(String) },
      { operation: "renewBackupCodes", outcome: "done" },
    ]);
    const rest = await browser.get<{ items: object[] }>(`audit-log?limit=3&cursor=${page.body.nextCursor}`);
    expect(rest.body.items).toMatchObject([{ operation: "verifySecondFactor", actorId: "admin" }]);
    const filtered = await browser.get<{ items: object[] }>("audit-log?operation=renewBackupCodes&actor=admin");
    expect(filtered.body.items).toHaveLength(1);
    const log = JSON.stringify(await rows(db, sql`select * from audit_log`));
    for (const secret of [...first, body.token, PASSWORD, NEW_PASSWORD, email]) expect(log).not.toContain(secret);
  });
});
