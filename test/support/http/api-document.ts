import type { Document, OperationObject } from "../../../scripts/openapi/types.ts";

/** The API's document as tests go through it. */

export type Schema = Record<string, unknown>;

/** One operation, and where it is. */
export interface Described extends OperationObject {
  method: string;
  path: string;
}

export function operationsOf(document: Document): Described[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
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
  const wanted = parameters.filter(({ required, example }) => required || example !== undefined);
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
