import { AppError } from "../errors.ts";

/** Below the platform's own limit of 4.5 MB, so that the answer is ours. */
const MAX_BYTES = 4_000_000;

const JSON_TYPE = /^application\/json\s*(;|$)/i;
/** What a page can send elsewhere without asking first, and at its end. */
export const JSON_OR_TEXT = /^(application\/json|text\/plain)\s*(;|$)/i;

/**
 * The JSON body of a request; undefined where there is none.
 * @param types Of which types it may call itself.
 * @throws AppError 413 too large, 415 not JSON by its type, 400 not JSON by its text.
 */
export async function jsonBody(request: Request, types = JSON_TYPE): Promise<unknown> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) throw tooLarge();
  const bytes = await readBounded(request);
  if (bytes.length === 0) return undefined;
  const type = request.headers.get("content-type") ?? "none";
  if (!types.test(type)) {
    throw new AppError("unsupported-media-type", `content-type: expected application/json, got ${type}`);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("invalid-json", "body: expected JSON in UTF-8, got something else");
  }
}

/** A body that does not declare its length is stopped as soon as it passes the limit. */
async function readBounded(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of arriving(request)) {
    size += chunk.length;
    if (size > MAX_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body as it comes. @throws AppError `request-timeout` (408) where the connection ends before it: no fault of ours. */
async function* arriving(request: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* request.body ?? [];
  } catch (cause) {
    throw new AppError("request-timeout", "body: expected all of it, got a connection that ended before", { cause });
  }
}

function tooLarge(): AppError {
  return new AppError("payload-too-large", `body: expected at most ${MAX_BYTES} bytes, got more`);
}
