import { createHash, createPublicKey, createVerify, generateKeyPairSync } from "node:crypto";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { compose } from "../../../lib/mail/delivery/compose.ts";
import { INLINE_IMAGE } from "../../../lib/mail/template/inline-image.ts";
import { pngOf } from "../../support/mail/png.ts";

/** Signatures, verified by an implementation of RFC 6376 (relaxed/relaxed) other than the library that makes them. */

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const SETTINGS = {
  EMAIL_FROM: "Müller <mail@club.example>",
  DKIM_DOMAIN: "club.example",
  DKIM_SELECTOR: "s2026",
  DKIM_PRIVATE_KEY: String(privateKey.export({ type: "pkcs8", format: "pem" })).replaceAll("\n", "\\n"),
};

const URL_TO_LEAVE = `https://taktwerk.example/out?token=${"x".repeat(300)}`;
const letter = (
  text = "Grüße\n\n.dot \t and  spaces \n\n\n",
  calendar: string | null = null,
  inlineImage: string | null = null,
) =>
  compose({
    recipient: "ada@club.example",
    subject: "Übung 🏋️",
    text,
    html: `<p>Grüße</p>${inlineImage === null ? "" : `<img src="${INLINE_IMAGE}" alt="">`}`,
    messageId: "<1@club.example>",
    date: new Date("2026-02-09T06:00:00Z"),
    unsubscribeUrl: URL_TO_LEAVE,
    calendar,
    inlineImage,
  });

const relaxed = (field: string) =>
  `${field.slice(0, field.indexOf(":")).toLowerCase().trim()}:${field
    .slice(field.indexOf(":") + 1)
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .trim()}`;

function verify(content: Buffer) {
  const text = content.toString("latin1");
  const cut = text.indexOf("\r\n\r\n");
  const fields = text.slice(0, cut).split(/\r\n(?![ \t])/);
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? "";
  const tags = new Map(
    signature
      .slice(signature.indexOf(":") + 1)
      .split(";")
      .map(
        (tag) => [tag.slice(0, tag.indexOf("=")).trim(), tag.slice(tag.indexOf("=") + 1).replace(/\s+/g, "")] as const,
      ),
  );
  const body = text
    .slice(cut + 4)
    .replace(/[ \t]+\r\n/g, "\r\n")
    .replace(/[ \t]+/g, " ")
    .replace(/(\r\n)*$/, "\r\n");
  const bodyHash = createHash("sha256").update(body, "latin1").digest("base64");
  const remaining = [...fields];
  const signed = (tags.get("h") ?? "").split(":").map((name) => {
    const index = remaining.findLastIndex((field) => field.toLowerCase().startsWith(`${name}:`));
    return index < 0 ? "" : `${relaxed(remaining.splice(index, 1)[0] ?? "")}\r\n`;
  });
  const own = relaxed(signature).replace(/([;:]\s*b=)[^;]*/, "$1");
  const verified = createVerify("sha256")
    .update(signed.join("") + own, "latin1")
    .verify(createPublicKey(privateKey), tags.get("b") ?? "", "base64");
  return { tags, bodyFits: tags.get("bh") === bodyHash, verified };
}

describe("a message", () => {
  it("is signed if DKIM is configured, and the signature is valid", async () => {
    configure(SETTINGS);
    const { tags, bodyFits, verified } = verify(await letter());
    expect(Object.fromEntries(tags)).toMatchObject({
      v: "1",
      a: "rsa-sha256",
      c: "relaxed/relaxed",
      d: "club.example",
      s: "s2026",
    });
    expect({ bodyFits, verified }).toEqual({ bodyFits: true, verified: true });
  });

  it("with an appointment is signed as a whole, with either line ending", async () => {
    configure(SETTINGS);
    for (const end of ["\r\n", "\n"]) {
      const lines = ["BEGIN:VCALENDAR", "METHOD:REQUEST", "SUMMARY:Übung  \t ", "", "END:VCALENDAR", "", ""];
      const content = await letter("Grüße", lines.join(end));
      const { bodyFits, verified } = verify(content);
      expect({ bodyFits, verified }).toEqual({ bodyFits: true, verified: true });
      const { attachments } = await PostalMime.parse(content);
      expect(attachments.map(({ mimeType }) => mimeType)).toEqual(["text/calendar", "application/ics"]);
    }
  });

  it("with an image is signed as a whole", async () => {
    configure(SETTINGS);
    const png = pngOf(100);
    const content = await letter("Grüße", null, png.toString("base64"));
    const { bodyFits, verified } = verify(content);
    expect({ bodyFits, verified }).toEqual({ bodyFits: true, verified: true });
    const [picture] = (await PostalMime.parse(content)).attachments;
    expect(Buffer.from(picture?.content as ArrayBuffer).equals(png)).toBe(true);
  });

  it("has signed one-click headers, which mail programs require", async () => {
    configure(SETTINGS);
    const signed = verify(await letter())
      .tags.get("h")
      ?.split(":");
    expect(signed).toEqual(
      expect.arrayContaining([
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
      ]),
    );
  });

  it("that was changed has no valid signature", async () => {
    configure(SETTINGS);
    const text = (await letter()).toString("latin1");
    expect(verify(Buffer.from(text.replace("ada@club", "eve@club"), "latin1")).verified).toBe(false);
    expect(verify(Buffer.from(text.replace("<p>", "<b>"), "latin1")).bodyFits).toBe(false);
    expect(verify(Buffer.from(text.replace("One-Click", "Two-Click"), "latin1")).verified).toBe(false);
  });

  it("is not signed if DKIM is not configured", async () => {
    configure({ EMAIL_FROM: SETTINGS.EMAIL_FROM });
    expect((await letter()).toString("latin1")).not.toMatch(/dkim-signature/i);
  });
});
