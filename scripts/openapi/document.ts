import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject } from "zod-openapi";
import type { Tagged } from "../../lib/app/all-operations.ts";
import { HTTP_STATUS } from "../../lib/errors.ts";
import { documentedAs } from "../../lib/http/batch.ts";
import { improve, type JsonSchema } from "../../lib/http/json-schema.ts";
import type { Document, Parameter } from "../../lib/http/openapi/types.ts";
import type { Answer, Operation } from "../../lib/http/operation.ts";
import { errorResponse } from "./error-schema.ts";
import { addExamples } from "./examples.ts";
import { sharedErrorsOf } from "./shared-errors.ts";
import { PARAMETER_DESCRIPTIONS, SECRETS, SHARED_ERRORS, TAGS } from "./texts.ts";

const DESCRIPTION = `The API of this deployment. Every error is \`{status: "error", error: {code, message, requestId}}\`, with \
\`field\`, \`expected\` and \`got\` if a field is wrong. A method that a path does not support gets a 405 response with \
\`Allow\`. Query parameters and fields that are not listed are refused, unless a schema says otherwise. Lists are \
\`{items, nextCursor}\`. docs/api.md describes the conventions.`;

/** Builds the OpenAPI 3.1 document from the declarations of the operations. */
export function openApi(tagged: readonly Tagged[], version: string): Document {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { tag, operation } of tagged.toSorted((a, b) => (a.operation.path < b.operation.path ? -1 : 1))) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: operationObject(operation, tag),
    };
  }
  const document = createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Taktwerk",
        version,
        description: DESCRIPTION,
        license: { name: "Proprietary", identifier: "UNLICENSED" },
      },
      servers: [{ url: "/" }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths,
      components: {
        schemas: { ErrorResponse: errorResponse },
        securitySchemes: SECRETS,
        responses: Object.fromEntries(
          Object.entries(SHARED_ERRORS).map(([status, description]) => [
            sharedName(status),
            {
              description: `${description}${codesOf(Number(status))}`,
              ...RETRY_HEADERS[Number(status)],
              content: ERROR,
            },
          ]),
        ),
      },
    },
    { override: ({ zodSchema, jsonSchema, io }) => improve(zodSchema as unknown as z.ZodType, jsonSchema, io) },
  ) as unknown as Document;
  for (const { operation } of tagged) completeParameters(document, operation);
  addExamples(document);
  return document;
}

const ERROR = { "application/json": { schema: errorResponse } };

const RETRY_AFTER = {
  headers: { "Retry-After": { description: "Seconds until the next try.", schema: { type: "integer" as const } } },
};
const RETRY_HEADERS: Readonly<Record<number, typeof RETRY_AFTER>> = { 429: RETRY_AFTER, 503: RETRY_AFTER };

const sharedName = (status: string | number): string => `Error${status}`;

/** The codes that an error of a status may have. */
function codesOf(status: number): string {
  const codes = Object.entries(HTTP_STATUS).flatMap(([code, of]) => (of === status ? [`\`${code}\``] : []));
  return codes.length === 0 ? "" : ` Codes: ${codes.join(", ")}.`;
}

function operationObject(operation: Operation, tag: string): ZodOpenApiOperationObject {
  const { id, summary, description, access, params, query, headers } = operation;
  return {
    operationId: id,
    summary,
    ...(description && { description }),
    tags: [tag],
    security: access.credentials.map((credential) => ({ [credential]: [] })),
    ...(access.role && { "x-role": access.role }),
    requestParams: {
      ...(params && { path: params as z.ZodObject }),
      ...(query && { query: query as z.ZodObject }),
      ...(headers && { header: headers as z.ZodObject }),
    },
    ...bodyObject(operation),
    responses: responseObjects(operation),
  };
}

function bodyObject({ id, body, bodyTypes = ["application/json"], example }: Operation) {
  if (body === undefined) return {};
  const schema = documentedAs(body);
  const named = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  // Clients need not know that an object without fields is accepted, and generators would make a type without values of it.
  if (named instanceof z.ZodObject && Object.keys(named.shape).length === 0) return {};
  requireName(named, `the body of ${id}`);
  const content = { schema, ...(example !== undefined && { example }) };
  const required = !schema.safeParse(undefined).success;
  return { requestBody: { required, content: Object.fromEntries(bodyTypes.map((type) => [type, content])) } };
}

/** Of a status that is an operation's own and shared too, both can come. */
function responseObjects(operation: Operation): ZodOpenApiOperationObject["responses"] {
  const shared = sharedErrorsOf(operation);
  const own = operation.responses;
  const statuses = [...new Set([...Object.keys(own).map(Number), ...shared])].sort((a, b) => a - b);
  const objects = statuses.map((status) => {
    const declared = own[status];
    if (declared === undefined) return [status, { $ref: `#/components/responses/${sharedName(status)}` }];
    if (typeof declared === "string")
      return [status, { description: declared, ...RETRY_HEADERS[status], content: ERROR }];
    return [status, answerObject(operation, status, declared, shared.includes(status))];
  });
  return Object.fromEntries(objects);
}

/**
 * The answer 304 is described here and not as an answer of its own: only a client that sends `If-None-Match` itself gets it, and
 * generated clients would have to expect an answer without content.
 */
const ETAG = {
  ETag: "The version of the answer. A request that names it in `If-None-Match` gets 304 without content while nothing has changed; browsers do this by themselves.",
};

function answerObject({ id, revalidates }: Operation, status: number, answer: Answer, isShared: boolean) {
  const { description, schema, type = "application/json", example } = answer;
  const headers = { ...answer.headers, ...(revalidates && ETAG) };
  if (type === "application/json") requireName(schema, `answer ${status} of ${id}`);
  const whole = isShared && type === "application/json" ? schema.or(errorResponse) : schema;
  return {
    description,
    ...(Object.keys(headers).length > 0 && { headers: headerObjects(headers) }),
    content: {
      ...(isShared && ERROR),
      [type]: { schema: whole, ...(example !== undefined && { example }) },
    },
  };
}

const headerObjects = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: "string" as const } }]),
  );

/** Generated clients need a name for every body and answer. */
function requireName(schema: z.ZodType, what: string): void {
  if (schema.meta()?.id === undefined)
    throw new Error(`${what}: expected a schema with a name (.meta({ id })), got none`);
}

/** Adds the descriptions and examples of parameters. A parameter is given once: of one value or a list of them, the one value. */
function completeParameters(document: Document, { path, method, sampleQuery = {} }: Operation): void {
  const object = document.paths[path]?.[method.toLowerCase()];
  if (object === undefined) return;
  object.parameters ??= [];
  for (const parameter of object.parameters) {
    const { description: own, ...schema } = singleValue(parameter.schema);
    const description = parameter.description ?? own ?? PARAMETER_DESCRIPTIONS[parameter.name];
    const example = sampleQuery[parameter.name];
    const completed: Parameter = {
      ...parameter,
      ...(typeof description === "string" && { description }),
      schema,
      ...(example !== undefined && { example }),
    };
    Object.assign(parameter, completed);
  }
}

function singleValue({ anyOf, ...schema }: JsonSchema): JsonSchema {
  if (!Array.isArray(anyOf)) return schema;
  const single = (anyOf as JsonSchema[]).filter(({ type }) => type !== "array");
  return single.length === 1 ? { ...single[0], ...schema } : { anyOf: single, ...schema };
}
