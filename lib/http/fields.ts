import * as z from "zod";
import { EXPECTED_ADDRESS, readAddress } from "../email-address.ts";
import { isDeeperThan, isStorableText, MAX_JSON_DEPTH } from "../text.ts";
import { isZone } from "../time/zone.ts";

/** Schemas of fields that many requests share. */

/** An identifier of the platform: printable ASCII without spaces. */
export const id = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, { error: "an id of 1 to 128 printable ASCII characters" })
  .meta({ examples: ["one-of-mine"] });

/** The id of a new site, which is part of URLs (docs/domain.md, section 8). Older sites may have any `id`. */
export const siteId = z
  .string()
  .regex(/^(?!\.{1,2}$)[\w.-]{1,128}$/, { error: "an id of 1 to 128 letters, digits, hyphens, underscores and dots" })
  .meta({ examples: ["one-of-mine"] });

/** One line of text that Postgres can store. Line breaks are refused because names become mail headers. */
export const line = (max: number) =>
  z
    .string({ error: `text of at most ${max} characters` })
    .max(max, { error: `text of at most ${max} characters` })
    .refine((text) => isStorableText(text) && !/[\r\n]/.test(text), {
      error: "text without NUL, line breaks or lone surrogates",
    });

/** An email address; blanks around it are removed. */
export const email = z
  .string({ error: EXPECTED_ADDRESS })
  .meta({ format: "email", maxLength: 254 })
  .transform((written, context) => {
    const { address, reason } = readAddress(written);
    if (address === undefined) context.addIssue({ code: "custom", message: reason });
    return address ?? "";
  });

/** A number within bounds. JSON's 1e999 becomes infinity and is refused. */
export const amount = (min: number, max: number) =>
  z
    .number({ error: `a number from ${min} to ${max}` })
    .min(min)
    .max(max, { error: `a number from ${min} to ${max}` });

const FIRST = Date.UTC(2000, 0);
const LAST = Date.UTC(9999, 11, 31);

/** Whether an instant lies between the years 2000 and 9999, as dates must. */
export const isStorable = (instant: Date): boolean => instant.getTime() >= FIRST && instant.getTime() <= LAST;

/** An instant with its offset. */
export const instant = z.iso
  .datetime({ offset: true, error: "an instant such as 2026-02-02T18:30:00Z" })
  .meta({ examples: ["2026-02-02T18:30:00Z"] })
  .transform((text) => new Date(text))
  .refine(isStorable, { error: "an instant from 2000 on" });

/** A calendar date from 2000 on. */
export const calendarDate = z.iso
  .date({ error: "a calendar date YYYY-MM-DD" })
  .refine((date) => date >= "2000-01-01", { error: "a calendar date from 2000 on" })
  .meta({ examples: ["2026-02-02"] });

/** A calendar date around which periods and instants have years of four digits, as ISO 8601 has them. */
export const dateBefore3000 = calendarDate.refine((date) => date < "3000", {
  error: "a calendar date before the year 3000",
});

/** A calendar date, which is text, or an instant, which becomes a `Date`. */
export const dateOrInstant = z.union([dateBefore3000, instant], {
  error: "a calendar date YYYY-MM-DD before the year 3000 or an instant such as 2026-02-02T18:30:00Z, from 2000 on",
});

/** A calendar month `YYYY-MM` from 2000 on, parsed to its first day. */
export const calendarMonth = z
  .string({ error: "a month YYYY-MM from 2000 on" })
  .regex(/^2\d{3}-(0[1-9]|1[0-2])$/, { error: "a month YYYY-MM from 2000 on" })
  .meta({ examples: ["2026-02"] })
  .transform((month) => `${month}-01`);

/** A time zone. */
export const zone = z
  .string({ error: "an IANA time zone such as Europe/Berlin" })
  .refine(isZone, { error: "an IANA time zone such as Europe/Berlin" })
  .meta({ examples: ["Europe/Berlin"] });

/** Whether Postgres can store JSON. The depth must have been checked, because the function calls itself for each level. */
function isStorableJson(value: unknown): boolean {
  if (typeof value === "string") return isStorableText(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorableText(key) && isStorableJson(inner));
}

/** A JSON object of at most 16 KB that Postgres can store. */
export const jsonObject = z
  .record(z.string(), z.unknown(), { error: "a JSON object" })
  .refine((value) => !isDeeperThan(MAX_JSON_DEPTH, value) && isStorableJson(value), {
    error: `at most ${MAX_JSON_DEPTH} levels, finite numbers, text without NUL or lone surrogates`,
    abort: true,
  })
  .refine((value) => JSON.stringify(value).length <= 16_384, { error: "a JSON object of at most 16 KB" });

/** A flag, from a query string or a JSON body; off by default. */
export const flag = z
  .union([z.boolean(), z.enum(["true", "false", "1", "0"])], { error: "true or false" })
  .transform((value) => value === true || value === "true" || value === "1")
  .default(false);

/** A whole number, from a query string or a JSON body. */
export const whole = (min: number, max: number) => {
  const expected = { error: `a whole number from ${min} to ${max}` };
  return z.preprocess(numberOf, z.number(expected).int(expected).min(min, expected).max(max, expected));
};

/** Only digits are a number. JavaScript would also accept an empty text, `0x10` and `true`. */
const numberOf = (input: unknown): unknown =>
  typeof input === "string" && /^-?\d{1,15}$/.test(input) ? Number(input) : input;
