import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { compose } from "../../../lib/mail/delivery/compose.ts";
import { SmtpConnection } from "../../../lib/mail/delivery/smtp-connection.ts";
import { smtpScript } from "../../fakes/smtp-script.ts";
import { smtpSink } from "../../fakes/smtp-sink.ts";

/** Every valid address reaches the server in a form that commands and headers allow, and the server reads the same address. */

const PLAIN = { secure: false, user: undefined, password: undefined };
const FROM = "mail@club.example";
const written = (recipient: string) =>
  compose({ recipient, subject: "Hello", text: "Hello", messageId: "<1@club.example>", date: new Date(0) });

beforeEach(() => void configure({ EMAIL_FROM: `Club <${FROM}>` }));

async function deliver(port: number, to: string, from = FROM) {
  const connection = new SmtpConnection({ host: "127.0.0.1", port, ...PLAIN });
  onTestFinished(() => connection.close());
  return connection.send({ from, to }, await written(to), async () => {});
}

describe("the recipient of a mail", () => {
  it.each([
    ["a/b=c@club.example", "a/b=c@club.example"],
    ["a%b@club.example", "a%b@club.example"],
    ["!#$&'*+@club.example", "!#$&'*+@club.example"],
    ['"a b"@club.example', '"a b"@club.example'],
    ['"a@b"@club.example', '"a@b"@club.example'],
    ['"a,b;c:d"@club.example', '"a,b;c:d"@club.example'],
    ["ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"],
    [" ada@club.example ", "ada@club.example"],
    ["ada@[192.0.2.7]", "ada@[192.0.2.7]"],
    ["root@localhost", "root@localhost"],
  ])("%j is sent as %j, in the command and in the header", async (recipient, wire) => {
    const server = await smtpScript();
    onTestFinished(() => server.close());
    expect(await deliver(server.port, recipient)).toMatchObject({ sent: true });
    expect(server.commands).toContain(`RCPT TO:<${wire}>`);
    expect(server.commands.join(" ")).not.toContain("SMTPUTF8");
    const { headers, to } = await PostalMime.parse(await written(recipient));
    expect(to).toEqual([{ name: "", address: expect.any(String) }]);
    const header = headers.find(({ key }) => key === "to")?.value;
    expect(header?.replace(/^<(.*)>$/, "$1")).toBe(wire);
  });

  it.each([["jürgen@bücher.example", "jürgen@xn--bcher-kva.example"]])(
    "%s is sent as %s with SMTPUTF8",
    async (recipient, wire) => {
      const server = await smtpScript();
      onTestFinished(() => server.close());
      expect(await deliver(server.port, recipient)).toMatchObject({ sent: true });
      const commands = server.commands.map((command) => Buffer.from(command, "latin1").toString());
      expect(commands).toContain(`RCPT TO:<${wire}>`);
      expect(commands.find((command) => command.startsWith("MAIL"))).toMatch(/ SMTPUTF8\b/);
    },
  );

  it("fails permanently, with the reason, if it has letters beyond ASCII and the server offers no SMTPUTF8", async () => {
    const server = await smtpScript((step) => (step === "EHLO" ? "250-mx.example\r\n250 8BITMIME" : undefined));
    onTestFinished(() => server.close());
    expect(await deliver(server.port, "jürgen@club.example")).toMatchObject({
      sent: false,
      failure: "permanent",
      unknownMailbox: false,
      error: expect.stringMatching(/beyond ASCII before the @ \(it offers no SMTPUTF8\)/),
    });
    expect(server.commands.filter((command) => /^(MAIL|RCPT)/.test(command))).toEqual([]);
    expect(await deliver(server.port, "juergen@bücher.example")).toMatchObject({ sent: true });
  });

  it("is the same address for a server with a parser of its own", async () => {
    const server = await smtpSink();
    onTestFinished(() => server.close());
    const addresses = ["a/b=c@club.example", "!#$&'*+@club.example", "ada@bücher.example"];
    for (const address of addresses) expect(await deliver(server.port, address)).toMatchObject({ sent: true });
    const [first, second, third] = server.mails.map(({ to }) => to[0]);
    expect([first, second]).toEqual(addresses.slice(0, 2));
    expect(["ada@bücher.example", "ada@xn--bcher-kva.example"]).toContain(third);
  });
});

it.each(["-f@club.example", "ada@club.example\r\nBcc: eve@club.example", "ada@@club.example", '"a<b"@club.example'])(
  "compose refuses the recipient %j, which is not an address",
  async (recipient) => {
    await expect(written(recipient)).rejects.toThrow(/^expected an e-mail address/);
  },
);

it("the sender's address is sent in the same form as a recipient's", async () => {
  configure({ EMAIL_FROM: '"Müller, Ada" <"a b"@bücher.example>' });
  const content = String(await written("ada@club.example"));
  expect(/^From: (.*)$/m.exec(content)?.[1]).toMatch(/^=\?UTF-8\?.* <"a b"@xn--bcher-kva\.example>\r?$/);
});
