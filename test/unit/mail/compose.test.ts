import fc from "fast-check";
import { extract } from "letterparser";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { isAddress } from "../../../lib/email-address.ts";
import { compose, type Message } from "../../../lib/mail/delivery/compose.ts";
import { SmtpConnection } from "../../../lib/mail/delivery/smtp-connection.ts";
import { smtpScript } from "../../fakes/smtp-script.ts";
import { type Sink, smtpSink } from "../../fakes/smtp-sink.ts";
import { runs } from "../../support/thorough.ts";

/** Composed messages, read by other people's parsers. */

const FROM = "Müllers Verein, Köln <mail@club.example>";
const DATE = new Date("2026-02-09T06:00:00Z");

const message = (over: Partial<Message> = {}): Message => ({
  recipient: "ada@club.example",
  subject: "Übung macht den Meister 🏋️‍♀️ – deine Wochenbilanz ist da, und zwar für die ganze lange Woche!",
  text: "Grüße 🎉\n12 Liegestütze\n",
  html: "<p>Grüße 🎉</p>",
  messageId: "<1@club.example>",
  date: DATE,
  ...over,
});

describe("a message", () => {
  let server: Sink;
  beforeAll(async () => {
    server = await smtpSink();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    configure({ EMAIL_FROM: FROM });
    server.mails.length = 0;
  });

  /** Sends a message to a real server. @returns what arrived there. */
  async function deliver(over: Partial<Message> = {}) {
    const written = message(over);
    const connection = new SmtpConnection({
      host: "127.0.0.1",
      port: server.port,
      secure: false,
      user: undefined,
      password: undefined,
    });
    const content = await compose(written);
    const delivery = await connection.send(
      { from: "mail@club.example", to: written.recipient },
      content,
      async () => {},
    );
    connection.close();
    expect(delivery).toMatchObject({ sent: true });
    const mail = server.mails.at(-1)!;
    expect(mail.raw.equals(content)).toBe(true); // byte for byte
    return { ...mail, content, parsed: await PostalMime.parse(mail.raw) };
  }

  /** The header fields as they are written, each with its folded lines. */
  function fields(raw: Buffer) {
    const head = raw.toString("latin1").split("\r\n\r\n", 1)[0] ?? "";
    return head.split(/\r\n(?![ \t])/).map((field) => ({
      name: field.slice(0, field.indexOf(":")).toLowerCase(),
      value: field.slice(field.indexOf(":") + 1),
    }));
  }
  const named = (raw: Buffer, name: string) => fields(raw).filter((field) => field.name === name);

  it("is read the same by two parsers", async () => {
    const { raw, parsed } = await deliver();
    const { subject, text, html } = message();
    expect(parsed).toMatchObject({
      subject,
      from: { name: "Müllers Verein, Köln", address: "mail@club.example" },
      to: [{ address: "ada@club.example" }],
      messageId: "<1@club.example>",
      date: "2026-02-09T06:00:00.000Z",
    });
    expect(parsed.text?.trim()).toBe(text.trim());
    expect(parsed.html?.trim()).toBe(html);
    const other = extract(raw.toString("utf8"));
    expect(other.subject).toBe(subject);
    expect(other.from).toMatchObject({ name: "Müllers Verein, Köln", address: "mail@club.example" });
    expect(other.text?.replaceAll("\r\n", "\n").trim()).toBe(text.trim());
    expect(other.html?.trim()).toBe(html);
    expect(other.date?.getTime()).toBe(DATE.getTime());
  });

  it("has 7-bit lines of a length that servers accept, each ended by CR LF", async () => {
    const long = `${"Straße ".repeat(500)}\n${"x".repeat(3000)}`;
    const { raw, parsed } = await deliver({ text: long, html: `<p>${long}</p>` });
    expect(raw.every((byte) => byte < 128 && byte !== 0)).toBe(true);
    expect(raw.toString("latin1").replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of raw.toString("latin1").split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
    expect(parsed.text?.trim()).toBe(long);
    expect(parsed.html?.trim()).toBe(`<p>${long}</p>`);
  });

  it("keeps dots at the start of lines", async () => {
    const text = ".\n..\n.hidden\nend\n.";
    const { parsed } = await deliver({ text, html: "<p>.</p>" });
    expect(parsed.text?.replaceAll("\r\n", "\n").trim()).toBe(text);
  });

  it("has headers for one-click unsubscribe, each on one line", async () => {
    const url = `https://taktwerk.example/api/events/emails/unsubscribe?token=${"a1-_.".repeat(80)}`;
    const { raw } = await deliver({ unsubscribeUrl: url });
    expect(named(raw, "list-unsubscribe").map(({ value }) => value.trim())).toEqual([`<${url}>`]);
    expect(named(raw, "list-unsubscribe")[0]?.value).not.toMatch(/[\r\n]/);
    expect(named(raw, "list-unsubscribe-post").map(({ value }) => value)).toEqual([" List-Unsubscribe=One-Click"]);
    const without = await deliver();
    expect(named(without.raw, "list-unsubscribe")).toEqual([]);
    expect(named(without.raw, "list-unsubscribe-post")).toEqual([]);
  });

  it.each(["REQUEST", "CANCEL"])("contains an appointment (%s) for mail programs, and as a file", async (method) => {
    const long = `SUMMARY:${"Übung\\, 🏋️ ".repeat(6)}\r\n ${"x".repeat(70)}`;
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `METHOD:${method}`, "BEGIN:VEVENT", long, "END:VEVENT"];
    const calendar = `${[...lines, "END:VCALENDAR"].join("\r\n")}\r\n`;
    const { parsed, raw } = await deliver({ calendar });
    expect(parsed.text?.trim()).toBe(message().text.trim());
    expect(parsed.html?.trim()).toBe(message().html);
    const content = calendar.replaceAll("\r\n", "\n"); // the parser returns LF
    const parts = parsed.attachments.map((part) => ({
      ...part,
      content: Buffer.from(part.content as ArrayBuffer).toString(),
    }));
    expect(parts).toMatchObject([
      { mimeType: "text/calendar", filename: null, disposition: null, method, content },
      { mimeType: "application/ics", filename: "invite.ics", disposition: "attachment", content },
    ]);
    const [, file = ""] = /base64\r\n\r\n([\w+/=\r\n]+)/.exec(raw.toString("latin1")) ?? [];
    expect(Buffer.from(file, "base64").toString()).toBe(calendar);
    const types = [...raw.toString("latin1").matchAll(/^Content-Type: ([\w/-]+)/gm)].map(([, type]) => type);
    const alternatives = ["text/plain", "text/html", "text/calendar"]; // the last one is preferred
    expect(types).toEqual(["multipart/mixed", "multipart/alternative", ...alternatives, "application/ics"]);
    expect(raw.toString("latin1")).toContain(`Content-Type: text/calendar; charset=utf-8; method=${method}\r\n`);
  });

  it.each([
    ["Taktwerk <mail@club.example>", "Taktwerk"],
    ['"Taktwerk, der Verein" <mail@club.example>', "Taktwerk, der Verein"],
    ["a@b.example, Eve <mail@club.example>", "a@b.example, Eve"],
    ["mail@club.example", ""],
  ])("has one sender: %s", async (from, name) => {
    configure({ EMAIL_FROM: from });
    const { parsed, raw } = await deliver();
    expect(parsed.from).toMatchObject({ name, address: "mail@club.example" });
    expect(named(raw, "from").length).toBe(1);
  });

  it.each(["jürgen@club.example", "ada+tag@club.example", "o'neil@club.example"])("reaches %s", async (recipient) => {
    const { to, parsed } = await deliver({ recipient });
    expect(to).toEqual([recipient]);
    expect(parsed.to?.length).toBe(1);
  });

  it.each(['"ada l"@club.example', '"a@b, c"@club.example', '"a\\"b"@club.example'])(
    "reaches %s",
    async (recipient) => {
      const scripted = await smtpScript(); // the other server does not support quoted names
      const connection = new SmtpConnection({
        host: "127.0.0.1",
        port: scripted.port,
        secure: false,
        user: undefined,
        password: undefined,
      });
      const content = await compose(message({ recipient }));
      expect(await connection.send({ from: "a@b.example", to: recipient }, content, async () => {})).toMatchObject({
        sent: true,
      });
      expect(scripted.commands).toContain(`RCPT TO:<${recipient}>`);
      expect(named(content, "to").map(({ value }) => value.trim())).toEqual([`<${recipient}>`]);
      connection.close();
      await scripted.close();
    },
  );

  const tricky = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          "\r",
          "\n",
          "\r\n",
          "\0",
          "Bcc: eve@x.example",
          ": ",
          "<",
          ">",
          ",",
          ";",
          '"',
          "\\",
          "ü",
          "🎉",
          "a@b.example",
          " ",
          "\u2028",
          "=?utf-8?q?=0ABcc?=",
        ),
      )
      .map((parts) => parts.join("")),
  );
  it("has no header injected by a name, an address, a subject or an id", async () => {
    const usual = fields(await compose(message())).map(({ name }) => name);
    await fc.assert(
      fc.asyncProperty(tricky, tricky, tricky, async (subject, recipient, shown) => {
        const name = shown.replace(/[<>\p{Cc}\u2028\u2029]/gu, ""); // as the configuration requires
        configure({ EMAIL_FROM: `${name} <mail@club.example>` });
        const address = `"${recipient.replaceAll(/[\\"]/g, "\\$&")}"@x.example`;
        const written = compose(message({ subject, recipient: address }));
        if (!isAddress(address)) {
          await expect(written).rejects.toThrow(/^expected an e-mail address/);
          return;
        }
        const content = await written;
        const names = fields(content).map((field) => field.name);
        const fixed = (list: string[]) => list.filter((field) => field !== "to" && field !== "subject");
        expect(fixed(names)).toEqual(fixed(usual));
        expect(names.filter((field) => !usual.includes(field))).toEqual([]);
        expect(new Set(names).size).toBe(names.length);
        const head = content.toString("latin1").split("\r\n\r\n", 1)[0] ?? "";
        expect(head).not.toContain("\0");
        expect(head.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
        const parsed = await PostalMime.parse(content);
        expect(parsed.from?.address).toBe("mail@club.example");
        expect(parsed.bcc ?? []).toEqual([]);
      }),
      { numRuns: runs(500) },
    );
  });

  it("injects no SMTP command by its address", async () => {
    const scripted = await smtpScript();
    const connection = new SmtpConnection({
      host: "127.0.0.1",
      port: scripted.port,
      secure: false,
      user: undefined,
      password: undefined,
    });
    const content = await compose(message());
    await fc.assert(
      fc.asyncProperty(tricky, async (recipient) => {
        scripted.commands.length = 0;
        const to = `${recipient}@x.example`;
        await connection.send({ from: "mail@club.example", to }, content, async () => {});
        const sent = scripted.commands.filter((command) => !/^(EHLO |QUIT$)/.test(command));
        const bytes = Buffer.from(to.trim()).toString("latin1");
        const own = [/^MAIL FROM:<mail@club\.example>( SMTPUTF8)?$/, `RCPT TO:<${bytes}>`, "DATA"];
        expect(sent).toEqual(
          sent.length === 0 ? [] : own.map((line) => (typeof line === "string" ? line : expect.stringMatching(line))),
        );
      }),
      { numRuns: runs(300) },
    );
    connection.close();
    await scripted.close();
  });

  it("that cannot be composed says why", async () => {
    await expect(compose(message({ unsubscribeUrl: "not a URL" }))).rejects.toThrow("Invalid URL");
    await expect(compose(message({ calendar: "BEGIN:VCALENDAR" }))).rejects.toThrow("METHOD");
    await expect(compose(message({ inlineImage: "aGFsbG8=" }))).rejects.toThrow("PNG");
    configure({});
    await expect(compose(message())).rejects.toThrow("EMAIL_FROM");
  });
});
