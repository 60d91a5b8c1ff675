import { AppError, fieldError } from "../errors.ts";
import { MAX_BODY_DEPTH } from "../text.ts";
import { isDeeperThan } from "./json-scan.ts";

/**
 * Reads the bodies of requests. The caller and the rate limit must have been checked before. Checks the declared and the actual
 * size, then the nesting, and parses JSON last.
 */

/** The limit for operators, users and sites' servers, in bytes. The platform's own limit is 4.5 MB. */
export const LARGEST_BODY = 4_000_000;
/** The limit for all other callers, and for the parameters of jobs, in bytes. */
export const SMALL_BODY = 16_384;

const JSON_TYPE = /^application\/json\s*(;|$)/i;
/** Also the type that a page can send to another origin without a preflight, even while it closes. */
export const JSON_OR_TEXT = /^(application\/json|text\/plain)\s*(;|$)/i;

/**
 * Reads the JSON body of a request; undefined if it is empty.
 * @param most The largest size in bytes.
 * @throws AppError as `readBody` and `parseBody`.
 */
export async function jsonBody(request: Request, most = LARGEST_BODY): Promise<unknown> {
  return parseBody(request, await readBody(request, most));
}

/**
 * Reads a body to its end. If it declares a larger size than allowed, nothing is read; otherwise reading stops at the limit.
 * @throws AppError `payload-too-large` (413), `unsupported-media-type` (415) for one that is compressed.
 */
export async function readBody(request: Request, most: number): Promise<Buffer> {
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    throw new AppError("unsupported-media-type", "content-encoding: expected none, got a compressed body");
  }
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge(most);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of arriving(request)) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Parses a body; undefined if it is empty.
 * @param types The accepted content types.
 * @throws AppError 415 not JSON by its type, 422 nested too deeply, 400 not JSON by its text.
 */
export function parseBody(request: Request, bytes: Buffer, types = JSON_TYPE): unknown {
  if (bytes.length === 0) return undefined;
  const type = request.headers.get("content-type") ?? "none";
  if (!types.test(type)) {
    throw new AppError("unsupported-media-type", `content-type: expected application/json, got ${type}`);
  }
  if (isDeeperThan(MAX_BODY_DEPTH, bytes)) {
    throw fieldError("invalid-body", { field: "body", expected: `at most ${MAX_BODY_DEPTH} levels`, got: "more" });
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("invalid-json", "body: expected JSON in UTF-8, got something else");
  }
}

/** The chunks of a body. @throws AppError `request-timeout` (408) if the connection ends before the body. */
async function* arriving(request: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* request.body ?? [];
  } catch (cause) {
    throw new AppError("request-timeout", "body: expected all of it, got a connection that ended before", { cause });
  }
}

function tooLarge(most: number): AppError {
  return new AppError("payload-too-large", `body: expected at most ${most} bytes, got more`);
}
