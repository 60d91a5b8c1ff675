import { decodeHTML } from "entities/decode";
import { toStorableText } from "../../text.ts";

/** Finds the consultant of an appointment (docs/domain.md, section 7). Pure. */

export const UNKNOWN_CONSULTANT = "Unknown";

const BOOKED_BY = /\[\s*booked\s+by:\s*([^[\]]{1,200})\]/iu;
const MAX_DESCRIPTION_LENGTH = 20_000;
const MAX_NAME_LENGTH = 100;

/** The name in `[Booked by: …]` of a description, which may be HTML; null if there is none. */
export function parseBookedBy(description: string): string | null {
  const text = decodeHTML(description.slice(0, MAX_DESCRIPTION_LENGTH).replace(/<[^<>]*>/gu, " "));
  const name = BOOKED_BY.exec(toStorableText(text))?.[1]?.normalize("NFC").replace(/\s+/gu, " ").trim();
  return name ? toStorableText(name.slice(0, MAX_NAME_LENGTH)) : null;
}

/**
 * The consultant's name: by the organizer's address, else the name in `[Booked by: …]`, else "Unknown".
 * @param consultants Names by address in lower case (`CONSULTANTS`).
 */
export function resolveConsultant(
  organizer: string | null,
  bookedBy: string | null,
  consultants: Readonly<Record<string, string>>,
): string {
  const name = organizer !== null && Object.hasOwn(consultants, organizer) ? consultants[organizer] : undefined;
  return name ?? bookedBy ?? UNKNOWN_CONSULTANT;
}
