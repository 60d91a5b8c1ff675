import type { BookingChange, ManagedBooking } from "../../../client/generated/types.ts";

export type Change = BookingChange["status"];

/** What staff can do with a booking now, as the API allows it. Pure. */
export function changesOf({ status, startsAt }: ManagedBooking, now: string): Change[] {
  if (status === "pending") return ["confirmed", "cancelled"];
  const started = startsAt <= now;
  if (status === "confirmed") return started ? ["completed", "no_show", "cancelled"] : ["cancelled"];
  if (status === "completed") return ["no_show"];
  return status === "no_show" ? ["completed"] : [];
}
