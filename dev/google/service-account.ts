import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";

/** A service account with its key. */
export interface ServiceAccount {
  email: string;
  /** The public key (SPKI, PEM), with which the stand-in checks signatures. */
  publicKey: string;
  /** The key file as base64 JSON, for `GOOGLE_CREDS_BASE64`. @param tokenUri The URL that issues its tokens. */
  credentials(tokenUri: string): string;
}

/** Creates a service account with a new key (RSA, 2048 bits). */
export async function newServiceAccount(email: string): Promise<ServiceAccount> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const keyFile = {
    type: "service_account",
    project_id: "taktwerk-local",
    private_key_id: randomBytes(20).toString("hex"),
    private_key: privateKey,
    client_email: email,
  };
  const credentials = (tokenUri: string) =>
    Buffer.from(JSON.stringify({ ...keyFile, token_uri: tokenUri })).toString("base64");
  return { email, publicKey, credentials };
}
