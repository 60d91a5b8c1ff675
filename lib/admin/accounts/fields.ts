import * as z from "zod";
import { email, line } from "../../http/fields.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { PASSWORD_LENGTH } from "../../operators/password.ts";
import { ROLES } from "../../operators/roles.ts";
import { isStorableText } from "../../text.ts";
import { LANGUAGES } from "../../users/languages.ts";

/** Fields that several operations of accounts share. */

const { min, max } = PASSWORD_LENGTH;

const EXPECTED_EMAIL = { error: "an e-mail address such as ada@example.com, without letters beyond ASCII" };

/** An address, compared in lower case. Better-auth signs no one in with an address that this check refuses. */
export const accountEmail = email
  .transform((address) => address.toLowerCase())
  .refine((address) => z.email().safeParse(address).success, EXPECTED_EMAIL);

/** A password as it was chosen before. */
export const password = z
  .string({ error: "a password" })
  .min(1, { error: "a password" })
  .max(max, { error: `a password of at most ${max} characters` })
  .meta({ format: "password", examples: ["correct horse battery"] });

/** A password to be chosen. */
export const newPassword = z
  .string({ error: `a password of ${min} to ${max} characters` })
  .min(min, { error: `a password of ${min} to ${max} characters` })
  .max(max, { error: `a password of ${min} to ${max} characters` })
  .refine(isStorableText, { error: "a password without NUL or lone surrogates" })
  .meta({ format: "password", examples: ["correct horse battery"], description: "Other than the e-mail address." });

/** A code of an authenticator app. */
export const code = z
  .string({ error: "a code of 6 digits" })
  .regex(/^\d{6}$/, { error: "a code of 6 digits" })
  .meta({ examples: ["123456"] });

/** The token of a link in a mail. */
export const linkToken = z
  .string({ error: "the token of a link" })
  .regex(/^[\w-]{20,200}$/, { error: "the token of a link" })
  .meta({ description: "What stands behind `#token=` in the link.", examples: ["0xvK5r9Qb2nT7cLw0xvK5r9Qb2nT7cLw"] });

export const operatorName = line(100).trim().min(1, { error: "a name" });
export const role = z.enum(ROLES, { error: `one of ${ROLES.join(", ")}` });
export const language = z.enum(LANGUAGES, { error: "de or en" });

/** What an operator sees of themselves. */
export const ownAccount = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role, language })
  .meta({ id: "OwnAccount", description: "The account of the operator who is signed in." });

export const backupCodes = z
  .object({
    backupCodes: z.array(z.string()).meta({
      description: "Each replaces a code of the app once. They are shown only now.",
      examples: [["a1B2c-d3E4f"]],
    }),
  })
  .meta({ id: "BackupCodes", description: "Codes for when the authenticator app is not at hand." });

/** An answer that only says that it is done. */
export const done = z.object({ done: z.literal(true) }).meta({ id: "Done", description: "The change is made." });
export const DONE = { done: true } as const;

export const nullableInstant = sentInstant.nullable();
