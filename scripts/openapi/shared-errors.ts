import type { Credential } from "../../lib/http/access.ts";
import type { Operation } from "../../lib/http/operation.ts";

/** The error statuses that follow from an operation's input and access. */
export function sharedErrorsOf({ method, access, body }: Operation): number[] {
  const has = (credential: Credential) => access.credentials.includes(credential);
  const isPublic = access.credentials.length === 0;
  const knowsOrigins =
    has("siteWriteKey") || has("siteReadKey") || has("cancelToken") || (isPublic && method !== "GET");
  return [
    400, // at least for a parameter that the operation does not have
    ...(isPublic ? [] : [401]),
    ...(has("adminToken") || has("operatorSession") || has("userToken") || knowsOrigins ? [403] : []),
    // A job's parameters are parameters, wherever they come from.
    ...(body ? [413, 415, ...(has("cronSecret") ? [] : [422])] : []),
    429, // public ones by their own limits, all others after too many wrong secrets
    500,
    503,
  ];
}
