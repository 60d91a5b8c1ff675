import { createPublicKey } from "node:crypto";
import { generateKeyPair } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure, type Environment } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { GET } from "../../support/http/api.ts";
import { ADMIN_TOKEN, call, type Refusal } from "../../support/http/requests.ts";
import { type Issuer, openIssuer, signed, USER_SECRET } from "../../support/http/tokens.ts";
import { addUsers } from "../../worlds/club.ts";

/** Which bearer tokens are believed (docs/domain.md, section 9; RFC 7519). The endpoint answers with the user it took one for. */

const HOUR = 3600;
const now = () => Math.floor(Date.now() / 1000);

const read = <Body = Refusal>(token: string | null) => call<Body>(GET, "/api/sport/badges", { token });
const subjectOf = async (token: string) => (await read<{ userId: string }>(token)).body.userId;
const statusOf = async (token: string | null) => (await read(token)).status;

/** The token with its header replaced and its signature cut off. */
function unsigned(token: string, alg: string): string {
  const header = Buffer.from(JSON.stringify({ alg, typ: "JWT" })).toString("base64url");
  return `${header}.${token.split(".")[1]}.`;
}

beforeAll(async () => {
  const connection = await freshPostgres();
  useConnection(connection);
  await addUsers(connection.db, "ada", "bob");
});
afterAll(closeDatabase);

describe("a token signed with the shared secret", () => {
  const SETUP: Environment = { ADMIN_TOKEN, AUTH_JWT_SECRET: USER_SECRET };
  beforeEach(() => void configure(SETUP));

  it("stands for the user it names", async () => {
    expect(await subjectOf(await signed({ sub: "ada" }))).toBe("ada");
    expect(await subjectOf(await signed({ sub: "bob", iss: "anybody", aud: "anything", nbf: now() - 5 }))).toBe("bob");
  });

  it("is not believed when it is over, or not valid yet", async () => {
    expect(await statusOf(await signed({ exp: now() - 60 }))).toBe(401);
    expect(await statusOf(await signed({ exp: 0 }))).toBe(401);
    expect(await statusOf(await signed({ nbf: now() + HOUR }))).toBe(401);
    const answer = await read(await signed({ exp: now() - HOUR }));
    expect(answer.body.error.message).toContain("expired");
  });

  it("is not believed without an end, or without a user", async () => {
    expect(await statusOf(await signed({ exp: undefined }))).toBe(401);
    expect(await statusOf(await signed({ sub: undefined }))).toBe(401);
    expect(await statusOf(await signed({ sub: "" }))).toBe(401);
    expect(await statusOf(await signed({ exp: "tomorrow" }))).toBe(401);
  });

  it.each([42, true, ["ada"], { id: "ada" }, null, "a\u0000da", "a da", "x".repeat(200)])(
    "is refused if its user is %o and no id",
    async (sub) => {
      expect(await statusOf(await signed({ sub }))).toBe(401);
    },
  );

  it("is not believed when it was signed with anything else", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    const right = await signed();
    const [header, , signature] = right.split(".");
    const other = (await signed({ sub: "bob" })).split(".")[1];
    const wrong = [
      await signed({}, { key: new TextEncoder().encode(`${USER_SECRET}x`) }),
      await signed({}, { alg: "HS512" }),
      await signed({}, { alg: "RS256", key: privateKey }),
      `${header}.${other}.${signature}`,
      right.slice(0, -4),
      unsigned(right, "none"),
      unsigned(right, "None"),
      unsigned(right, "HS256"),
    ];
    expect(await Promise.all(wrong.map(statusOf))).toEqual(wrong.map(() => 401));
  });

  it.each(["", "x", "a.b.c", "..", `${ADMIN_TOKEN}x`, ADMIN_TOKEN.slice(1), USER_SECRET, "undefined", "null"])(
    "may be %j and no token at all",
    async (token) => {
      const answer = await read(token);
      expect([answer.status, answer.body.error.code]).toEqual([401, "unauthorized"]);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(JSON.stringify(answer.body)).not.toContain(USER_SECRET);
      expect(JSON.stringify(answer.body)).not.toContain(ADMIN_TOKEN);
    },
  );

  it("must have the issuer and the audience that are set", async () => {
    configure({ ...SETUP, AUTH_JWT_ISSUER: "https://login.example.com", AUTH_JWT_AUDIENCE: "taktwerk" });
    const right = { iss: "https://login.example.com", aud: "taktwerk" };
    expect(await subjectOf(await signed(right))).toBe("ada");
    expect(await subjectOf(await signed({ ...right, aud: ["web", "taktwerk"] }))).toBe("ada");
    const wrong = [
      {},
      { ...right, iss: "https://login.example.org" },
      { ...right, iss: undefined },
      { ...right, aud: "web" },
      { ...right, aud: [] },
      { ...right, aud: undefined },
    ];
    expect(await Promise.all(wrong.map(async (claims) => statusOf(await signed(claims))))).toEqual(
      wrong.map(() => 401),
    );
  });

  it("does without an operator's token", async () => {
    configure({ AUTH_JWT_SECRET: USER_SECRET });
    expect(await subjectOf(await signed())).toBe("ada");
    expect(await statusOf(ADMIN_TOKEN)).toBe(401);
  });
});

describe("a token of an issuer that publishes its keys", () => {
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await openIssuer();
  });
  afterAll(() => issuer.close());
  beforeEach(() => void configure({ ADMIN_TOKEN, AUTH_JWKS_URL: issuer.url }));

  it.each(["RS256", "ES256"] as const)("stands for the user it names (%s)", async (alg) => {
    expect(await subjectOf(await issuer.sign(alg))).toBe("ada");
    expect(await subjectOf(await issuer.sign(alg, { sub: "bob" }))).toBe("bob");
  });

  it("needs the keys fetched once, not for every request", async () => {
    await subjectOf(await issuer.sign("RS256"));
    const first = issuer.fetched();
    for (let time = 0; time < 5; time++) await subjectOf(await issuer.sign("ES256"));
    expect(issuer.fetched()).toBe(first);
  });

  it("is judged by its times and its user too", async () => {
    expect(await statusOf(await issuer.sign("RS256", { exp: now() - 60 }))).toBe(401);
    expect(await statusOf(await issuer.sign("ES256", { nbf: now() + HOUR }))).toBe(401);
    expect(await statusOf(await issuer.sign("ES256", { sub: undefined }))).toBe(401);
    expect(await statusOf(await issuer.sign("ES256", { exp: undefined }))).toBe(401);
  });

  it("is refused if another key signed it, even if it names the right key", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    expect(await statusOf(await signed({}, { alg: "RS256", key: privateKey, kid: "key-RS256" }))).toBe(401);
    expect(await statusOf(await signed({}, { alg: "RS256", key: privateKey, kid: "another" }))).toBe(401);
    expect(await statusOf(await signed({}, { alg: "RS256", key: privateKey }))).toBe(401);
  });

  it("is not believed when the published key was used as a shared secret", async () => {
    const key = createPublicKey({ key: issuer.published as never, format: "jwk" });
    const pem = key.export({ type: "spki", format: "pem" }).toString();
    const secrets = [pem, pem.trim(), JSON.stringify(issuer.published), issuer.published.n ?? ""];
    for (const secret of secrets) {
      for (const kid of ["key-RS256", "key-ES256"]) {
        expect(await statusOf(await signed({}, { key: new TextEncoder().encode(secret), kid }))).toBe(401);
      }
    }
    expect(await statusOf(await signed({}, { kid: "key-RS256" }))).toBe(401);
    expect(await statusOf(unsigned(await issuer.sign("RS256"), "none"))).toBe(401);
  });

  it("is not believed while the issuer cannot be reached, and the operator still is", async () => {
    const gone = await openIssuer();
    await gone.close();
    configure({ ADMIN_TOKEN, AUTH_JWKS_URL: gone.url });
    expect(await statusOf(await gone.sign("RS256"))).toBeGreaterThanOrEqual(401);
    expect((await call(GET, "/api/sport/badges?userId=ada", { token: ADMIN_TOKEN })).status).toBe(200);
  });
});

describe("an endpoint without settings for tokens", () => {
  it("is closed to everybody", async () => {
    configure({});
    for (const token of [null, ADMIN_TOKEN, await signed(), unsigned(await signed(), "none")]) {
      const answer = await read(token);
      expect([answer.status, answer.body.error.code]).toEqual([503, "not-configured"]);
    }
  });

  it("accepts only the operator if only the operator's token is set", async () => {
    configure({ ADMIN_TOKEN });
    expect(await statusOf(await signed())).toBe(401);
    expect(await statusOf(null)).toBe(401);
    expect((await call(GET, "/api/sport/badges?userId=ada", { token: ADMIN_TOKEN })).status).toBe(200);
  });
});
