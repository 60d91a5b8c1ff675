import { sql } from "drizzle-orm";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { type Sink, smtpSink } from "../../fakes/smtp-sink.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { POST } from "../../support/http/api.ts";
import { ConsoleBrowser } from "../../support/http/console-browser.ts";
import { call, dump, SETTINGS } from "../../support/http/requests.ts";
import { addAccount, codeOf, isSignedIn, PASSWORD, sendPassword, signIn } from "../../worlds/console-accounts.ts";
import { addOperator, CONSOLE_SECRET, cookieOf } from "../../worlds/operators.ts";

/** The links that make an account or a new password (docs/domain.md, section 9). */

let sink: Sink;
beforeAll(async () => {
  sink = await smtpSink();
});
afterAll(() => sink.close());

const OPEN = { RATE_LIMIT_WRITES: "0", RATE_LIMIT_READS: "0", RATE_LIMIT_REFUSALS: "0" };
const settings = (port: number) => ({
  ...SETTINGS,
  ...OPEN,
  CONSOLE_SECRET,
  EMAIL_FROM: "Nordlicht Training <mail@club.example>",
  SMTP_HOST: "127.0.0.1",
  SMTP_PORT: String(port),
});

let db: Db;
ownDatabase((own) => {
  db = own;
});
let admin: ConsoleBrowser;
beforeEach(async () => {
  configure(settings(sink.port));
  sink.mails.length = 0;
  await addOperator(db, { id: "admin", role: "admin" });
  admin = new ConsoleBrowser();
  const [name = "", value = ""] = cookieOf("admin").split("=");
  admin.cookies.set(name, value);
});

const EMAIL = "new@club.example";
const invite = (role = "staff") =>
  admin.post<{ invitation: { id: string }; mail: string; link: string | null }>("invitations", {
    email: EMAIL,
    role,
    language: "de",
  });

/** The last mail that arrived, and the token of its link. */
async function lastMail() {
  const mail = await PostalMime.parse(sink.mails.at(-1)?.raw ?? "");
  const [, link = "", token = ""] = /(https:\/\/\S+#token=([\w-]+))/.exec(mail.text ?? "") ?? [];
  return { subject: mail.subject, link, token };
}

const EXPIRED = { status: 410, body: { error: { code: "link-expired" } } };
const accept = (token: string, browser = new ConsoleBrowser()) =>
  browser.post("invitations/accept", { token, name: "Noah Vogt", password: PASSWORD });

describe("an invitation", () => {
  it("makes an account whose session may first only set up the second factor", async () => {
    expect(await invite()).toMatchObject({ status: 201, body: { mail: "sent", link: null } });
    const { subject, link, token } = await lastMail();
    expect(subject).toBe("Deine Einladung zu Nordlicht Training");
    expect(link).toBe(`https://taktwerk.example/invitation#token=${token}`);
    const browser = new ConsoleBrowser();
    expect((await browser.post("invitations/open", { token })).body).toMatchObject({ email: EMAIL, role: "staff" });
    expect((await accept(token, browser)).status).toBe(200);
    const before = await browser.get("session");
    expect(before.body).toMatchObject({ operator: { name: "Noah Vogt", role: "staff" }, secondFactor: "missing" });
    expect((await browser.get("sessions")).body).toMatchObject({ error: { code: "second-factor-required" } });

    const elsewhere = new ConsoleBrowser();
    expect((await sendPassword(EMAIL, elsewhere)).body).toEqual({ next: "set-up-second-factor" });
    expect((await browser.post("second-factor", { password: "a wrong password" })).status).toBe(422);
    const { body } = await browser.post<{ uri: string; setupKey: string }>("second-factor", { password: PASSWORD });
    expect(body.uri).toMatch(/^otpauth:\/\/totp\/Nordlicht%20Training:new%40club\.example\?/);
    expect((await browser.post("second-factor/confirm", { code: "000000" })).body).toMatchObject({
      error: { code: "wrong-code" },
    });
    const cookie = browser.cookieHeader;
    const code = codeOf(0, body.setupKey);
    const confirmed = await browser.post<{ backupCodes: string[] }>("second-factor/confirm", { code });
    expect(confirmed.body.backupCodes).toHaveLength(10);
    expect(browser.cookieHeader).not.toBe(cookie);
    expect([await isSignedIn(browser), (await elsewhere.get("session")).body.operator]).toEqual([true, null]);
    expect((await browser.post("second-factor", { password: PASSWORD })).status).toBe(409);

    const again = new ConsoleBrowser();
    await sendPassword(EMAIL, again);
    expect((await again.post("sign-in/second-factor", { code })).status).toBe(422); // used to confirm
    expect((await again.post("sign-in/backup-code", { code: confirmed.body.backupCodes[3] })).status).toBe(200);
  });

  it("works once, also when it is used twice at once", async () => {
    await invite();
    const { token } = await lastMail();
    const answers = await Promise.all([accept(token), accept(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(await accept(token)).toMatchObject(EXPIRED);
    expect((await invite()).status).toBe(409);
  });

  it.each([
    ["a newer one", () => invite("viewer")],
    ["its repetition", async () => admin.post(`invitations/${await openId()}/resend`)],
    ["a week", () => rows(db, sql`update operator_invitations set expires_at = now()`)],
    ["its revocation", async () => admin.send("DELETE", `invitations/${await openId()}`)],
  ])("ends with %s", async (_, end) => {
    await invite();
    const { token } = await lastMail();
    await end();
    expect(await accept(token)).toMatchObject(EXPIRED);
    expect(await new ConsoleBrowser().post("invitations/open", { token })).toMatchObject(EXPIRED);
  });

  const openId = async () => (await admin.get<{ items: { id: string }[] }>("invitations")).body.items[0]?.id;

  it("stays in the queue while the mail server is away, and its link is stored nowhere", async () => {
    await invite();
    const { token } = await lastMail();
    expect(JSON.stringify(await dump(db))).not.toContain(token);
    configure(settings(1)); // nothing listens there
    expect((await invite()).body).toMatchObject({ mail: "queued", link: null });
    expect((await dump(db, "email_queue")).email_queue).toMatchObject(
      [{ status: "sent" }, { status: /retrying|failed/ }].map((mail) => ({
        ...mail,
        status: expect.stringMatching(mail.status),
      })),
    );
  });

  it("has a link to pass on if no mail can be sent", async () => {
    configure({ ...SETTINGS, ...OPEN, CONSOLE_SECRET });
    const { body } = await invite();
    expect(body).toMatchObject({ mail: "no-sender", link: expect.stringContaining("/invitation#token=") });
    expect((await accept(body.link?.split("=")[1] ?? "")).status).toBe(200);
  });
});

it("the first admin is invited with ADMIN_TOKEN, as long as there is no operator", async () => {
  const first = () => call<{ link: string }>(POST, "/api/auth/first-operator", { json: { email: EMAIL } });
  expect((await first()).status).toBe(409);
  await rows(db, sql`delete from operators`);
  const { status, body } = await first();
  expect(status).toBe(201);
  const browser = new ConsoleBrowser();
  await accept(body.link.split("=")[1] ?? "", browser);
  expect((await browser.get("session")).body).toMatchObject({ operator: { role: "admin" } });
  expect((await first()).status).toBe(409);
});

describe("a forgotten password", () => {
  const forget = (email: string) => new ConsoleBrowser().post("password-reset", { email });
  const reset = (token: string, password = "a newly set password") =>
    new ConsoleBrowser().post("password-reset/confirm", { token, password });

  it("is replaced with a link that works once, and leaves the second factor as it is", async () => {
    const email = await addAccount(db, "staff");
    const browser = await signIn(email, 0, { trustDevice: true });
    const answers = await Promise.all([forget("nobody@club.example"), forget(email)]);
    expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(
      answers.map(() => ({ status: 200, body: { done: true } })),
    );
    expect(sink.mails.map(({ to }) => to)).toEqual([[email]]);
    const { link, token } = await lastMail();
    expect(link).toBe(`https://taktwerk.example/reset#token=${token}`);
    expect(JSON.stringify(await dump(db))).not.toContain(token);
    expect(await reset(token, email)).toMatchObject({ status: 422, body: { error: { field: "password" } } });
    const both = await Promise.all([reset(token), reset(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(await reset(token)).toMatchObject(EXPIRED);
    expect(await isSignedIn(browser)).toBe(false);
    expect((await sendPassword(email, browser, "a newly set password")).body).toEqual({ next: "second-factor" });
  });

  it("cannot be replaced with an older link, one of half an hour ago, or what is stored of a link", async () => {
    const email = await addAccount(db, "staff");
    await forget(email);
    const { token: older } = await lastMail();
    await forget(email);
    const { token } = await lastMail();
    expect(await reset(older)).toMatchObject(EXPIRED);
    const [stored] = await rows<{ identifier: string }>(
      db,
      sql`select identifier from operator_verifications where identifier like 'hash:reset-%'`,
    );
    const hash = stored?.identifier.slice("hash:reset-password:".length) ?? "";
    expect(await reset(hash)).toMatchObject(EXPIRED);
    await rows(db, sql`update operator_verifications set expires_at = now()`);
    expect(await reset(token)).toMatchObject(EXPIRED);
  });

  it("sends at most 5 mails in a quarter of an hour", async () => {
    const email = await addAccount(db, "staff");
    for (let again = 0; again < 7; again += 1) expect((await forget(email)).status).toBe(200);
    expect(sink.mails).toHaveLength(5);
  });
});
