import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import { currentMs } from "../../../lib/time/clock.ts";

/** Users' tokens as the platform signs them, valid unless a test says otherwise. */

export const USER_SECRET = "the-secret-the-platform-signs-with-in-tests";

export interface Signing {
  alg?: string;
  key?: Parameters<SignJWT["sign"]>[0];
  kid?: string;
}

/** A token that holds for an hour; a claim that is undefined is left out. */
export function signed(
  claims: Record<string, unknown> = {},
  { alg = "HS256", key, kid }: Signing = {},
): Promise<string> {
  const now = Math.floor(currentMs() / 1000);
  const payload = { sub: "ada", iat: now, exp: now + 3600, ...claims } as JWTPayload;
  return new SignJWT(payload)
    .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
    .sign(key ?? new TextEncoder().encode(USER_SECRET));
}

export interface Issuer {
  url: string;
  /** How often the keys were fetched. */
  fetched: () => number;
  sign: (alg: "RS256" | "ES256", claims?: Record<string, unknown>) => Promise<string>;
  /** The public RSA key as it is published. */
  published: JWK;
  close: () => Promise<void>;
}

/** An issuer of tokens that publishes its keys on the loopback interface. */
export async function openIssuer(): Promise<Issuer> {
  const pairs = { RS256: await generateKeyPair("RS256"), ES256: await generateKeyPair("ES256") };
  const publish = async (alg: keyof typeof pairs): Promise<JWK> => ({
    ...(await exportJWK(pairs[alg].publicKey)),
    kid: `key-${alg}`,
    alg,
    use: "sig",
  });
  const published = await publish("RS256");
  const keys = JSON.stringify({ keys: [published, await publish("ES256")] });
  let fetches = 0;
  const server = createServer((_, response) => {
    fetches += 1;
    response.setHeader("content-type", "application/json").end(keys);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`,
    fetched: () => fetches,
    sign: (alg, claims) => signed(claims, { alg, key: pairs[alg].privateKey, kid: `key-${alg}` }),
    published,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
