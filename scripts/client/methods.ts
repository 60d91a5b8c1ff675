import type { JsonSchema } from "../../lib/http/json-schema.ts";
import type { Content, Document, OperationObject, Parameter } from "../../lib/http/openapi/types.ts";

/** An operation of the document as a method of the client. */
export interface Method {
  id: string;
  /** The entry of the client's table: method, path, then headers, statuses that are answers, and `public`. */
  entry: string;
  /** The sentences above the method. */
  about: string[];
  /** The schema of its input by field, and its name; undefined if it has none. */
  input: { name: string; schema: JsonSchema; isRequired: boolean } | undefined;
  /** The type of its answer. */
  answer: string;
}

const JSON_TYPE = /^application\/([\w-]+\+)?json$/;
const IDEMPOTENCY_KEY = "Idempotency-Key";
/** The browser sends it by itself. */
const OWN_HEADERS = ["If-None-Match"];

/** Returns the methods of the client by name. An operation whose success is a page is none: it is for browsers. */
export function methodsOf(document: Document): Method[] {
  const methods = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { responses }]) => Object.entries(responses).some(([status, response]) => isAnswer(status, response)))
      .map(([method, operation]) => methodOf(method.toUpperCase(), path, operation)),
  );
  return methods.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function methodOf(method: string, path: string, operation: OperationObject): Method {
  const { operationId: id, parameters: all = [], responses, security } = operation;
  const parameters = all.filter(({ name }) => !OWN_HEADERS.includes(name));
  const answers = Object.entries(responses).filter(([status, response]) => isAnswer(status, response));
  const words = [
    method,
    path,
    ...parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name),
    ...answers.map(([status]) => status).filter((status) => !isSuccess(status)),
    ...(security.length === 0 ? ["public"] : []),
  ];
  const types = new Set(answers.flatMap(([status, response]) => answerTypes(`${id} ${status}`, response)));
  return {
    id,
    entry: words.join(" "),
    about: aboutOf(operation),
    input: inputOf(operation, parameters),
    answer: [...types].join(" | "),
  };
}

function aboutOf({ summary, description, security }: OperationObject): string[] {
  const secrets = security.flatMap((requirement) => Object.keys(requirement));
  return [
    summary,
    ...(description ? [description] : []),
    ...(secrets.length > 0 ? [`Token: ${secrets.join(" or ")}.`] : []),
  ];
}

type Response = OperationObject["responses"][string];

const isSuccess = (status: string): boolean => status.startsWith("2");

/** Whether a response is what a method resolves to: a success, or another status with a body of its own. */
function isAnswer(status: string, response: Response): boolean {
  if ("$ref" in response) return false;
  if (response.content === undefined) return isSuccess(status);
  const schemas = jsonSchemas(response.content);
  return schemas.length > 0 && (isSuccess(status) || schemas.flatMap(ownNames).length > 0);
}

const jsonSchemas = (content: Readonly<Record<string, Content>>): JsonSchema[] =>
  Object.entries(content).flatMap(([type, { schema }]) => (JSON_TYPE.test(type) ? [schema] : []));

/** The types of an answer's body. @throws Error for a body without a name, which clients could not name either. */
function answerTypes(what: string, response: Response): string[] {
  if ("$ref" in response || response.content === undefined) return ["undefined"];
  const names = jsonSchemas(response.content).flatMap(ownNames);
  if (names.length === 0) throw new Error(`${what}: expected a named schema, got none`);
  return names;
}

/** The names of a schema or its alternatives, without that of the error. */
function ownNames({ $ref, anyOf = [] }: JsonSchema): string[] {
  if (typeof $ref !== "string") return (anyOf as JsonSchema[]).flatMap(ownNames);
  const name = $ref.slice($ref.lastIndexOf("/") + 1);
  return name === "ErrorResponse" ? [] : [name];
}

/** The input of a method: all parameters by name, and the body. */
function inputOf({ operationId, requestBody }: OperationObject, parameters: Parameter[]): Method["input"] {
  const [body] = jsonSchemas(requestBody?.content ?? {});
  const fields = parameters.map((parameter): [string, JsonSchema, boolean] => [
    parameter.in === "header" ? fieldOfHeader(parameter.name) : parameter.name,
    { ...parameter.schema, ...(parameter.description && { description: parameter.description }) },
    // The client makes a key itself.
    parameter.required === true && parameter.name !== IDEMPOTENCY_KEY,
  ]);
  if (body !== undefined) fields.push(["body", body, requestBody?.required === true]);
  if (fields.length === 0) return undefined;
  const names = fields.map(([name]) => name);
  if (new Set(names).size < names.length) throw new Error(`${operationId}: expected names that differ, got ${names}`);
  const required = fields.filter(([, , isRequired]) => isRequired).map(([name]) => name);
  const properties = Object.fromEntries(fields.map(([name, schema]) => [name, schema]));
  return {
    name: `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Input`,
    schema: { type: "object", properties, required, additionalProperties: false },
    isRequired: required.length > 0,
  };
}

/** `Idempotency-Key` is `idempotencyKey`, as in web/client/request.ts. */
const fieldOfHeader = (name: string): string =>
  name.charAt(0).toLowerCase() + name.slice(1).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
