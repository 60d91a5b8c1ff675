import type { Attachment } from "postal-mime";

/** What may stand in a `data:` URL as it is; whatever else a part says it is of stays an attachment. */
const SHOWN = /^image\/(?:png|jpeg|gif|webp)$/;

/** One picture may be shown in many places; a page does not grow beyond this by it, whatever a mail says. */
const LONGEST = 50_000_000;

/** HTML with the pictures that its mail brings along (`cid:`, RFC 2392) in it: nothing is fetched for it. Others stay away. */
export function withPictures(html: string, attachments: Attachment[]): string {
  const pictures = new Map(attachments.flatMap(pictureOf));
  let left = LONGEST;
  return html.replace(/(\bsrc\s*=\s*["']?)cid:([^\s"'<>]+)/gi, (reference, before: string, id: string) => {
    const picture = pictures.get(id);
    if (picture === undefined || picture.length > left) return reference;
    left -= picture.length;
    return before + picture;
  });
}

/** A picture's Content-ID, without its brackets, and its `data:` URL. */
function pictureOf({ contentId, mimeType, content }: Attachment): [string, string][] {
  if (contentId === undefined || !SHOWN.test(mimeType)) return [];
  const bytes = Buffer.from(typeof content === "string" ? content : new Uint8Array(content));
  return [[contentId.replace(/^<|>$/g, ""), `data:${mimeType};base64,${bytes.toString("base64")}`]];
}
