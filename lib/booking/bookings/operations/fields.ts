import * as z from "zod";
import { amount, line, whole } from "../../../http/fields.ts";

/** Fields that the operations on bookings share. */

/** The id of a slot in a path. */
export const slotSegment = whole(1, Number.MAX_SAFE_INTEGER).meta({ description: "The slot's id." });

/** The id of a slot in a JSON body. */
export const slotId = amount(1, Number.MAX_SAFE_INTEGER).int({ error: "the id of a slot, a whole number" });

export const bookingId = z
  .uuid({ error: "the id of a booking, a UUID" })
  .meta({ examples: ["00000000-0000-4000-8000-000000000000"] });

/** The booking that a path names. */
export const bookingParams = z.strictObject({ id: bookingId.meta({ description: "The booking's id." }) });

export const holdId = z
  .uuid({ error: "the id of a hold, a UUID" })
  .meta({ examples: ["00000000-0000-4000-8000-000000000000"] });

/** A customer's name. */
export const customerName = line(120).trim().min(1, { error: "a name" });
