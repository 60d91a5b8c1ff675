import type { Attachment } from "postal-mime";

/** The types of images that are shown inline. Images of other types stay attachments. */
const SHOWN = /^image\/(?:png|jpeg|gif|webp)$/;

/** A mail can show the same image many times. The page gets at most this many characters of images. */
const MAX_LENGTH = 50_000_000;

/** Replaces references to attached images (`cid:`, RFC 2392) by the images themselves, so that the page loads nothing. */
export function withPictures(html: string, attachments: Attachment[]): string {
  const pictures = new Map(attachments.flatMap(pictureOf));
  let remaining = MAX_LENGTH;
  return html.replace(/(\bsrc\s*=\s*["']?)cid:([^\s"'<>]+)/gi, (reference, before: string, id: string) => {
    const picture = pictures.get(id);
    if (picture === undefined || picture.length > remaining) return reference;
    remaining -= picture.length;
    return before + picture;
  });
}

/** The Content-ID of an image without its brackets, and its `data:` URL. */
function pictureOf({ contentId, mimeType, content }: Attachment): [string, string][] {
  if (contentId === undefined || !SHOWN.test(mimeType)) return [];
  const bytes = Buffer.from(typeof content === "string" ? content : new Uint8Array(content));
  return [[contentId.replace(/^<|>$/g, ""), `data:${mimeType};base64,${bytes.toString("base64")}`]];
}
