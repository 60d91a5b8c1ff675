import { AppError } from "../../errors.ts";
import { readBody } from "../../http/body.ts";
import { memberText } from "../../http/json-scan.ts";
import { isOwnOrigin } from "../../http/origin.ts";
import { refuseIfExhausted } from "../../http/rate-limit/rate-limit.ts";
import { isAllowedBySomeSite } from "../sites/origins.ts";

/** Browsers limit what a closing page can send to this size. */
const MAX_BEACON_BYTES = 65_536;

/** A request of a page that cannot set headers: its body, which contains the key. */
export interface Beacon {
  bytes: Buffer;
  key: string;
}

/**
 * Reads the body of a request without a bearer token and finds the key in it (`"key"` of the outermost object) without
 * parsing it. It reads at most 64 KB, and only for origins that some site allows.
 * @returns undefined if the body is larger or has no key; the caller is then not authorized.
 * @throws AppError `forbidden` (403) for an origin that no site allows, `rate-limited` (429).
 */
export async function readBeacon(request: Request): Promise<Beacon | undefined> {
  refuseIfExhausted("events", request);
  const origin = request.headers.get("origin");
  if (origin !== null && !isOwnOrigin(origin, request) && !(await isAllowedBySomeSite(origin))) {
    throw new AppError("forbidden", `origin: expected one that a site allows, got ${JSON.stringify(origin)}`);
  }
  const bytes = await readBody(request, MAX_BEACON_BYTES).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "payload-too-large") return undefined;
    throw error;
  });
  const key = bytes && memberText(bytes, "key");
  return bytes === undefined || key === undefined ? undefined : { bytes, key };
}
