import * as z from "zod";
import { itemOf } from "../batch.ts";
import { flag } from "../fields.ts";

export type JsonSchema = Record<string, unknown>;

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
    override: ({ zodSchema, jsonSchema }) => {
      const better = betterOf(zodSchema as unknown as z.ZodType);
      if (better !== undefined) replace(jsonSchema, better);
      // The input of a transformation has no default of its own; an omitted value has.
      if (zodSchema instanceof z.ZodDefault && better === undefined) jsonSchema.default = zodSchema.def.defaultValue;
      plain(jsonSchema);
    },
  }) as JsonSchema;
  return made;
}

const A_FLAG = { type: "boolean", default: false };

/** Schemas that zod cannot describe precisely. */
function betterOf(schema: z.ZodType): JsonSchema | undefined {
  if (schema === flag) return A_FLAG;
  const item = itemOf(schema);
  if (item !== undefined) return jsonSchemaOf(item);
  const { def } = schema._zod as unknown as { def: { type: string; in?: z.ZodType; out?: z.ZodType } };
  if (def.type === "pipe" && def.in instanceof z.ZodTransform && def.out !== undefined) return jsonSchemaOf(def.out);
  // A JSON object that is parsed further: the schema after the pipe is more precise.
  return def.type === "pipe" && def.in instanceof z.ZodRecord && def.out instanceof z.ZodObject
    ? jsonSchemaOf(def.out)
    : undefined;
}

function replace(schema: JsonSchema, by: JsonSchema): void {
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, by);
}

/** Well-known formats, which make the pattern unnecessary. */
const FORMATS = new Set(["date", "date-time", "email", "uuid"]);

function plain(schema: JsonSchema): void {
  if (FORMATS.has(String(schema.format))) delete schema.pattern;
  if ("propertyNames" in schema) delete schema.propertyNames;
  if (JSON.stringify(schema.additionalProperties) === "{}") schema.additionalProperties = true;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}
