import type { Document, OperationObject } from "../../../lib/http/openapi/types.ts";

/** The API's document as tests go through it. */

export type Schema = Record<string, unknown>;

/** One operation, and where it is. */
export interface Described extends OperationObject {
  method: string;
  path: string;
}

/** All operations, with the components that they refer to in place of the references. */
export function operationsOf(document: Document): Described[] {
  const { paths } = resolved(document, document, []) as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

/** @param within The references that led here: a component that contains itself is open from there on. */
function resolved(value: unknown, document: Document, within: string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, document, within));
  if (typeof value !== "object" || value === null) return value;
  if (!("$ref" in value)) {
    const entries = Object.entries(value).filter(([name]) => name !== "components");
    return Object.fromEntries(entries.map(([name, inner]) => [name, resolved(inner, document, within)]));
  }
  const { $ref: reference, ...beside } = value as { $ref: string };
  if (within.includes(reference)) return beside;
  const [, kind = "", name = ""] = /^#\/components\/(\w+)\/(\w+)$/.exec(reference) ?? [];
  const component = (document.components as Record<string, Record<string, unknown>>)[kind]?.[name];
  if (component === undefined) throw new Error(`the document has no ${reference}`);
  return { ...(resolved(component, document, [...within, reference]) as object), ...beside };
}

/** What is to be sent: everything that is required, as its examples say, and nothing else. */
export interface Sample {
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
}

export function sampleOf({ path, parameters, requestBody }: Described): Sample {
  const texted = (one: (typeof parameters)[number]) => String(one.example ?? sample(one.schema));
  // Operators must say whose data they ask for; for users it may be left out.
  const wanted = parameters.filter(
    ({ name, required, example }) => required || example !== undefined || name === "userId",
  );
  const given = (where: string) =>
    Object.fromEntries(wanted.flatMap((one) => (one.in === where ? [[one.name, texted(one)]] : [])));
  const segments = given("path");
  const content = requestBody?.content["application/json"];
  return {
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => segments[name] ?? ""),
    query: given("query"),
    headers: given("header"),
    body: content && (content.example ?? sample(content.schema)),
  };
}

/** A value that a schema allows: its own example, or the least. @throws Error for a pattern without an example. */
export function sample(schema: Schema): unknown {
  const { examples, default: usual, const: only, enum: some, anyOf, oneOf, type } = schema;
  const [first] = [...((examples ?? some ?? []) as unknown[]), ...[only, usual].filter((one) => one !== undefined)];
  if (first !== undefined) return first;
  const [choice] = ((anyOf ?? oneOf) as Schema[] | undefined) ?? [];
  if (choice !== undefined) return sample(choice);
  if (type === "object") return sampleObject(schema);
  if (type === "array")
    return Array.from({ length: Number(schema.minItems ?? 0) }, () => sample(schema.items as Schema));
  if (type === "integer" || type === "number") return Math.max(Number(schema.minimum ?? 0), 0);
  if (type === "boolean") return false;
  if (schema.format === "email") return "ada@club.example";
  if (schema.pattern !== undefined) throw new Error(`expected an example beside the pattern ${schema.pattern}`);
  return "x".repeat(Number(schema.minLength ?? 1));
}

function sampleObject({ properties = {}, required = [] }: Schema): Schema {
  return Object.fromEntries(
    (required as string[]).map((name) => [name, sample((properties as Schema)[name] as Schema)]),
  );
}
