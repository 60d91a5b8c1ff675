import { describe, expect, it } from "vitest";
import { checkAnswersBy } from "../../../lib/cli/smoke/answer-check.ts";
import type { Document } from "../../../lib/http/openapi/types.ts";

/** The check that all tests' answers pass through notices what it is there for. */

const error = {
  type: "object",
  properties: { status: { const: "error" }, error: { type: "object", required: ["code"] } },
  required: ["status", "error"],
  additionalProperties: false,
};
const thing = {
  type: "object",
  properties: { id: { type: "integer" }, at: { type: "string", format: "date-time" } },
  required: ["id"],
  additionalProperties: false,
};
const json = (name: string) => ({ "application/json": { schema: { $ref: `#/components/schemas/${name}` } } });
const responses = {
  200: { description: "The thing.", content: json("Thing") },
  204: { description: "Nothing." },
  429: { $ref: "#/components/responses/Error429" },
};
const document = {
  openapi: "3.1.0",
  paths: { "/api/things/{id}": { get: { operationId: "getThing", responses } } },
  components: {
    schemas: { ErrorResponse: error, Thing: thing },
    responses: { Error429: { description: "Too many.", content: json("ErrorResponse") } },
  },
} as unknown as Document;

const check = checkAnswersBy(document);
const JSON_TYPE = { "content-type": "application/json", "x-request-id": "r" };

function ask(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  method = "GET",
  path = "/api/things/7",
) {
  const text = body === undefined ? "" : JSON.stringify(body);
  return check({ method, path }, { status, headers: new Headers({ ...JSON_TYPE, ...headers }), text });
}

const REFUSED = { status: "error", error: { code: "x" } };

describe("an answer", () => {
  it.each<[string, unknown[]]>([
    ["as declared", [200, { id: 7, at: "2026-02-02T18:30:00.000Z" }]],
    ["with a slash at the path's end", [200, { id: 7 }, {}, "GET", "/api/things/7/"]],
    ["without content", [204, undefined]],
    ["to HEAD", [200, undefined, {}, "HEAD"]],
    ["that many operations share", [429, REFUSED, { "retry-after": "7" }]],
    ["to a preflight", [204, undefined, {}, "OPTIONS"]],
    ["to a method that is not served", [405, REFUSED, { allow: "GET" }, "PUT"]],
    ["at a path of nothing", [404, REFUSED, {}, "GET", "/api/nothing"]],
  ])("%s is right", (_, args) => {
    expect(ask(...(args as Parameters<typeof ask>))).toEqual([]);
  });

  it.each<[string, unknown[], string]>([
    ["a field that leaks", [200, { id: 7, tokenHash: "x" }], "additional properties (tokenHash)"],
    ["a field of another type", [200, { id: "7" }], "/id must be integer"],
    ["a missing field", [200, {}], "the body must have required property 'id'"],
    ["a text that is no instant", [200, { id: 7, at: "yesterday" }], '/at must match format "date-time"'],
    ["a status that is not declared", [418, REFUSED], "getThing, 418: the document does not declare this status"],
    ["another content type", [200, { id: 7 }, { "content-type": "text/html" }], 'got "text/html"'],
    ["content where none is declared", [204, { id: 7 }], "the document declares no content"],
    ["a body for HEAD", [200, { id: 7 }, {}, "HEAD"], "has a body"],
    ["429 without Retry-After", [429, REFUSED], "Retry-After is missing"],
    ["Retry-After that is no number of seconds", [429, REFUSED, { "retry-after": "soon" }], "Retry-After is soon"],
    ["405 without Allow", [405, REFUSED, {}, "PUT"], "Allow is missing"],
    ["success of a method that is not declared", [200, { id: 7 }, {}, "PUT"], "no such operation"],
    ["success at a path that is not declared", [200, { id: 7 }, {}, "GET", "/api/nothing"], "no such operation"],
    ["an error of another shape", [404, { error: "x" }, {}, "GET", "/api/nothing"], "must have required property"],
  ])("with %s is a problem", (_, args, problem) => {
    expect(ask(...(args as Parameters<typeof ask>)).join("\n")).toContain(problem);
  });
});
