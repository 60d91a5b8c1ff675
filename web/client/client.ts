import type { CallOptions, ClientOptions } from "./call-options.ts";
import { OPERATIONS } from "./generated/operations.ts";
import type { Client } from "./generated/types.ts";
import { type Input, type Operation, parseOperation, requestOf } from "./request.ts";
import { send } from "./send.ts";

export { ApiError } from "./api-error.ts";

/**
 * Creates a client with one method for each operation of the API. A method resolves to the JSON of the response.
 * It rejects with an `ApiError`, or with the reason of its aborted signal.
 */
export function createClient(options: ClientOptions = {}): Client {
  const {
    baseUrl = "",
    fetch = (url: string, init: RequestInit) => globalThis.fetch(url, init),
    retries: usual = 2,
  } = options;
  const origin = baseUrl.replace(/\/+$/, "");
  const methods = Object.entries(OPERATIONS).map(([id, entry]) => {
    const operation = parseOperation(entry);
    const method = async (input: Input = {}, { token, signal, retries = usual }: CallOptions = {}) => {
      const request = requestOf(operation, input, token ?? (await usualToken(operation, options)));
      return send((init) => fetch(origin + request.url, init), request, { operation, signal, retries });
    };
    return [id, method];
  });
  return Object.fromEntries(methods);
}

/** Public operations are sent without the client's token: then a page of another origin needs no preflight request. */
async function usualToken({ isPublic }: Operation, { token }: ClientOptions): Promise<string | undefined> {
  if (isPublic) return undefined;
  return typeof token === "function" ? token() : token;
}
