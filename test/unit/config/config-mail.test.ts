import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseConfig } from "../../../lib/config/config.ts";
import { ANOTHER_AUTHORITY, AUTHORITY } from "../../fakes/smtp-certificates.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const KEY = String(privateKey.export({ type: "pkcs8", format: "pem" })).trim();

describe("settings of mail", () => {
  it("leave mail off until there is a server", () => {
    expect(parseConfig({})).toMatchObject({ smtp: undefined, alerts: { to: undefined, prefix: "[Sportify Alert]" } });
    expect(parseConfig({}).mail).toMatchObject({ dispatchLimit: 25, ratePerMinute: undefined, retentionDays: 30 });
  });

  it.each([
    [{}, { port: 587, secure: false }],
    [{ SMTP_PORT: "465" }, { port: 465, secure: true }],
    [{ SMTP_SECURE: "true" }, { port: 465, secure: true }],
    [
      { SMTP_SECURE: "false", SMTP_PORT: "465" },
      { port: 465, secure: false },
    ],
    [
      { SMTP_PORT: "2525", SMTP_SECURE: "true" },
      { port: 2525, secure: true },
    ],
  ])("with %j connect as %j", (given, expected) => {
    expect(parseConfig({ SMTP_HOST: "smtp.example.com", ...given }).smtp).toMatchObject(expected);
  });

  it("use the user's address for sender and alerts if none is set", () => {
    const account = { SMTP_HOST: "smtp.example.com", SMTP_USER: "box@example.com", SMTP_PASS: "geheim" };
    expect(parseConfig(account)).toMatchObject({
      mail: { from: "box@example.com" },
      alerts: { to: "box@example.com" },
    });
    const named = parseConfig({ ...account, EMAIL_FROM: "T <t@example.com>", ALERT_EMAIL: "ops@example.com" });
    expect(named).toMatchObject({ mail: { from: "T <t@example.com>" }, alerts: { to: "ops@example.com" } });
    const nameless = parseConfig({ ...account, SMTP_USER: "apikey" });
    expect(nameless).toMatchObject({ mail: { from: undefined }, alerts: { to: undefined } });
  });

  it("read a key whose line breaks were written out", () => {
    const given = { DKIM_DOMAIN: "example.com", DKIM_SELECTOR: "s1", DKIM_PRIVATE_KEY: KEY.replaceAll("\n", "\\n") };
    expect(parseConfig(given).mail.dkim).toEqual({ domain: "example.com", selector: "s1", privateKey: KEY });
  });

  it("read a private authority's certificates however they are written", () => {
    const both = `${AUTHORITY}${ANOTHER_AUTHORITY}`;
    const home = mkdtempSync(join(tmpdir(), "taktwerk-"));
    onTestFinished(() => rmSync(home, { recursive: true }));
    writeFileSync(join(home, "ca.pem"), `Made by a script\n${both}`);
    const written = [
      both,
      both.replaceAll("\n", "\\n"),
      both.replaceAll("\n", "\r\n"),
      Buffer.from(both).toString("base64"),
      join(home, "ca.pem"),
    ];
    for (const SMTP_TLS_CA of written) {
      const { authorities } = parseConfig({ SMTP_HOST: "mail.club.example", SMTP_TLS_CA }).smtp ?? {};
      expect(authorities?.map((pem) => new X509Certificate(pem).subject)).toEqual([
        "CN=Test authority",
        "CN=Another test authority",
      ]);
    }
    expect(parseConfig({ SMTP_HOST: "mail.club.example" }).smtp?.authorities).toEqual([]);
  });

  it("take senders and readers of any valid address, without blanks around them", () => {
    const { mail, alerts, tracking } = parseConfig({
      EMAIL_FROM: ' "Müller, Ada" <mail@bücher.example> ',
      ALERT_EMAIL: " a/b=c@example.com ",
      TRACKING_REPORT_TO: '"a, b"@example.com, chef@bücher.example',
    });
    expect(mail.from?.trim()).toBe('"Müller, Ada" <mail@bücher.example>');
    expect(alerts.to).toBe("a/b=c@example.com");
    expect(tracking.reportTo).toEqual(['"a, b"@example.com', "chef@bücher.example"]);
  });

  it.each([
    [
      { SMTP_TLS_CA: "/no/such/file.pem" },
      /SMTP_TLS_CA: expected certificates .*no readable file.*got "\/no\/such\/file.pem"/,
    ],
    [{ SMTP_TLS_CA: "not-one" }, /SMTP_TLS_CA: expected certificates of authorities in PEM, .*no certificate in it/],
    [{ SMTP_TLS_CA: KEY }, /SMTP_TLS_CA: .*no certificate in it/],
    [{ SMTP_TLS_CA: AUTHORITY.replace("MII", "AAA") }, /SMTP_TLS_CA: .*damaged.*not shown/],
    [{ ALERT_EMAIL: "-f@example.com" }, /ALERT_EMAIL: expected an e-mail address that does not begin with -/],
    [{ EMAIL_FROM: "-f@example.com" }, /EMAIL_FROM/],
    [{ TRACKING_REPORT_TO: "a@example.com,b" }, /TRACKING_REPORT_TO: expected e-mail addresses/],
    [{ SMTP_HOST: "smtp://x" }, /SMTP_HOST: expected a host name such as smtp.example.com, got "smtp:\/\/x"/],
    [{ SMTP_HOST: "x", SMTP_PORT: "0" }, /SMTP_PORT/],
    [{ SMTP_HOST: "x", SMTP_SECURE: "maybe" }, /SMTP_SECURE: expected true \(TLS from the start\)/],
    [{ SMTP_HOST: "x", SMTP_USER: "u" }, /SMTP_PASSWORD: expected together with SMTP_USER/],
    [{ SMTP_HOST: "x", SMTP_USER: "u", SMTP_PASSWORD: "a", SMTP_PASS: "b" }, /SMTP_PASSWORD: expected the same value/],
    [{ EMAIL_FROM: "nobody" }, /EMAIL_FROM: expected an address/],
    [{ EMAIL_FROM: "A <a@b.c>\r\nBcc: x@y.z" }, /EMAIL_FROM/],
    [{ EMAIL_DISPATCH_LIMIT: "0" }, /EMAIL_DISPATCH_LIMIT/],
    [{ EMAIL_RATE_PER_MINUTE: "many" }, /EMAIL_RATE_PER_MINUTE/],
    [{ ALERT_EMAIL: "ops" }, /ALERT_EMAIL: expected an e-mail address/],
    [{ ALERT_PREFIX: "a\nb" }, /ALERT_PREFIX/],
    [{ HEALTHCHECKS_PING_URL: "hc-ping.com/secret-key" }, /HEALTHCHECKS_PING_URL/],
    [{ DKIM_DOMAIN: "example.com" }, /expected all three, got 1/],
    [{ DKIM_DOMAIN: "x.y", DKIM_SELECTOR: "s", DKIM_PRIVATE_KEY: "secret-key" }, /DKIM_PRIVATE_KEY/],
    [{ DKIM_PRIVATE_KEY: `${KEY.slice(0, 40)}secret-key${KEY.slice(50)}` }, /DKIM_PRIVATE_KEY: expected a private key/],
    [{ STUCK_JOB_THRESHOLD_MS: "1" }, /STUCK_JOB_THRESHOLD_MS/],
    [{ DEFAULT_MONTHLY_POINT_CHALLENGE: "-1" }, /DEFAULT_MONTHLY_POINT_CHALLENGE/],
  ])("refuse %j with a sentence that holds no secret", (given, sentence) => {
    expect(() => parseConfig(given)).toThrow(sentence);
    expect(() => parseConfig(given)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("secret-key") }),
    );
  });
});
