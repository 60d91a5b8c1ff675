import type { SMTPServerOptions } from "smtp-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkSmtp } from "../../../lib/cli/doctor/mail.ts";
import { configure } from "../../../lib/config/config.ts";
import { mailServer } from "../../../lib/health/mail-server.ts";
import { SmtpConnection } from "../../../lib/mail/delivery/smtp-connection.ts";
import { isLoopback } from "../../../lib/mail/delivery/tls.ts";
import {
  ANOTHER_AUTHORITY,
  AUTHORITY,
  EXPIRED,
  FOR_ANOTHER_HOST,
  FOR_THIS_HOST,
} from "../../fakes/smtp-certificates.ts";
import { smtpSink } from "../../fakes/smtp-sink.ts";

/** A certificate that is refused counts as a failed connection, and the mail stays in the queue. */

const ENVELOPE = { from: "mail@club.example", to: "ada@club.example" };
const CONTENT = Buffer.from("Message-ID: <1@club.example>\r\n\r\nhello\r\n");
const SIGN = { user: "me@club.example", password: "sesame" };
/** This machine, by an address that does not count as loopback. */
const OUTSIDE = "0.0.0.0";

async function serve(options: SMTPServerOptions, secure: boolean) {
  const passwords: unknown[] = [];
  const server = await smtpSink(
    {
      ...options,
      secure,
      disabledCommands: [],
      onAuth: ({ username, password }, _, done) => {
        passwords.push(password);
        done(null, { user: username ?? "" });
      },
    },
    0,
    "0.0.0.0",
  );
  onTestFinished(() => server.close());
  return { server, passwords };
}

async function sendTo(host: string, options: SMTPServerOptions, secure: boolean, authorities: string[] = []) {
  const { server, passwords } = await serve(options, secure);
  const connection = new SmtpConnection({ host, port: server.port, secure, authorities, ...SIGN });
  onTestFinished(() => connection.close());
  return { delivery: await connection.send(ENVELOPE, CONTENT, async () => {}), server, passwords };
}

const REFUSED: [string, SMTPServerOptions, string[], RegExp][] = [
  ["of an authority that is not configured", FOR_THIS_HOST, [], /authority that is not known here: set SMTP_TLS_CA/],
  ["of another authority", FOR_THIS_HOST, [ANOTHER_AUTHORITY], /authority that is not known here: set SMTP_TLS_CA/],
  ["for another host", FOR_ANOTHER_HOST, [AUTHORITY], /for another host than SMTP_HOST.*: set SMTP_HOST to a name/],
  ["that has expired", EXPIRED, [AUTHORITY], /not valid now .*: renew the certificate/],
];

describe.each([
  ["TLS from the start", true],
  ["STARTTLS", false],
])("with %s, a server", (_, secure) => {
  it("gets mails, with sign-in, if SMTP_TLS_CA contains its authority", async () => {
    const { delivery, server, passwords } = await sendTo(OUTSIDE, FOR_THIS_HOST, secure, [
      ANOTHER_AUTHORITY,
      AUTHORITY,
    ]);
    expect(delivery).toMatchObject({ sent: true });
    expect(server.mails.length).toBe(1);
    expect(passwords).toEqual(["sesame"]);
  });

  it.each(["localhost", "127.0.0.1"])("on %s gets mails with any certificate", async (host) => {
    for (const certificate of [FOR_THIS_HOST, FOR_ANOTHER_HOST, EXPIRED, {}]) {
      const { delivery, passwords } = await sendTo(host, certificate, secure);
      expect(delivery).toMatchObject({ sent: true });
      expect(passwords).toEqual(["sesame"]);
    }
  });

  it.each(REFUSED)("with a certificate %s gets neither mail nor password", async (_, certificate, ca, error) => {
    const { delivery, server, passwords } = await sendTo(OUTSIDE, certificate, secure, ca);
    const refused = { sent: false, failure: "connection", stage: "connection" };
    expect(delivery).toMatchObject({ ...refused, error: expect.stringMatching(error) });
    expect(server.mails).toEqual([]);
    expect(passwords).toEqual([]);
  });

  it.each(REFUSED)(
    "with a certificate %s is reported by doctor and health, with the remedy",
    async (_, certificate, ca, error) => {
      const { server } = await serve(certificate, secure);
      configure({
        SMTP_HOST: OUTSIDE,
        SMTP_PORT: String(server.port),
        SMTP_SECURE: String(secure),
        SMTP_TLS_CA: ca.join(""),
        EMAIL_FROM: "mail@club.example",
        ALERT_EMAIL: "ops@club.example",
      });
      const [finding] = await checkSmtp();
      expect(`${finding?.says}: ${finding?.remedy}`).toMatch(error);
      expect(await mailServer(new Date())).toMatchObject({ status: "warn", output: expect.stringMatching(error) });
    },
  );
});

it("a server without TLS on a TLS port is reported with the setting to change", async () => {
  const server = await smtpSink();
  onTestFinished(() => server.close());
  const connection = new SmtpConnection({
    host: "127.0.0.1",
    port: server.port,
    secure: true,
    user: undefined,
    password: undefined,
  });
  const { error } = (await connection.send(ENVELOPE, CONTENT, async () => {})) as { error: string };
  expect(error).toMatch(/does not speak TLS from the start on this port: set SMTP_SECURE=false/);
});

it("a server gets no mail without TLS if its authority is configured", async () => {
  const server = await smtpSink({}, 0, "0.0.0.0"); // offers no STARTTLS
  onTestFinished(() => server.close());
  const settings = { host: OUTSIDE, port: server.port, secure: false, user: undefined, password: undefined };
  const connection = new SmtpConnection({ ...settings, authorities: [AUTHORITY] });
  expect(await connection.send(ENVELOPE, CONTENT, async () => {})).toMatchObject({
    sent: false,
    failure: "connection",
  });
  expect(server.mails).toEqual([]);
});

it.each([
  ["localhost", true],
  ["LOCALHOST", true],
  ["127.0.0.1", true],
  ["127.3.2.1", true],
  ["::1", true],
  ["[::1]", true],
  ["::ffff:127.0.0.1", true],
  ["localhost.example.com", false],
  ["127.example.com", false],
  ["127.0.0.1.example.com", false],
  ["mail.localhost", false],
  ["10.0.0.1", false],
  ["::2", false],
  ["0.0.0.0", false],
  ["1127.0.0.1", false],
  ["", false],
])("whether %j is loopback: %s", (host, is) => {
  expect(isLoopback(host)).toBe(is);
});
