import { AppError } from "../errors.ts";

/** Below the platform's own limit of 4.5 MB, so that the answer is ours. */
const MAX_BYTES = 4_000_000;

/**
 * The JSON body of a request; undefined where there is none.
 * @throws AppError 413 too large, 415 not JSON by its type, 400 not JSON by its text.
 */
export async function jsonBody(request: Request): Promise<unknown> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) throw tooLarge();
  const bytes = await readBounded(request);
  if (bytes.length === 0) return undefined;
  const type = request.headers.get("content-type") ?? "none";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
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
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): AppError {
  return new AppError("payload-too-large", `body: expected at most ${MAX_BYTES} bytes, got more`);
}
