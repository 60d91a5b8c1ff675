import { createHmac } from "node:crypto";
import { networkOf } from "../../http/client-address.ts";

/**
 * Identifies a visitor without an id for one day: a hash of site, network address and user agent with the salt of the day.
 * The salt is deleted after the day, so the address cannot be found by trying all addresses. The address is not stored.
 */
export function visitorHash(salt: Buffer, customerId: string, address: string, userAgent: string): string {
  const parts = [customerId, networkOf(address), userAgent];
  return createHmac("sha256", salt).update(JSON.stringify(parts)).digest("base64url").slice(0, 22);
}
