import fc from "fast-check";
import type { Parameter } from "../../../lib/http/openapi/types.ts";
import type { Described, Schema } from "../http/api-document.ts";
import { allowed, hostile, type Known, nearlyAllowed } from "./fuzz-values.ts";

/** Requests for the fuzzer, made of the API's document: in good faith, nearly so, and not at all. */

export interface FuzzRequest {
  /** The operation that it is made for. */
  operationId?: string;
  method: string;
  /** Path and query as they go over the wire. */
  target: string;
  headers: Record<string, string>;
  body?: string;
  /** Whether each character of the body is a byte: not every body is UTF-8. */
  bytes?: boolean;
}

export interface FuzzWorld extends Known {
  /** By the document's names. */
  secrets: Record<string, string>;
  /** `Cookie` headers, of operators and of no one. */
  sessions: string[];
  /** That open something, but nothing here, or nothing at all. */
  wrong: string[];
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Jobs, and what runs them, take a hundred times as long as all else. */
const SLOW = /^\/api\/(events\/(?!emails\/unsubscribe)|admin\/(monitoring|jobs)|v1\/track\/process)/;

/** One request, of any operation; of those that take long a few. */
export function fuzzRequests(operations: readonly Described[], world: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    ...operations.map((operation) => ({
      weight: SLOW.test(operation.path) ? 1 : 20,
      arbitrary: requestOf(operation, world),
    })),
  );
}

function requestOf(operation: Described, world: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  const { operationId, parameters } = operation;
  const own = (where: string) => parameters.filter((parameter) => parameter.in === where);
  return fc
    .record({
      method: rarely(operation.method, fc.constantFrom(...METHODS)),
      path: pathOf(operation, own("path"), world),
      query: queryOf(own("query"), world),
      headers: headersOf(operation, own("header"), world),
      body: bodyOf(operation, world),
    })
    .map(({ method, path, query, headers, body }) => {
      const carries = body !== undefined && method !== "GET" && method !== "HEAD";
      const { type, ...content } = body ?? { type: "" };
      return {
        operationId,
        method,
        target: query === "" ? path : `${path}?${query}`,
        headers: { ...headers, ...(carries && type !== "" && { "content-type": type }) },
        ...(carries && content),
      };
    });
}

/** Nearly always the one, now and then another. */
function rarely<T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 19, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}

/** What percent-encoding makes of a text, or would: half a surrogate pair too. */
const encoded = (text: string): string =>
  text.isWellFormed()
    ? encodeURIComponent(text)
    : encodeURIComponent(text.toWellFormed()).replaceAll("%EF%BF%BD", "%ED%A0%80");

/** No encoding of anything. */
const FAULTY = ["%", "%zz", "%c3%28", "%00", "%0d%0aX-Injected:1", "+", "%25zz", "%ed%a0%80", "%2e%2e%2f", "%u0041"];

function textOf(schema: Schema, world: FuzzWorld): fc.Arbitrary<string> {
  const text = (value: unknown): string =>
    (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, 600);
  return fc.oneof(
    { weight: 7, arbitrary: allowed(schema, world).map((value) => encoded(text(value))) },
    { weight: 2, arbitrary: hostile.map((value) => encoded(safely(text, value))) },
    { weight: 1, arbitrary: fc.constantFrom(...FAULTY) },
  );
}

/** Not everything that fast-check thinks of has a text. */
function safely(text: (value: unknown) => string, value: unknown): string {
  try {
    return text(value);
  } catch {
    return "[object Object]";
  }
}

function pathOf({ path }: Described, segments: Parameter[], world: FuzzWorld): fc.Arbitrary<string> {
  const values = fc.record(Object.fromEntries(segments.map(({ name, schema }) => [name, textOf(schema, world)])));
  return values.map((given) => path.replace(/\{(\w+)\}/g, (_, name: string) => given[name] || "-"));
}

function queryOf(parameters: Parameter[], world: FuzzWorld): fc.Arbitrary<string> {
  const pairs = parameters.map(({ name, required, schema }) => {
    const pair = textOf(schema, world).map((text) => [`${name}=${text}`]);
    return fc.oneof(
      { weight: required ? 9 : 3, arbitrary: pair },
      { weight: required ? 1 : 4, arbitrary: fc.constant([]) },
    );
  });
  const odd = fc.constantFrom(
    "surprise=1",
    "__proto__=1",
    "constructor=x",
    "toString",
    "=",
    "&&",
    "id=7",
    "a[b]=c",
    "%zz=%zz",
  );
  const repeated = parameters.length === 0 ? odd : fc.constantFrom(...parameters.map(({ name }) => `${name}=1`));
  const extra = fc.oneof(
    { weight: 17, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: odd.map((one) => [one]) },
    { weight: 1, arbitrary: repeated.map((one) => [one]) },
  );
  return fc.tuple(...pairs, extra).map((given) => given.flat().join("&"));
}

function headersOf({ security }: Described, parameters: Parameter[], world: FuzzWorld) {
  const names = security.flatMap((one) => Object.keys(one));
  const tokens = names.filter((name) => name in world.secrets);
  const right = tokens.length === 0 ? [""] : tokens.map((name) => `Bearer ${world.secrets[name]}`);
  const session = fc.constantFrom(...world.sessions);
  const wrong = [...Object.values(world.secrets), ...world.wrong].map((token) => `Bearer ${token}`);
  const authorization = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...right) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(...wrong, "", "Bearer", "Bearer a b", "Basic YTpi", `Bearer ${"x".repeat(4_000)}`),
    },
  );
  const asked = Object.fromEntries(parameters.map(({ name, schema }) => [name, headerText(schema, world)]));
  const address = fc.ipV4();
  return fc
    .record({
      authorization,
      address,
      session: names.includes("operatorSession") ? fc.option(session, { freq: 3, nil: "" }) : fc.constant(""),
      asked: fc.record(asked),
      odd: fc.oneof({ weight: 9, arbitrary: NO_ODD }, { weight: 1, arbitrary: ODD }),
    })
    .map((given) => {
      const all = {
        ...(given.session === "" && { authorization: given.authorization }),
        ...(given.session !== "" && { cookie: given.session, "sec-fetch-site": "same-origin" }),
        "x-real-ip": given.address,
        ...given.asked,
        ...given.odd,
      };
      return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
    });
}

/** As a header can be sent at all: printable, in Latin-1. */
function headerText(schema: Schema, world: FuzzWorld): fc.Arbitrary<string> {
  const printable = fc.oneof(
    { weight: 3, arbitrary: allowed(schema, world) },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.constant("") },
  );
  return printable.map((value) => String(value).replace(/[^\x20-\xff]|\x7f/g, "?"));
}

const NO_ODD = fc.constant<Record<string, string>>({});
const ODD = fc.constantFrom<Record<string, string>[]>(
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: "https://www.club.example" },
  { "x-customer-id": "another" },
  { "x-vercel-cron-schedule": "* * * * * *" },
  { "x-vercel-cron-schedule": "5 0,6,12 * * 1" },
  { "x-taktwerk-continuation": "2026-02-02T00:00:00Z" },
  { "x-taktwerk-continuation": "+275760-09-13T00:00:00Z" },
  { "x-taktwerk-continuation": "-000001-01-01T00:00:00Z" },
  { "x-vercel-ip-city": "%E4%zz" },
  { "x-vercel-id": "x".repeat(2_000) },
  { "accept-language": "x;q=9,,;;de" },
  { dnt: "1" },
  { "user-agent": "\u00ff".repeat(3_000) },
  { "x-real-ip": "not an address, ::1, 999.1.1.1" },
  { "transfer-encoding": "chunked" },
);

interface Body {
  type: string;
  body: string;
  bytes?: boolean;
}

function bodyOf({ requestBody }: Described, world: FuzzWorld): fc.Arbitrary<Body | undefined> {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined || content === undefined) return rarely<Body | undefined>(undefined, anyBody);
  const value = fc.oneof(
    {
      weight: 2,
      arbitrary: content.example === undefined ? allowed(content.schema, world) : fc.constant(content.example),
    },
    { weight: 4, arbitrary: allowed(content.schema, world) },
    { weight: 4, arbitrary: nearlyAllowed(content.schema, world) },
  );
  const text = value.map((given) => safely((one) => JSON.stringify(one) ?? "", given));
  const types = rarely(
    type,
    fc.constantFrom("text/html", "", "application/json; charset=utf-16", "multipart/form-data"),
  );
  const made = fc.tuple(types, text).map(([given, body]): Body => ({ type: given, body }));
  const none = fc.constant(undefined);
  return fc.oneof({ weight: 14, arbitrary: made }, { weight: 2, arbitrary: anyBody }, { weight: 1, arbitrary: none });
}

/** Texts that are JSON by a hair, or not. */
const TEXTS = [
  "",
  "null",
  "[]",
  "7",
  '"text"',
  "{",
  "{}}",
  '{"a":1e999}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":1,"a":2}',
  "\ufeff{}",
  "\u0000",
  `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`,
  `{"users":${"[".repeat(2_000)}${"]".repeat(2_000)}}`,
  `"${"x".repeat(200_000)}"`,
];

const anyBody: fc.Arbitrary<Body> = fc.oneof(
  fc.constantFrom(...TEXTS).map((body) => ({ type: "application/json", body })),
  hostile.map((value) => ({ type: "application/json", body: safely((one) => JSON.stringify(one) ?? "", value) })),
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)) }).map((body) => ({
    type: "application/json",
    body,
    bytes: true,
  })),
);
