import { AppError } from "../../errors.ts";
import { readBody } from "../../http/body.ts";
import { memberText } from "../../http/json-scan.ts";
import { refuseSpent } from "../../http/rate-limit/rate-limit.ts";
import { isAllowedBySomeSite, isOwn } from "./origins.ts";

/** Browsers let no more than this be under way when a page closes. */
const LARGEST_BEACON = 65_536;

/** What a page sends that cannot set headers: its bytes, in which the key stands. */
export interface Beacon {
  bytes: Buffer;
  key: string;
}

/**
 * Reads a request that carries no bearer token, and finds the key in it (`"key"` of the outermost object) without parsing
 * it. That is done for 64 KB at most, and for no page of a stranger's.
 * @returns undefined where it is larger, or has no key: then nobody may send it.
 * @throws AppError `forbidden` (403) for an origin that no site allows, `rate-limited` (429).
 */
export async function readBeacon(request: Request): Promise<Beacon | undefined> {
  refuseSpent("events", request);
  const origin = request.headers.get("origin");
  if (origin !== null && !isOwn(origin, request) && !(await isAllowedBySomeSite(origin))) {
    throw new AppError("forbidden", `origin: expected one that a site allows, got ${JSON.stringify(origin)}`);
  }
  const bytes = await readBody(request, LARGEST_BEACON).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "payload-too-large") return undefined;
    throw error;
  });
  const key = bytes && memberText(bytes, "key");
  return bytes === undefined || key === undefined ? undefined : { bytes, key };
}
