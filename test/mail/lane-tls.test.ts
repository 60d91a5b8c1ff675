import { getCACertificates, setDefaultCACertificates } from "node:tls";
import type { SMTPServerOptions } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Lane } from "../../lib/mail/lane.ts";
import { AUTHORITY, FOR_ANOTHER_HOST, FOR_LOCALHOST } from "../support/smtp-certificates.ts";
import { smtpSink } from "../support/smtp-sink.ts";

/** A certificate that does not fit is the connection's fault, and the mail stays here. */

const ENVELOPE = { from: "mail@club.example", to: "ada@club.example" };
const CONTENT = Buffer.from("Message-ID: <1@club.example>\r\n\r\nhello\r\n");
const SIGN = { user: "me@club.example", password: "sesame" };

async function sendTo(options: SMTPServerOptions, secure: boolean) {
  const passwords: unknown[] = [];
  const server = await smtpSink({
    ...options,
    secure,
    disabledCommands: [],
    onAuth: ({ username, password }, _, done) => {
      passwords.push(password);
      done(null, { user: username ?? "" });
    },
  });
  onTestFinished(() => server.close());
  const lane = new Lane({ host: "localhost", port: server.port, secure, ...SIGN });
  onTestFinished(() => lane.close());
  return { delivery: await lane.send(ENVELOPE, CONTENT, async () => {}), server, passwords };
}

describe.each([
  ["TLS from the start", true],
  ["STARTTLS", false],
])("with %s, a server", (_, secure) => {
  const before = getCACertificates("default");
  beforeAll(() => setDefaultCACertificates([...before, AUTHORITY]));
  afterAll(() => setDefaultCACertificates(before));

  it("whose certificate fits gets mails, signed in", async () => {
    const { delivery, server, passwords } = await sendTo(FOR_LOCALHOST, secure);
    expect(delivery).toMatchObject({ sent: true });
    expect(server.mails.length).toBe(1);
    expect(passwords).toEqual(["sesame"]);
  });

  it.each([
    ["for another host", FOR_ANOTHER_HOST, /mx\.other\.example|altnames/i],
    ["that nobody vouches for", {}, /self.signed|certificate/i], // the package's own
  ] as const)("whose certificate is one %s gets neither mail nor password", async (_, certificate, error) => {
    const { delivery, server, passwords } = await sendTo(certificate, secure);
    expect(delivery).toMatchObject({
      sent: false,
      failure: "connection",
      stage: "connection",
      error: expect.stringMatching(error),
    });
    expect(server.mails).toEqual([]);
    expect(passwords).toEqual([]);
  });
});
