import { MINUTE_MS } from "../time/durations.ts";

/** The lengths of passwords, in characters. The upper bound limits the work of hashing. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/** How long the link for a new password is valid. */
export const RESET_LINK_MS = 30 * MINUTE_MS;

/** Whether a password is nothing but the address that everyone can know. */
export function isAddressAsPassword(password: string, email: string): boolean {
  const [local] = email.split("@");
  return [email, local].some((known) => known !== undefined && password.toLowerCase() === known.toLowerCase());
}
