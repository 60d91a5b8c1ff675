import { boolean, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "../db/columns.ts";
import { ROLES } from "./roles.ts";

/**
 * Accounts of operators. The library better-auth reads and writes the first five tables and names their properties; its names
 * for them are user, session, account, verification and twoFactor.
 */
export const operators = pgTable("operators", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** In lower case. */
  email: text("email").notNull().unique("operators_email"),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  role: text("role", { enum: ROLES }).notNull(),
  /** `de` or `en`: the language of the console and of mails to the operator. */
  language: text("language", { enum: ["de", "en"] })
    .notNull()
    .default("de"),
  twoFactorEnabled: boolean("two_factor_enabled").notNull().default(false),
  /** Since when the account cannot sign in. */
  disabledAt: instant("disabled_at"),
  createdAt: instant("created_at").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

const operatorId = () =>
  text("operator_id")
    .notNull()
    .references(() => operators.id, { onDelete: "cascade" });

/** Signed-in browsers. The cookie holds the token and its signature, so the token alone signs no one in. */
export const operatorSessions = pgTable(
  "operator_sessions",
  {
    id: text("id").primaryKey(),
    userId: operatorId(),
    token: text("token").notNull().unique("operator_sessions_token"),
    expiresAt: instant("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [index("operator_sessions_operator").on(table.userId)],
);

/** The password of an operator, as a hash. The columns of other ways to sign in stay empty. */
export const operatorCredentials = pgTable(
  "operator_credentials",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: operatorId(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    refreshTokenExpiresAt: instant("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [index("operator_credentials_operator").on(table.userId)],
);

/** Short-lived values: reset links, sign-ins that wait for their second factor, trusted browsers. */
export const operatorVerifications = pgTable(
  "operator_verifications",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    index("operator_verifications_identifier").on(table.identifier),
    index("operator_verifications_expiry").on(table.expiresAt),
  ],
);

/** The second factor of an operator; secret and backup codes are encrypted. */
export const operatorSecondFactors = pgTable(
  "operator_second_factors",
  {
    id: text("id").primaryKey(),
    userId: operatorId(),
    secret: text("secret").notNull(),
    backupCodes: text("backup_codes").notNull(),
    verified: boolean("verified").notNull().default(true),
    failedVerificationCount: integer("failed_verification_count").notNull().default(0),
    lockedUntil: instant("locked_until"),
  },
  (table) => [index("operator_second_factors_operator").on(table.userId)],
);

/** Invitations of operators. The link holds the token; here is its hash. */
export const operatorInvitations = pgTable(
  "operator_invitations",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    email: text("email").notNull(),
    role: text("role", { enum: ROLES }).notNull(),
    language: text("language", { enum: ["de", "en"] })
      .notNull()
      .default("de"),
    tokenHash: text("token_hash").notNull().unique("operator_invitations_token"),
    /** Who invited; empty for the first account, which `ADMIN_TOKEN` creates. */
    invitedBy: text("invited_by").references(() => operators.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [index("operator_invitations_email").on(table.email)],
);

/** Tokens of programs that call the API. */
export const apiTokens = pgTable("api_tokens", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  /** The scope: what a program with the token may do. */
  role: text("role", { enum: ROLES }).notNull(),
  tokenHash: text("token_hash").notNull().unique("api_tokens_token"),
  /** The last four characters, by which a person recognises the token. */
  hint: text("hint").notNull(),
  createdBy: text("created_by").references(() => operators.id, { onDelete: "set null" }),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at"),
  /** To the minute. */
  lastUsedAt: instant("last_used_at"),
  revokedAt: instant("revoked_at"),
});
