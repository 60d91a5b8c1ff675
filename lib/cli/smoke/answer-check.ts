import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parametersIn } from "../../http/app/segments.ts";
import type { Document, OperationObject, ResponseObject } from "../../http/openapi/types.ts";

/** What was asked. */
export interface Sent {
  method: string;
  /** The path in the URL, without the query. */
  path: string;
}

/** What came back. */
export interface Received {
  status: number;
  headers: Headers;
  text: string;
}

/** Says in which points an answer is not as the document says; an empty list if it is. */
export type AnswerCheck = (sent: Sent, received: Received) => string[];

/** What everything can be answered with, also where there is no operation. */
const WITHOUT_OPERATION = [404, 405, 429, 500, 503];

/**
 * Checks answers against the OpenAPI document: the operation and the status must be declared, content type and headers must be
 * as declared, and the body must fit the schema. Objects of the document are closed, so a field that leaks is a problem too.
 */
export function checkAnswersBy(document: Document): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, "document");
  const paths = Object.keys(document.paths).sort((a, b) => parametersIn(a) - parametersIn(b));
  const patterns = paths.map((path) => [path, patternOf(path)] as const);

  return ({ method, path }, received) => {
    const template = patterns.find(([, pattern]) => pattern.test(path))?.[0];
    const methods = template === undefined ? {} : (document.paths[template] ?? {});
    const isHead = method === "HEAD";
    const verb = isHead ? "get" : method.toLowerCase();
    const operation = methods[verb];
    const general = generalProblems(received);
    if (operation === undefined || (isHead && received.status === 405)) {
      // The server drops the body of an answer to HEAD that no operation gave.
      const error = isHead ? [] : bodyProblems("#/components/schemas/ErrorResponse", received.text, false);
      return [...general, ...problemsWithoutOperation(template, method, received, error)].map(
        (problem) => `${method} ${path}, ${received.status}: ${problem}`,
      );
    }
    const pointer = `#/paths/${escaped(template ?? "")}/${verb}/responses/${received.status}`;
    return [...general, ...problemsOf(operation, pointer, received, isHead)].map(
      (problem) => `${operation.operationId}, ${received.status}: ${problem}`,
    );
  };

  function problemsOf({ responses }: OperationObject, pointer: string, received: Received, isHead: boolean): string[] {
    if (received.status === 304 && hasVersion(responses)) return received.text === "" ? [] : ["a 304 has a body"];
    const declared = responses[received.status];
    if (declared === undefined) return ["the document does not declare this status"];
    const [response, place] = "$ref" in declared ? referred(declared.$ref) : [declared, pointer];
    const { content = {} } = response;
    const [type = ""] = (received.headers.get("content-type") ?? "").split(";");
    const types = Object.keys(content);
    if (types.length === 0) return received.text === "" ? [] : ["the document declares no content"];
    if (!types.includes(type)) return [`expected the content type ${types.join(" or ")}, got "${type}"`];
    if (!/json$/.test(type)) return [];
    return bodyProblems(`${place}/content/${escaped(type)}/schema`, received.text, isHead);
  }

  /** A response that many operations share, and where it is. */
  function referred(reference: string): [ResponseObject, string] {
    const response = document.components.responses[reference.split("/").at(-1) ?? ""];
    if (response === undefined) throw new Error(`the document has no ${reference}`);
    return [response, reference];
  }

  /** The problems of a body with the schema at a place in the document. */
  function bodyProblems(pointer: string, text: string, isHead: boolean): string[] {
    if (isHead) return text === "" ? [] : ["an answer to HEAD has a body"];
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return [`the body is not JSON: ${text.slice(0, 100)}`];
    }
    const validate = ajv.getSchema(`document${pointer}`);
    if (validate === undefined) throw new Error(`the document has no schema at ${pointer}`);
    return validate(body) === true ? [] : (validate.errors ?? []).map(wordsOf);
  }
}

/** Whether an operation's answer has an `ETag`, so that it may also be 304. */
const hasVersion = ({ 200: success }: OperationObject["responses"]): boolean =>
  success !== undefined && "headers" in success && success.headers?.ETag !== undefined;

/** A slash at the end is tolerated. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}/?$`);

/** A key as part of a JSON pointer in a URI. */
const escaped = (key: string): string => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

function generalProblems({ status, headers, text }: Received): string[] {
  const id = headers.get("x-request-id");
  const retryAfter = headers.get("retry-after");
  const isAway = status === 503 && text.includes('"code":"unavailable"');
  return [
    ...(id === null ? ["X-Request-Id is missing"] : []),
    ...(status === 429 || isAway ? (retryAfter === null ? ["Retry-After is missing"] : []) : []),
    ...(retryAfter === null || /^[1-9]\d*$/.test(retryAfter) ? [] : [`Retry-After is ${retryAfter}`]),
  ];
}

/** Preflights, methods that a path does not serve, and paths that nothing serves. */
function problemsWithoutOperation(
  template: string | undefined,
  method: string,
  { status, headers, text }: Received,
  errorProblems: string[],
): string[] {
  if (method === "OPTIONS" && status === 204 && template !== undefined) {
    return text === "" ? [] : ["an answer to a preflight has a body"];
  }
  if (!WITHOUT_OPERATION.includes(status)) return ["the document has no such operation"];
  if (status === 405 && !headers.has("allow")) return ["Allow is missing"];
  return errorProblems;
}

const wordsOf = ({ instancePath, message, params }: ErrorObject): string => {
  const extra = "additionalProperty" in params ? ` (${params.additionalProperty})` : "";
  const allowed = "allowedValues" in params ? ` (${JSON.stringify(params.allowedValues)})` : "";
  return `${instancePath || "the body"} ${message}${extra}${allowed}`;
};
