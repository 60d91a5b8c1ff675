/**
 * What an operator or an API token may do (docs/domain.md, section 9), each role more than the one before: `viewer` reads, `staff`
 * also changes bookings, attendance, members, mails and runs, `admin` also the catalog, sites, keys, accounts and tokens.
 */
export const ROLES = ["viewer", "staff", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Whether a role may do what requires another one. */
export const includesRole = (role: Role, required: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(required);
