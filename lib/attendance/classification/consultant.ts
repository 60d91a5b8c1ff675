import { decodeHTML } from "entities/decode";
import { storable } from "./title.ts";

/** Whose appointment it is (domain, section 7). Pure. */

export const UNKNOWN_CONSULTANT = "Unknown";

const BOOKED_BY = /\[\s*booked\s+by:\s*([^[\]]{1,200})\]/iu;
const LONGEST_DESCRIPTION = 20_000;
const LONGEST_NAME = 100;

/** The name in `[Booked by: …]` of a description, which may be HTML; null where there is none. */
export function parseBookedBy(description: string): string | null {
  const text = decodeHTML(description.slice(0, LONGEST_DESCRIPTION).replace(/<[^<>]*>/gu, " "));
  const name = BOOKED_BY.exec(storable(text))?.[1]?.normalize("NFC").replace(/\s+/gu, " ").trim();
  return name ? storable(name.slice(0, LONGEST_NAME)) : null;
}

/** The organizer's name by address, else who it was booked by, else "Unknown". @param consultants By address in lower case. */
export function resolveConsultant(
  organizer: string | null,
  booker: string | null,
  consultants: Readonly<Record<string, string>>,
): string {
  const known = organizer !== null && Object.hasOwn(consultants, organizer) ? consultants[organizer] : undefined;
  return known ?? booker ?? UNKNOWN_CONSULTANT;
}
