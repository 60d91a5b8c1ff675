import * as z from "zod";
import { flag } from "./fields.ts";
import { jsonValue } from "./responses/fields.ts";

export type JsonSchema = Record<string, unknown>;

/** Which side of a schema is described: what may be sent to it, or what comes out of it. */
export type Side = "input" | "output";

/** Converts the input side of a zod schema (before defaults and transformations) to JSON Schema (2020-12). */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const {
    $schema: _,
    "~standard": __,
    ...made
  } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-2020-12",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => improve(zodSchema as unknown as z.ZodType, jsonSchema, "input"),
  }) as JsonSchema;
  return made;
}

/** Replaces what zod cannot know of a schema in the JSON Schema that it made: what a client sends, and what JSON holds. */
export function improve(schema: z.ZodType, made: object, side: Side): void {
  const jsonSchema = made as JsonSchema;
  const better = betterOf(schema);
  if (better !== undefined) replace(jsonSchema, better);
  // The input of a transformation has no default of its own; an omitted value has.
  else if (schema instanceof z.ZodDefault && side === "input") jsonSchema.default = schema.def.defaultValue;
  simplify(jsonSchema);
}

const A_FLAG = { type: "boolean", default: false };
const AN_INSTANT = { type: "string", format: "date-time" };

const JSON_ITEM = [
  ...["string", "number", "boolean", "null"].map((type) => ({ type })),
  { type: "object", additionalProperties: { $ref: "#/components/schemas/JsonValue" } },
];
const jsonOrListOf = (items: readonly JsonSchema[]): JsonSchema[] => [
  ...JSON_ITEM,
  { type: "array", items: { anyOf: items } },
];

/**
 * Any JSON, with at most three lists directly within each other. TypeScript refuses the type that openapi-typescript makes of a
 * list of its own schema, and without a limit other generators would know no type for the innermost list.
 */
const ANY_JSON = { anyOf: jsonOrListOf(jsonOrListOf(jsonOrListOf(JSON_ITEM))) };

function betterOf(schema: z.ZodType): JsonSchema | undefined {
  if (schema === flag) return A_FLAG;
  if (schema === jsonValue) return ANY_JSON;
  if (schema instanceof z.ZodDate || isSentInstant(schema)) return AN_INSTANT;
  const { def } = schema._zod as unknown as { def: { type: string; in?: z.ZodType; out?: z.ZodType } };
  if (def.type !== "pipe" || def.out === undefined) return undefined;
  // A transformation is described by the schema behind it, and so is a JSON object that is parsed further.
  const isOpen = def.in instanceof z.ZodTransform || (def.in instanceof z.ZodRecord && def.out instanceof z.ZodObject);
  return isOpen ? jsonSchemaOf(def.out) : undefined;
}

/** `sentInstant` of responses/fields.ts, perhaps with another description. */
const isSentInstant = (schema: z.ZodType): boolean =>
  schema instanceof z.ZodUnion && schema.meta()?.format === "date-time";

function replace(schema: JsonSchema, by: JsonSchema): void {
  for (const key of Object.keys(schema)) if (key !== "description" && key !== "examples") delete schema[key];
  Object.assign(schema, by);
}

/** Well-known formats, which make the pattern unnecessary. */
const FORMATS = new Set(["date", "date-time", "email", "uuid"]);

function simplify(schema: JsonSchema): void {
  if (FORMATS.has(String(schema.format))) delete schema.pattern;
  if ("propertyNames" in schema) delete schema.propertyNames;
  if (JSON.stringify(schema.additionalProperties) === "{}") schema.additionalProperties = true;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}
