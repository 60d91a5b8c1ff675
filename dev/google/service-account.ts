import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";

/** A service account as its owner has it. */
export interface ServiceAccount {
  email: string;
  /** Its public key (SPKI, PEM): what the service knows of it. */
  publicKey: string;
  /**
   * Its key file as base64 JSON, which is what `GOOGLE_CREDS_BASE64` holds.
   * @param tokenUri Where it gets its tokens.
   */
  credentials(tokenUri: string): string;
}

/** Makes a service account with a key of its own (RSA, 2048 bits). */
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
