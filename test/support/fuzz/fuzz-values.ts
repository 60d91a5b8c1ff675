import fc from "fast-check";
import type { Schema } from "../http/api-document.ts";

/** Values for the fuzzer: valid ones, nearly valid ones, and malicious ones. */

/** What there is in the world that is fuzzed, so that requests get somewhere. */
export interface Known {
  /** Of users, providers, services, sites, exercises. */
  ids: string[];
  slotIds: number[];
  bookingIds: string[];
}

const DATES = [
  "2026-03-29", // a day of 23 hours in Berlin
  "2026-10-25", // one of 25
  "2026-02-28",
  "2028-02-29",
  "2026-12-31",
  "2000-01-01",
  "1999-12-31",
  "2999-12-31",
  "3000-01-01",
  "9999-12-31",
  "0001-01-01",
  "2026-02-29",
];
const INSTANTS = [
  "2026-03-29T02:30:00+01:00",
  "2026-10-25T02:30:00+02:00",
  "2026-02-02T23:59:59.999Z",
  "2000-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "0001-01-01T00:00:00Z",
  "2026-02-02T18:30:00+23:59",
];
const ZONES = ["Europe/Berlin", "UTC", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "Antarctica/Troll"];

const DEEP = 3_000;
const deep = (inner: unknown): unknown => Array.from({ length: DEEP }).reduce<unknown>((value) => [value], inner);

/** As JSON values. */
const HOSTILE: unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  "",
  " ",
  0,
  -1,
  -0.5,
  1e308,
  5e-324,
  2 ** 53,
  -(2 ** 63),
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "\r\nSet-Cookie: a=b",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "'; drop table users; --",
  "$1 \\ %s {{x}}",
  "<img src=x onerror=alert(1)>",
  "\u202e\u200b\ufeff",
  "x".repeat(300),
  "ß".repeat(20_000),
  "🏃".repeat(130),
  "2026-13-45",
  "24:00",
  "99:99",
  "NaN",
  "Infinity",
  "1e3",
  "0x10",
  "-0",
  "٣",
  "9".repeat(40),
  "../../etc/passwd",
  Array.from({ length: 2_000 }, () => 1),
  Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`k${n}`, n])),
  { toString: 1, valueOf: 2, constructor: { prototype: { polluted: true } } },
  deep("x"),
];

export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 50 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(...DATES, ...INSTANTS) },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 3 }) },
);

/** What a schema allows, as far as it says so itself. */
export function allowed(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const { enum: some, const: only, anyOf, oneOf, type } = schema;
  if (only !== undefined) return fc.constant(only);
  if (some !== undefined) return fc.constantFrom(...(some as unknown[]));
  const choices = (anyOf ?? oneOf) as Schema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => allowed(choice, known)));
  if (type === "object") return allowedObject(schema, known);
  if (type === "array") return allowedList(schema, known);
  if (type === "integer") return allowedWhole(schema, known);
  if (type === "number") return fc.double({ ...boundsOf(schema), noNaN: true, noDefaultInfinity: true });
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  return type === "string" ? allowedText(schema, known) : fc.jsonValue({ maxDepth: 2 });
}

function boundsOf({ minimum, maximum }: Schema): { min?: number; max?: number } {
  return {
    ...(typeof minimum === "number" && { min: minimum }),
    ...(typeof maximum === "number" && { max: maximum }),
  };
}

function allowedWhole(schema: Schema, { slotIds }: Known): fc.Arbitrary<unknown> {
  const { min = -1_000, max = 1_000 } = boundsOf(schema);
  const wide = fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) });
  const small = fc.integer({ min, max: Math.min(max, min + 40) });
  return schema.maximum === undefined ? fc.oneof(fc.constantFrom(...slotIds), wide) : fc.oneof(small, wide);
}

function allowedList({ items, minItems = 0 }: Schema, known: Known): fc.Arbitrary<unknown> {
  const least = Number(minItems);
  return fc.array(allowed((items ?? {}) as Schema, known), { minLength: least, maxLength: least + 3 });
}

function allowedObject({ properties = {}, required = [], additionalProperties }: Schema, known: Known) {
  const own = Object.entries(properties as Record<string, Schema>);
  const fields = Object.fromEntries(own.map(([name, property]) => [name, allowed(property, known)]));
  const object = fc.record(fields, { requiredKeys: required as string[] });
  if (additionalProperties !== true) return object;
  const more = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 });
  return fc.tuple(more, object).map(([others, given]) => ({ ...others, ...given }));
}

function allowedText(schema: Schema, { ids, bookingIds, slotIds }: Known): fc.Arbitrary<unknown> {
  const { format, pattern, maxLength, minLength, examples } = schema;
  const example = (examples as unknown[] | undefined)?.[0];
  if (format === "date") return fc.oneof(fc.constantFrom(...DATES), fc.constant("2026-02-02"));
  if (format === "date-time") return fc.constantFrom(...INSTANTS);
  if (format === "email") return fc.constantFrom("ada@club.example", "o'b+x@sub.club.example");
  if (format === "uuid") return fc.oneof(fc.constantFrom(...bookingIds), fc.uuid());
  if (example === "Europe/Berlin") return fc.constantFrom(...ZONES);
  if (example === "one-of-mine") return fc.constantFrom(...ids);
  if (example === "7") return fc.constantFrom(...slotIds.map(String), "999999999999999");
  if (pattern !== undefined) {
    // fast-check does not look ahead.
    if (example !== undefined && /\(\?/.test(String(pattern))) return fc.constant(example);
    const matching = fc.stringMatching(new RegExp(String(pattern)));
    return example === undefined ? matching : fc.oneof(fc.constant(example), matching);
  }
  const length = { minLength: Number(minLength ?? 0), maxLength: Math.min(Number(maxLength ?? 60), 60) };
  return fc.oneof(fc.constantFrom(...ids), fc.string(length), fc.string({ ...length, unit: "grapheme" }));
}

/** What a schema allows, with one or two places of it spoiled. */
export function nearlyAllowed(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const fault = fc.record({ at: fc.nat(), kind: fc.constantFrom("replace", "drop", "add"), value: hostile });
  const faults = fc.array(fault, { minLength: 1, maxLength: 2 });
  return fc
    .tuple(allowed(schema, known), faults)
    .map(([value, list]) =>
      list.reduce<unknown>((spoiled, { at, kind, value }) => spoil(spoiled, at, kind, value), value),
    );
}

/** Somewhere in the value, as far down as `at` leads. */
function spoil(value: unknown, at: number, kind: string, by: unknown): unknown {
  if (typeof value !== "object" || value === null) return by;
  const names = Object.keys(value);
  const name = names[at % (names.length + 1)];
  if (name === undefined) return kind === "add" && !Array.isArray(value) ? { ...value, surprise: by } : by;
  const inner = (value as Record<string, unknown>)[name];
  const further = at % 3 !== 0 && typeof inner === "object" && inner !== null;
  const spoiled = further ? spoil(inner, Math.floor(at / 7), kind, by) : by;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  if (kind === "drop" && !further) delete copy[name];
  else copy[name] = spoiled;
  return copy;
}
