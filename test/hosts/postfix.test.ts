import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSmtp } from "../../lib/cli/doctor/mail.ts";
import { configure } from "../../lib/config/config.ts";
import { mailServer } from "../../lib/health/mail-server.ts";
import { compose } from "../../lib/mail/delivery/compose.ts";
import { sendDirectly } from "../../lib/mail/delivery/send-directly.ts";
import { type Delivery, SmtpConnection } from "../../lib/mail/delivery/smtp-connection.ts";
import { LOCAL_USER, type Postfix, startPostfix } from "../servers/postfix.ts";

/** Debian's Postfix as installed: on loopback, no sign-in, STARTTLS with a certificate that it signed itself. */

const DATE = new Date("2026-03-02T12:00:00Z");
const settingsFor = ({ port }: Postfix) => ({
  SMTP_HOST: "127.0.0.1",
  SMTP_PORT: String(port),
  EMAIL_FROM: "Taktwerk <mail@club.example>",
  ALERT_EMAIL: `${LOCAL_USER}@localhost`,
});

describe("Debian's Postfix as installed", () => {
  let server: Postfix;
  beforeAll(async () => {
    server = await startPostfix();
  });
  afterAll(() => server.stop());

  it.each(["127.0.0.1", "localhost"])(
    "under %s takes a mail over STARTTLS and puts it into a local mailbox",
    async (host) => {
      configure({ ...settingsFor(server), SMTP_HOST: host });
      const [finding] = await checkSmtp();
      expect(finding).toMatchObject({ status: "pass", says: expect.stringMatching(/answers$/) });
      expect(await mailServer(new Date())).toMatchObject({ status: "pass" });
      const subject = `Grüße an ${host}`;
      await sendDirectly({ id: host, to: `${LOCAL_USER}@localhost`, subject, text: "Bis bald", date: DATE });
      await expect.poll(() => server.mailbox(), { timeout: 30_000 }).toContain(`Message-ID: <${host}@club.example>`);
      const mail = server.mailbox();
      expect(mail).toContain("From: Taktwerk <mail@club.example>");
      expect(mail).toContain("Bis bald");
      // The server's own word that it came over TLS.
      expect(mail).toMatch(/\bwith ESMTPS\b/);
    },
  );

  it("refuses a user that is not there, which suppresses the address, and nothing else", async () => {
    configure(settingsFor(server));
    const refused = sendDirectly({ id: "x", to: "nobody-here@localhost", subject: "x", text: "x", date: DATE });
    await expect(refused).rejects.toThrow(/^550 5\.1\.1/);
  });

  it("is not trusted under a name other than loopback's", async () => {
    const settings = { host: "0.0.0.0", port: server.port, secure: false, user: undefined, password: undefined };
    const delivery = await new SmtpConnection(settings).send(
      { from: "a@x.example", to: "b@x.example" },
      Buffer.from(""),
      async () => {},
    );
    expect(delivery).toMatchObject({ failure: "connection", error: expect.stringContaining("SMTP_TLS_CA") });
  });
});

describe("a Postfix that has every name of a domain in one mailbox", () => {
  let server: Postfix;
  beforeAll(async () => {
    server = await startPostfix({
      virtual_alias_domains: "club.example, xn--bcher-kva.example",
      virtual_alias_maps: `static:${LOCAL_USER}@localhost`,
    });
  });
  afterAll(() => server.stop());

  async function deliver(to: string, id: string): Promise<Delivery> {
    configure(settingsFor(server));
    const message = { recipient: to, subject: "Hallo", text: "Hallo", messageId: `<${id}@club.example>`, date: DATE };
    const connection = new SmtpConnection({
      host: "127.0.0.1",
      port: server.port,
      secure: false,
      user: undefined,
      password: undefined,
    });
    const delivery = await connection.send({ from: "mail@club.example", to }, await compose(message), async () => {});
    connection.close();
    return delivery;
  }

  it.each([
    ["a/b=c@club.example", "a/b=c@club.example"],
    ["a%b@club.example", "a%b@club.example"],
    ["!#$&'*+@club.example", "!#$&'*+@club.example"],
    ['"a b"@club.example', '"a b"@club.example'],
    ['"a@b"@club.example', '"a@b"@club.example'],
    ["ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"],
    ["jürgen@bücher.example", "jürgen@xn--bcher-kva.example"],
  ])("delivers to %j as to %j", async (to, wire) => {
    const id = Buffer.from(to).toString("hex");
    expect(await deliver(to, id)).toMatchObject({ sent: true });
    await expect.poll(() => server.mailbox(), { timeout: 30_000 }).toContain(`<${id}@club.example>`);
    const mail =
      server
        .mailbox()
        .split(/^From /m)
        .find((one) => one.includes(`<${id}@club.example>`)) ?? "";
    const original = /^X-Original-To: (.*)$/m.exec(mail)?.[1];
    expect([wire, wire.replaceAll('"', "")]).toContain(original); // Postfix writes this header without quotes
    expect(mail.match(/^To: <?(.*?)>?$/m)?.[1]?.replace("bücher", "xn--bcher-kva")).toBe(wire);
  });
});
