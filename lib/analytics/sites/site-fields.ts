import * as z from "zod";
import { id, line, siteId, zone } from "../../http/fields.ts";
import { count, sentInstant } from "../../http/responses/fields.ts";

/** The fields of sites, in requests and answers. */

export const siteParams = z.strictObject({ id: id.meta({ description: "The site's `customerId`." }) });

export const keyKind = z.enum(["write", "read"], { error: "write or read" }).meta({
  id: "SiteKeyKind",
  description: "A write key only sends events; a read key does everything else for its site.",
});

const ORIGINS = { error: "a list of at most 100 origins such as https://www.example.com" };
/** In the form that browsers send; any other form would never match. */
const isOrigin = (text: string): boolean => /^https?:/.test(text) && URL.parse(text)?.origin === text;
const allowedOrigins = z
  .array(z.string(ORIGINS).max(250, ORIGINS).refine(isOrigin, ORIGINS), ORIGINS)
  .max(100, ORIGINS)
  .meta({ description: "The origins whose pages may send events and read reports." });

const name = line(200);

export const siteInput = z
  .strictObject({
    customerId: siteId,
    name: name.optional().meta({ description: "The `customerId` by default." }),
    allowedOrigins: allowedOrigins.default([]),
    timezone: zone
      .optional()
      .meta({ description: "The zone of its reports, which cannot change; by default the club's." }),
  })
  .meta({ id: "SiteInput", description: "A new site." });

export const siteChange = z
  .strictObject({
    name: name.optional(),
    allowedOrigins: allowedOrigins.optional(),
    active: z.boolean({ error: "true or false" }).optional().meta({ description: "Whether its keys are valid." }),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: "name, allowedOrigins or active",
  })
  .meta({ id: "SiteChange", description: "At least one of the fields." });

const settingsFields = {
  customerId: z.string(),
  name: z.string().meta({ examples: ["Club shop"] }),
  allowedOrigins: z
    .array(z.string())
    .meta({ description: "The origins whose pages may send events and read reports." }),
  timezone: z.string().meta({ description: "The zone of the days and hours of its reports." }),
  active: z.boolean().meta({ description: "Whether its keys are valid.", examples: [true] }),
  createdAt: sentInstant,
};

export const siteSettings = z
  .object(settingsFields)
  .meta({ id: "SiteSettings", description: "A site without its keys." });

const key = z
  .object({
    kind: keyKind,
    hint: z.string().meta({ description: "The end of the key." }),
    createdAt: sentInstant,
    expiresAt: sentInstant
      .nullable()
      .meta({ description: "From when on the key is not valid; null if it is not known." }),
  })
  .meta({ id: "SiteKeyHint", description: "A key as it may be shown again." });

export const site = z
  .object({
    ...settingsFields,
    keys: z.array(key),
    pending: count.meta({ description: "Events that are on their way through the pipeline." }),
    deadLetters: count.meta({ description: "Events that cannot be processed." }),
  })
  .meta({ id: "Site", description: "A site whose pages and servers send events." });

export const siteCreated = z
  .object({
    ...settingsFields,
    writeKey: z.string().meta({ description: "The public key with which pages send events." }),
    readKey: z.string().meta({ description: "The secret key with which servers read reports." }),
  })
  .meta({ id: "SiteCreated", description: "A new site and its keys, which are shown only here." });

export const siteKey = z
  .object({
    customerId: z.string(),
    kind: keyKind,
    key: z.string().meta({ description: "The key, which is shown only here.", examples: ["twk_pub_3kTq…"] }),
    oldExpireAt: sentInstant.meta({ description: "When the older keys of this kind expire." }),
  })
  .meta({ id: "SiteKey", description: "A new key of a site." });
