import * as z from "zod";
import { database } from "../../db/client.ts";
import { jsonBody } from "../body.ts";
import { type Operation, Reply } from "../operation.ts";
import { parse, queryOf } from "../parse.ts";
import { handleAudited } from "./audited.ts";
import { segmentsOf } from "./segments.ts";

/** The schema of a query without parameters. */
const NO_QUERY = z.strictObject({});

/**
 * Serves one request: identifies the caller, parses path, query and headers, reads the body last, calls the handler and sends
 * what it returns. Errors are thrown (request-log.ts turns them into responses).
 */
export async function serveOperation(operation: Operation, request: Request, now: Date): Promise<Response> {
  const segments = segmentsOf(request, operation.path);
  const caller = await operation.access.authenticate({ request, now, segments });
  const params = operation.params && parse(operation.params, segments, "invalid-parameter");
  const query = operation.readsQuery
    ? undefined
    : parse(operation.query ?? NO_QUERY, queryOf(request), "invalid-parameter");
  const headers =
    operation.headers && parse(operation.headers, headersOf(request, operation.headers), "invalid-parameter");
  const db = operation.opensDatabase ? undefined : await database();
  const body = await bodyOf(operation, request);
  const call = { db, caller, params, query: operation.query && query, headers, body, request, now };
  return responseOf(operation, await handleAudited(operation, call as Parameters<Operation["handle"]>[0]));
}

/** The headers that a schema names. */
function headersOf(request: Request, schema: z.ZodType): Record<string, string | undefined> {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return Object.fromEntries(names.map((name) => [name, request.headers.get(name) ?? undefined]));
}

async function bodyOf({ body, readsBody, access }: Operation, request: Request): Promise<unknown> {
  if (body === undefined || readsBody) return undefined;
  return parse(body, await jsonBody(request, access.largestBody), "invalid-body");
}

/** A client that may ask whether an answer has changed must be allowed to keep it. */
function responseOf({ responses, revalidates }: Operation, result: unknown): Response {
  if (result instanceof Response) return result;
  const { status, body, headers } = result instanceof Reply ? result : new Reply(firstStatus(responses), result);
  const caching = revalidates && status === 200 ? { "Cache-Control": "private, no-cache" } : {};
  const response = Response.json(body, { status, headers: caching });
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === "string") response.headers.set(name, value);
    else for (const one of value) response.headers.append(name, one);
  }
  return response;
}

const firstStatus = (responses: Operation["responses"]): number => (200 in responses ? 200 : 201);
