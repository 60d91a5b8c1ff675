import { extract } from "letterparser";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { compose, type Message } from "../../../lib/mail/delivery/compose.ts";
import { decodePng, INLINE_IMAGE } from "../../../lib/mail/template/inline-image.ts";
import { type Sink, smtpSink } from "../../fakes/smtp-sink.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { fireDispatch, mail, queue, useServer } from "../../support/mail/dispatch-run.ts";
import { pngOf } from "../../support/mail/png.ts";

/** The image in a mail, read by other people's parsers. */

const PNG = pngOf(40);
const BASE64 = PNG.toString("base64");
const HTML = `<p>Grüße 🎉</p><img src="${INLINE_IMAGE}" alt="">`;

const write = (over: Partial<Message> = {}) =>
  compose({
    recipient: "ada@club.example",
    subject: "Auftauchquote",
    text: "Grüße 🎉",
    html: HTML,
    messageId: "<1@club.example>",
    date: new Date("2026-02-09T06:00:00Z"),
    inlineImage: BASE64,
    ...over,
  });

/** The types of a message's parts, each after the parts that contain it. */
const typesOf = (raw: Buffer) => [...raw.toString("latin1").matchAll(/^Content-Type: ([\w/-]+)/gm)].map(([, it]) => it);

/** What a mail program shows for the image in the HTML. */
async function shownIn(raw: Buffer) {
  const { html = "", attachments } = await PostalMime.parse(raw);
  const [, src = ""] = /<img src="cid:([^"]*)"/.exec(html) ?? [];
  return attachments.find(({ contentId }) => contentId === `<${src}>`);
}

describe("the image of a mail", () => {
  beforeAll(() => configure({ EMAIL_FROM: "Taktwerk <mail@club.example>" }));

  it("is found by the HTML, byte for byte", async () => {
    const raw = await write();
    const picture = await shownIn(raw);
    expect(picture).toMatchObject({
      mimeType: "image/png",
      filename: "picture.png",
      disposition: "inline",
      related: true,
    });
    expect(Buffer.from(picture?.content as ArrayBuffer).equals(PNG)).toBe(true);
    const other = extract(raw.toString("latin1"));
    expect(other.attachments).toMatchObject([{ contentType: { type: "image/png" }, contentId: "picture@taktwerk" }]);
    expect(Buffer.from(other.attachments?.[0]?.body as Uint8Array).equals(PNG)).toBe(true);
  });

  it("has a Content-ID in the form of a Message-ID", async () => {
    const raw = (await write()).toString("latin1");
    const ids = [...raw.matchAll(/^Content-ID: (.*)\r$/gim)].map(([, id]) => id);
    expect(ids).toEqual([expect.stringMatching(/^<[\w.-]+@[\w.-]+>$/)]); // RFC 5322, 3.6.4
    expect(INLINE_IMAGE).toBe(`cid:${ids[0]?.slice(1, -1)}`);
  });

  it("belongs to the HTML, and not to the plain text", async () => {
    const raw = await write();
    const parts = ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"];
    expect(typesOf(raw)).toEqual(parts);
    expect(raw.toString("latin1")).toContain('multipart/related; type="text/html";');
    const { text, html } = await PostalMime.parse(raw);
    expect([text?.trim(), html?.trim()]).toEqual(["Grüße 🎉", HTML]);
  });

  it("can be combined with an appointment", async () => {
    const raw = await write({ calendar: "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n" });
    const related = ["multipart/related", "text/html", "image/png"];
    const alternatives = ["multipart/alternative", "text/plain", ...related, "text/calendar"];
    expect(typesOf(raw)).toEqual(["multipart/mixed", ...alternatives, "application/ics"]);
    expect(Buffer.from((await shownIn(raw))?.content as ArrayBuffer).equals(PNG)).toBe(true);
  });

  it("is written in 7-bit lines of a length that servers accept, like the other parts", async () => {
    const long = `${"Straße ".repeat(500)}\n${"x".repeat(3000)}`;
    const raw = await write({ text: long, html: `${HTML}<p>${long}</p>` });
    expect(raw.every((byte) => byte < 128 && byte !== 0)).toBe(true);
    expect(raw.toString("latin1").replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of raw.toString("latin1").split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
    const { text, html } = await PostalMime.parse(raw);
    expect([text?.trim(), html?.trim()]).toEqual([long, `${HTML}<p>${long}</p>`]);
    expect(Buffer.from((await shownIn(raw))?.content as ArrayBuffer).equals(PNG)).toBe(true);
  });

  it.each([null, undefined])("is optional: with %s the message has only text and HTML", async (inlineImage) => {
    const raw = await write({ inlineImage, text: "12 Punkte", html: "<p>12 Punkte</p>" });
    const [, boundary = ""] = /boundary="([^"]*)"/.exec(raw.toString()) ?? [];
    expect(raw.toString().replaceAll(boundary, "=_").split("\r\n")).toEqual([
      "Auto-Submitted: auto-generated",
      "From: Taktwerk <mail@club.example>",
      "To: ada@club.example",
      "Subject: Auftauchquote",
      "Message-ID: <1@club.example>",
      "Date: Mon, 09 Feb 2026 06:00:00 +0000",
      "MIME-Version: 1.0",
      "Content-Type: multipart/alternative;",
      ' boundary="=_"',
      "",
      "--=_",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 7bit",
      "",
      "12 Punkte",
      "--=_",
      "Content-Type: text/html; charset=utf-8",
      "Content-Transfer-Encoding: 7bit",
      "",
      "<p>12 Punkte</p>",
      "--=_--",
      "",
    ]);
  });

  it.each([
    ["nothing", "", "a whole PNG"],
    ["not base64", "not base64!", "base64"],
    ["base64 with a line's end in it", `${BASE64.slice(0, 76)}\n${BASE64.slice(76)}`, "base64"],
    ["base64url", Buffer.from([251, 255, 254]).toString("base64url"), "base64"],
    ["incomplete base64", BASE64.slice(0, -1), "base64"],
    ["a data: URL", `data:image/png;base64,${BASE64}`, "base64"],
    ["an image of another kind", Buffer.from("<svg/>").toString("base64"), "a whole PNG"],
    ["the beginning of a PNG", PNG.subarray(0, 300).toString("base64"), "a whole PNG"],
    ["a PNG without its beginning", PNG.subarray(3).toString("base64"), "a whole PNG"],
    ["a PNG with more after it", Buffer.concat([PNG, PNG.subarray(8, 20)]).toString("base64"), "a whole PNG"],
  ])("is refused if it is %s", async (_, inlineImage, expected) => {
    expect(() => decodePng(inlineImage)).toThrow(RangeError);
    await expect(write({ inlineImage })).rejects.toThrow(expected);
  });
});

describe.each(DATABASES)("the image of a queued mail on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  let server: Sink;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
    server = await smtpSink();
  });
  afterAll(() => Promise.all([connection.close(), server.close()]));
  beforeEach(async () => {
    useServer(server.port);
    server.mails.length = 0;
    await empty(db);
  });

  it("arrives with its mail and no other", async () => {
    await queue(db, [mail("ada", { html: HTML, inlineImage: BASE64 }), mail("bob")]);
    expect(await fireDispatch(db)).toMatchObject({ processed: 2 });
    const to = (name: string) => server.mails.find((sent) => sent.to[0] === `${name}@club.example`)?.raw as Buffer;
    expect(Buffer.from((await shownIn(to("ada")))?.content as ArrayBuffer).equals(PNG)).toBe(true);
    expect((await PostalMime.parse(to("bob"))).attachments).toEqual([]);
  });

  it("makes its mail fail at once if it is not a PNG; the others are sent", async () => {
    await queue(db, [mail("ada", { html: HTML, inlineImage: "aGFsbG8=" }), mail("bob")]);
    expect(await fireDispatch(db)).toMatchObject({ processed: 1, failed: 1, retrying: 0 });
    expect(server.mails.map(({ to }) => to)).toEqual([["bob@club.example"]]);
  });
});
