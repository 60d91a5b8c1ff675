import * as z from "zod";
import { count, sentDate, sentInstant } from "../../http/responses/fields.ts";
import { CATEGORIES } from "../availability/surcharge.ts";

const dayCounts = { added: count, changed: count, removed: count, expired: count, kept: count, conflicts: count };

const slotChange = z
  .object({
    action: z.enum(["add", "change", "remove", "expire", "conflict"]),
    id: z.int().optional().meta({ description: "The id of an existing slot." }),
    serviceId: z.string(),
    providerId: z.string(),
    date: sentDate,
    startsAt: sentInstant,
    endsAt: sentInstant,
    capacity: z.int(),
    booked: z.int().optional().meta({ description: "The booked and held places of an existing slot." }),
    category: z.enum(CATEGORIES),
    price: z.number(),
  })
  .meta({ id: "SlotChange", description: "One slot and what happens to it." });

/** What slot maintenance returns. A run that is switched off returns `disabled` alone. */
export const maintenanceResult = z.object({
  disabled: z.boolean().optional().meta({ description: "Whether `SLOT_AUTOMATION_ENABLED` is false." }),
  services: count.optional(),
  ...z.object({ ...dayCounts, capped: count }).partial().shape,
  planned: z.boolean().optional().meta({ description: "Whether the run only planned." }),
  planOnly: z.boolean().optional().meta({ description: "Whether this deployment is a preview, which only plans." }),
  days: z
    .array(
      z
        .object({ providerId: z.string(), date: sentDate, ...dayCounts })
        .meta({ id: "ProviderDay", description: "What happens to the slots of one provider on one day." }),
    )
    .optional(),
  daysTruncated: z.boolean().optional(),
  conflictSlots: z.array(slotChange).optional(),
  cappedServices: z.array(z.object({ serviceId: z.string(), leftOut: count })).optional(),
  slots: z.array(slotChange).optional().meta({ description: "Every slot that the plan changes, with `verbose`." }),
  slotsTruncated: z.boolean().optional(),
  continued: z
    .boolean()
    .optional()
    .meta({ description: "Whether this call continued a run; lists hold its part only." }),
});
