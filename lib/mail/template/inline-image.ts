/** The one image that a mail may carry, so that its reader sees it without loading anything. Pure. */

/** Its Content-ID, in the form of a Message-ID (RFC 2045, section 7) without the brackets. */
export const CONTENT_ID = "picture@taktwerk";

/** The `src` of the image in the HTML (RFC 2392). */
export const INLINE_IMAGE = `cid:${CONTENT_ID}`;

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
/** The last chunk of every PNG: an empty length, its type, its checksum. */
const IEND = Buffer.from("\0\0\0\0IEND\xaeB`\x82", "latin1");

/** Decodes a PNG in base64. @throws RangeError if the text is not base64, or not a complete PNG. */
export function decodePng(base64: string): Buffer {
  const png = Buffer.from(base64, "base64");
  // `Buffer.from` skips invalid characters, which would break the image silently.
  if (png.toString("base64") !== base64) throw new RangeError("expected an inline image in base64, got something else");
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE) || !png.subarray(-IEND.length).equals(IEND)) {
    throw new RangeError("expected an inline image that is a whole PNG, got something else");
  }
  return png;
}
