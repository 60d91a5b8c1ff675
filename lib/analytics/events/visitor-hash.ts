import { createHmac } from "node:crypto";
import { networkOf } from "../../http/client-address.ts";

/**
 * Who a visitor without an id is, for a day: of site, address, user agent and the day's salt, which is deleted after the
 * day, so that the address cannot be tried out. The address itself goes no further than here.
 */
export function visitorHash(salt: Buffer, customerId: string, address: string, userAgent: string): string {
  const parts = [customerId, networkOf(address), userAgent];
  return createHmac("sha256", salt).update(JSON.stringify(parts)).digest("base64url").slice(0, 22);
}
