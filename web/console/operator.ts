/** What operators may do: each role includes those before it. */
export const ROLES = ["viewer", "staff", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const includesRole = (role: Role, required: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(required);
