import { createPrivateKey, createSign } from "node:crypto";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { isAddress } from "../../email-address.ts";
import { AppError } from "../../errors.ts";

/** The service account that reads the calendars. */
export interface ServiceAccount {
  email: string;
  /** RSA key in PEM. */
  privateKey: string;
  /** The URL that exchanges a signed assertion for an access token. */
  tokenUri: string;
}

const REMEDY =
  "create a key (JSON) of a service account in the Google Cloud console and set this to its file in base64: base64 -w0 key.json";

const keyFile = z.object({
  type: z.literal("service_account"),
  client_email: z.string().refine(isAddress),
  private_key: z.string().min(1),
  token_uri: z.url({ protocol: /^https?$/ }).default("https://oauth2.googleapis.com/token"),
});

/**
 * Reads the service account from `GOOGLE_CREDS_BASE64`. Only the attendance calls this, so a mistake in the setting stops
 * nothing else.
 * @throws AppError `credentials`: what is wrong and what to do, without any content of the key file.
 */
export function loadServiceAccount(): ServiceAccount {
  const { credentials } = config().tracking;
  if (credentials === undefined) throw credentialsError(`expected a service account's key, got nothing; ${REMEDY}`);
  const compact = credentials.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) {
    throw credentialsError(`expected base64, got something else; ${REMEDY}`);
  }
  const file = keyFile.safeParse(parseJson(Buffer.from(compact, "base64")));
  if (!file.success) {
    const field = String(file.error.issues[0]?.path[0] ?? "file");
    throw credentialsError(
      `expected a service account's key file, got one whose ${field} is missing or wrong; ${REMEDY}`,
    );
  }
  const { client_email: email, private_key: privateKey, token_uri: tokenUri } = file.data;
  if (!canSign(privateKey)) {
    throw credentialsError(`expected an RSA private key in PEM, got one that does not sign; ${REMEDY}`);
  }
  return { email, privateKey, tokenUri };
}

/** @throws AppError `credentials`. */
function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw credentialsError(`expected JSON in base64, got something else in it; ${REMEDY}`);
  }
}

function canSign(privateKey: string): boolean {
  try {
    const key = createPrivateKey(privateKey);
    return key.asymmetricKeyType === "rsa" && createSign("RSA-SHA256").update("").sign(key).length > 0;
  } catch {
    return false;
  }
}

const credentialsError = (sentence: string): AppError =>
  new AppError("credentials", `GOOGLE_CREDS_BASE64: ${sentence}`);
