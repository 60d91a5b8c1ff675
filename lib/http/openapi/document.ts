import type * as z from "zod";
import { HTTP_STATUS } from "../../errors.ts";
import type { Description, ResponseDescription, Secret } from "./describe.ts";
import { type JsonSchema, jsonSchemaOf } from "./json-schema.ts";
import { PARAMETER_DESCRIPTIONS, SECRETS, SHARED_ERRORS, TAGS } from "./texts.ts";

/** A function under `api/`: its path and the methods that it serves. */
export interface DescribedFunction {
  /** `/api/bookings/[id]`. */
  path: string;
  methods: Readonly<Record<string, Description>>;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
}

export interface Content {
  schema: JsonSchema;
  example?: unknown;
}

export type Contents = Record<string, Content>;

export interface Answer {
  description: string;
  content?: Contents;
}

export interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, never[]>[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Contents };
  responses: Record<string, Answer | { $ref: string }>;
}

export interface Document {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    securitySchemes: Record<Secret, object>;
    schemas: Record<string, JsonSchema>;
    responses: Record<string, Answer>;
  };
}

const DESCRIPTION = `The API of this deployment. Every error is \`{status: "error", error: {code, message, requestId}}\`, with \
\`field\`, \`expected\` and \`got\` if a field is wrong. A method that a path does not support gets a 405 response with \
\`Allow\`. Query parameters and fields that are not listed are refused, unless a schema says otherwise.`;

/** Builds the OpenAPI 3.1 document from the descriptions of the functions. */
export function openApi(functions: readonly DescribedFunction[], version: string): Document {
  const paths = functions
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, methods }) => {
      const served = Object.entries(methods).map(([method, description]) => [
        method.toLowerCase(),
        operationOf(path, method, description),
      ]);
      return [path.replace(/\[(\w+)\]/g, "{$1}"), Object.fromEntries(served)] as const;
    });
  return {
    openapi: "3.1.0",
    info: { title: "Taktwerk", version, description: DESCRIPTION },
    servers: [{ url: "/" }],
    tags: TAGS.map(({ name, description }) => ({ name, description })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: SECRETS,
      schemas: { Error: errorSchema() },
      responses: Object.fromEntries(
        Object.entries(SHARED_ERRORS).map(([status, description]) => [
          nameOf(status),
          { description: `${description}${codesOf(Number(status))}`, content: ERROR },
        ]),
      ),
    },
  };
}

const ERROR: Contents = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };

const nameOf = (status: string | number): string => `Error${status}`;

/** The codes that an error of a status may have. */
function codesOf(status: number): string {
  const codes = Object.entries(HTTP_STATUS).flatMap(([code, of]) => (of === status ? [`\`${code}\``] : []));
  return codes.length === 0 ? "" : ` Codes: ${codes.join(", ")}.`;
}

function errorSchema(): JsonSchema {
  const text = { type: "string" };
  const error = {
    type: "object",
    properties: {
      code: { ...text, enum: Object.keys(HTTP_STATUS), description: "For machines." },
      message: { ...text, description: "A sentence for people." },
      requestId: { ...text, description: "The id of the request in the log." },
      field: { ...text, description: "The wrong field, such as `workouts[3].startTime`." },
      expected: text,
      got: text,
    },
    required: ["code", "message", "requestId"],
  };
  return { type: "object", properties: { status: { const: "error" }, error }, required: ["status", "error"] };
}

function operationOf(path: string, method: string, described: Description): Operation {
  const { summary, security, body, bodyTypes = ["application/json"], example } = described;
  const schema = body && jsonSchemaOf(body);
  const content = schema && Object.fromEntries(bodyTypes.map((type) => [type, contentOf(schema, example)]));
  return {
    operationId: operationId(path, method),
    summary,
    tags: [tagOf(path)],
    security: security.map((secret) => ({ [secret]: [] })),
    parameters: [
      ...parametersOf("path", described.path),
      ...parametersOf("query", described.query, described.sampleQuery),
      ...parametersOf("header", described.headers),
    ],
    ...(content && { requestBody: { required: !isOptional(body), content } }),
    responses: responsesOf(method, described),
  };
}

const contentOf = (schema: JsonSchema, example: unknown): Content =>
  example === undefined ? { schema } : { schema, example };

const isOptional = (body: z.ZodType | undefined): boolean => body?.safeParse(undefined).success ?? true;

/** `getApiBookingsId`. */
function operationId(path: string, method: string): string {
  const words = path.split(/\W+/).filter((word) => word !== "");
  return method.toLowerCase() + words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join("");
}

function tagOf(path: string): string {
  const area = TAGS.find(({ paths }) => paths.test(path));
  if (area === undefined) throw new Error(`no area of the API has the path ${path}: texts.ts`);
  return area.name;
}

function parametersOf(where: Parameter["in"], taken: z.ZodType | undefined, samples: Record<string, string> = {}) {
  if (taken === undefined) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(taken) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, whole]): Parameter => {
    const { description = PARAMETER_DESCRIPTIONS[name], ...schema } = singleValue(whole);
    return {
      name,
      in: where,
      required: where === "path" || required.includes(name),
      ...(typeof description === "string" && { description }),
      schema,
      ...(samples[name] !== undefined && { example: samples[name] }),
    };
  });
}

/** A parameter is given once: of one value or a list of them, the one value. */
function singleValue({ anyOf, ...schema }: JsonSchema): JsonSchema {
  if (!Array.isArray(anyOf)) return schema;
  const single = (anyOf as JsonSchema[]).filter(({ type }) => type !== "array");
  return single.length === 1 ? { ...single[0], ...schema } : { anyOf: single, ...schema };
}

function responsesOf(method: string, described: Description): Operation["responses"] {
  const { responses = {} } = described;
  const made = 201 in responses;
  const own = made ? responses : { 200: method === "GET" ? "The requested data." : "Done.", ...responses };
  const shared = sharedErrorsOf(method, described);
  const statuses = [...new Set([...Object.keys(own).map(Number), ...shared])].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [String(status), responseOf(status, own[status], shared.includes(status))]),
  );
}

/** The error statuses that follow from a method's input and security. */
function sharedErrorsOf(method: string, { security, path, query, body }: Description): number[] {
  const secret = new Set(security);
  const takesToken = secret.has("adminToken") && !secret.has("userToken");
  const knowsOrigins = secret.has("siteWriteKey") || secret.has("siteReadKey") || secret.has("cancelToken");
  const fromPages = security.length === 0 && method !== "GET";
  return [
    ...(path || query || body ? [400] : []),
    ...(security.length > 0 ? [401] : []),
    ...(takesToken || secret.has("userToken") || knowsOrigins || fromPages ? [403] : []),
    // A job's parameters are parameters, wherever they come from.
    ...(body ? [413, 415, ...(secret.has("cronSecret") ? [] : [422])] : []),
    429, // public ones by their own limits, all others after too many wrong secrets
    500,
    503,
  ];
}

/** Of a status that is an operation's own and shared too, both can come. */
function responseOf(
  status: number,
  own: string | ResponseDescription | undefined,
  isShared: boolean,
): Answer | { $ref: string } {
  if (own === undefined) return { $ref: `#/components/responses/${nameOf(status)}` };
  if (typeof own === "string") return { description: own, ...(status >= 400 && { content: ERROR }) };
  const { about, type = "application/json", schema, example } = own;
  const content: Contents = { [type]: contentOf(schema === undefined ? {} : jsonSchemaOf(schema), example) };
  if (!isShared) return { description: about, content };
  const both = { schema: { anyOf: [content[type]?.schema, ERROR["application/json"]?.schema] } };
  return { description: about, content: type === "application/json" ? { [type]: both } : { ...content, ...ERROR } };
}
