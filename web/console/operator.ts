/** Whom the session belongs to. */

export const ROLES = ["viewer", "staff", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface Operator {
  id: string;
  name: string;
  email: string;
  role: Role;
}

/** Whether a role may do what requires another one: each role includes those before it. */
export const includesRole = (role: Role, required: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(required);
