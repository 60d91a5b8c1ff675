import type { JsonSchema } from "../../lib/http/json-schema.ts";
import type { Document } from "../../lib/http/openapi/types.ts";
import { FIELD_EXAMPLES } from "./field-examples.ts";

/**
 * Adds an example to every named schema of an answer. Examples are put together from those of the fields, so that they cannot
 * miss a field or have one too many: a field's own example, one by its name (field-examples.ts), or the least that its type allows.
 */
export function addExamples(document: Document): void {
  const { schemas } = document.components;
  for (const name of answerSchemas(document)) {
    const schema = schemas[name];
    if (schema === undefined || schema.examples !== undefined || schema.enum !== undefined) continue;
    const example = exampleOf(schema, schemas, "", 0);
    if (typeof example === "object" && example !== null) schema.examples = [example];
  }
}

type Schemas = Readonly<Record<string, JsonSchema>>;

const nameIn = (reference: string): string => reference.split("/").at(-1) ?? "";

/** The names of all schemas that answers use and bodies of requests do not. */
function answerSchemas({ paths, components }: Document): Set<string> {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const sent = reached(
    operations.map(({ requestBody }) => requestBody),
    components.schemas,
  );
  const answered = reached([operations.map(({ responses }) => responses), components.responses], components.schemas);
  return new Set([...answered].filter((name) => !sent.has(name)));
}

/** The names of the schemas that a part of the document refers to, directly or not. */
function reached(part: unknown, schemas: Schemas, names = new Set<string>()): Set<string> {
  for (const [, reference = ""] of JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (names.has(reference)) continue;
    names.add(reference);
    reached(schemas[reference], schemas, names);
  }
  return names;
}

/** Deeper than any answer; a schema that contains itself ends here. */
const DEEPEST = 12;

function exampleOf(schema: JsonSchema, schemas: Schemas, field: string, depth: number): unknown {
  if (depth > DEEPEST) return null;
  const inner = (schema: JsonSchema, name = field) => exampleOf(schema, schemas, name, depth + 1);
  if (typeof schema.$ref === "string") return inner(schemas[nameIn(schema.$ref)] ?? {});
  if (schema.const !== undefined) return schema.const;
  const [own] = (schema.examples ?? []) as unknown[];
  if (own !== undefined) return own;
  const types = typesOf(schema);
  const type = types.find((name) => name !== "null");
  const byName = Object.hasOwn(FIELD_EXAMPLES, field) ? FIELD_EXAMPLES[field] : undefined;
  const allowed = schema.enum as unknown[] | undefined;
  if (allowed !== undefined) return allowed.includes(byName) ? byName : allowed[0];
  if (types.some((name) => fits(byName, name))) return byName;
  const choices = ((schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[]).filter(({ type }) => type !== "null");
  if (choices[0] !== undefined) return inner(choices[0]);
  if (type === "object") return objectExample(schema, inner);
  if (type === "array") return [inner((schema.items ?? {}) as JsonSchema, singular(field))];
  return plainExample(schema, type);
}

function objectExample(
  { properties = {}, additionalProperties }: JsonSchema,
  inner: (schema: JsonSchema, name: string) => unknown,
) {
  const fields = Object.entries(properties as Record<string, JsonSchema>);
  if (fields.length === 0 && typeof additionalProperties === "object") return {};
  return Object.fromEntries(fields.map(([name, schema]) => [name, inner(schema, name)]));
}

/** The types of a value, also of one that is either something or null. */
const typesOf = ({ type, anyOf }: JsonSchema): string[] =>
  [type, ...((anyOf ?? []) as JsonSchema[]).map(({ type }) => type)].flat().filter((name) => typeof name === "string");

function fits(value: unknown, type: string): boolean {
  if (value === null) return type === "null";
  if (Array.isArray(value)) return type === "array";
  if (typeof value === "number") return type === "number" || (type === "integer" && Number.isInteger(value));
  return typeof value === type;
}

/** `services` -> `service`, for the fields of items. */
const singular = (field: string): string => field.replace(/s$/, "");

function plainExample({ format, minimum }: JsonSchema, type: string | undefined): unknown {
  if (type === "integer" || type === "number") return Math.max(Number(minimum ?? 0), 1);
  if (type === "boolean") return false;
  if (type === undefined) return null;
  return BY_FORMAT[String(format)] ?? "…";
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  date: "2026-02-02",
  "date-time": "2026-02-02T18:30:00.000Z",
  uuid: "6f1c9f0e-3b0a-4a9e-9c53-1c2d3e4f5a6b",
  email: "ada@example.com",
  uri: "https://www.example.com/",
};
