/** The one picture that a mail may bring along, so that its reader sees it and nothing is fetched for it. Pure. */

/** Its Content-ID, written like a Message-ID (RFC 2045, section 7), without the brackets. */
export const CONTENT_ID = "picture@taktwerk";

/** What the `src` of a mail's HTML says to show it (RFC 2392). */
export const INLINE_IMAGE = `cid:${CONTENT_ID}`;

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
/** The chunk that every PNG ends with: no content, its type, its checksum. */
const IEND = Buffer.from("\0\0\0\0IEND\xaeB`\x82", "latin1");

/** The bytes of a PNG in base64. @throws RangeError for what is no base64, no PNG, or only the beginning of one. */
export function pngIn(base64: string): Buffer {
  const png = Buffer.from(base64, "base64");
  // It reads over whatever is no base64, and would make a broken picture of it.
  if (png.toString("base64") !== base64) throw new RangeError("expected an inline image in base64, got something else");
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE) || !png.subarray(-IEND.length).equals(IEND)) {
    throw new RangeError("expected an inline image that is a whole PNG, got something else");
  }
  return png;
}
