import * as z from "zod";

/** Schemas of fields that many responses share. They describe what is sent; nothing parses responses in production. */

/** How many there are. */
export const count = z.int().min(0);

/** An instant: a `Date` of the handler, which JSON sends as ISO text in UTC. */
export const sentInstant = z.union([z.date(), z.iso.datetime()]).meta({ format: "date-time" });

/** A local calendar date. */
export const sentDate = z.iso.date().meta({ examples: ["2026-02-02"] });

/** An instant as local time with its offset, in the zone that the response names. */
export const sentLocalTime = z.iso.datetime({ offset: true }).meta({ description: "Local time with its offset." });

/** A number of the database as text, as `/api/admin/monitoring` has always sent it. */
export const sentTextId = z
  .string()
  .regex(/^\d+$/)
  .meta({ description: "A whole number, as text.", examples: ["7"] });

/** Any JSON, by a name of its own so that generated clients have a type for it. */
export const jsonValue: z.ZodType = z
  .lazy(() =>
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(jsonValue), z.record(z.string(), jsonValue)]),
  )
  .meta({ id: "JsonValue", description: "Any JSON value." });

/** A JSON object with any fields. */
export const sentJsonObject = z
  .record(z.string(), jsonValue)
  .meta({ id: "JsonObject", description: "A JSON object with any fields." });
