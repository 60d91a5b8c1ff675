import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { compose } from "../../../lib/mail/delivery/compose.ts";
import { SmtpConnection } from "../../../lib/mail/delivery/smtp-connection.ts";
import { smtpScript } from "../../fakes/smtp-script.ts";
import { smtpSink } from "../../fakes/smtp-sink.ts";

/** Every valid address reaches the server as a command and a header may have it, and is read there as the same one. */

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

describe("a mail to", () => {
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
  ])("%j goes to %j, in the command and in the header", async (recipient, wire) => {
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
    "%s goes to %s by SMTPUTF8",
    async (recipient, wire) => {
      const server = await smtpScript();
      onTestFinished(() => server.close());
      expect(await deliver(server.port, recipient)).toMatchObject({ sent: true });
      const commands = server.commands.map((command) => Buffer.from(command, "latin1").toString());
      expect(commands).toContain(`RCPT TO:<${wire}>`);
      expect(commands.find((command) => command.startsWith("MAIL"))).toMatch(/ SMTPUTF8\b/);
    },
  );

  it("a name beyond ASCII is refused for good, with the reason, where the server takes none, and nothing is sent", async () => {
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

  it("a server that reads addresses by a parser of its own is one to the same address", async () => {
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
  "no message is written to %j, which is no address",
  async (recipient) => {
    await expect(written(recipient)).rejects.toThrow(/^expected an e-mail address/);
  },
);

it("the sender's address travels as a recipient's does", async () => {
  configure({ EMAIL_FROM: '"Müller, Ada" <"a b"@bücher.example>' });
  const content = String(await written("ada@club.example"));
  expect(/^From: (.*)$/m.exec(content)?.[1]).toMatch(/^=\?UTF-8\?.* <"a b"@xn--bcher-kva\.example>\r?$/);
});
