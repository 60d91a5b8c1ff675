import type { Operation } from "../operation.ts";
import { type Endpoint, endpoint, type Served } from "../respond.ts";
import { serveOperation } from "./serve-operation.ts";

/**
 * The endpoint of all operations at one path. A method without an operation gets a 405 response with `Allow`.
 * @param options.head Whether the app answers HEAD as GET without the body.
 */
export function pathEndpoint(operations: readonly Operation[], options: { head: boolean } = { head: true }): Endpoint {
  const served = operations.map((operation) => [
    operation.method,
    (request: Request, now: Date) => serveOperation(operation, request, now),
  ]);
  const { cors } = operations[0]?.access ?? {};
  return endpoint<Served>({}, Object.fromEntries(served), { ...options, ...(cors && { cors }) });
}
