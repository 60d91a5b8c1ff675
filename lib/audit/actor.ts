export const ACTOR_KINDS = [
  "operator",
  "api-token",
  "admin-token",
  "cron-secret",
  "command-line",
  "user",
  "visitor",
] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Who did something: a person or a program, by what it signed in with. */
export interface Actor {
  kind: ActorKind;
  /** The id of the operator, API token or user; null for secrets of the deployment, which have no owner. */
  id: string | null;
  /** The name of the operator or API token at that time; for others the kind. Never the name of a user. */
  name: string;
}

/** Who holds `ADMIN_TOKEN`. */
export const ADMIN_TOKEN_HOLDER: Actor = { kind: "admin-token", id: null, name: "ADMIN_TOKEN" };

/** Someone who is not signed in. */
export const VISITOR: Actor = { kind: "visitor", id: null, name: "visitor" };
