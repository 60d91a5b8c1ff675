import { importPKCS8, type JWTPayload, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { newServiceAccount } from "../../../dev/google/service-account.ts";
import { type GoogleServer, googleServer } from "../../fakes/google-server.ts";
import { googleClient } from "../../support/attendance/google-client.ts";
import { event } from "../../worlds/google-events.ts";

/** How a service account signs in to the stand-in for Google Calendar. */

const TEAM = "team@club.example";
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const SCOPE = "https://www.googleapis.com/auth/calendar.readonly";
const NOW = new Date("2026-02-09T12:00:00Z");
const SECONDS = NOW.getTime() / 1000;
const TIMES =
  "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.";

interface TokenResponse {
  access_token: string;
  error?: string;
  error_description?: string;
}

/** A stand-in with a clock that a test can set. */
async function service() {
  const clock = { now: NOW };
  const google = await googleServer({ calendars: { [TEAM]: [event()] }, clock: () => clock.now });
  return { google, clock };
}

/** A signed assertion with valid claims, except for those of the test. */
async function assertion(google: GoogleServer, claims: JWTPayload = {}, credentials = google.credentials) {
  const { private_key } = JSON.parse(atob(credentials));
  const valid = { iss: google.account, scope: SCOPE, aud: google.tokenUri, iat: SECONDS, exp: SECONDS + 3600 };
  const key = await importPKCS8(private_key, "RS256");
  return new SignJWT({ ...valid, ...claims }).setProtectedHeader({ alg: "RS256" }).sign(key);
}

async function exchange(google: GoogleServer, form: Record<string, string>, path = "/token") {
  const response = await fetch(`${google.url}${path}`, { method: "POST", body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as TokenResponse };
}

async function readWith(google: GoogleServer, headers: Record<string, string>) {
  const response = await fetch(`${google.url}/calendar/v3/calendars/${TEAM}/events?singleEvents=true`, { headers });
  return { status: response.status, body: (await response.json()) as { items?: unknown[] } };
}

describe("a service account", () => {
  it("gets a token that reads the shared calendar", async () => {
    const { google } = await service();
    const { status, body } = await exchange(google, { grant_type: GRANT, assertion: await assertion(google) });
    expect([status, body]).toEqual([
      200,
      { access_token: expect.stringMatching(/^ya29\./), expires_in: 3599, token_type: "Bearer" },
    ]);
    const read = await readWith(google, { Authorization: `Bearer ${body.access_token}` });
    expect([read.status, read.body.items?.length]).toEqual([200, 1]);
  });

  it("may name Google's own URL as audience, and use any path that ends in /token", async () => {
    const { google } = await service();
    const own = await assertion(google, { aud: "https://oauth2.googleapis.com/token" });
    expect((await exchange(google, { grant_type: GRANT, assertion: own })).status).toBe(200);
    const below = await assertion(google, { aud: `${google.url}/dev/google/token` });
    expect((await exchange(google, { grant_type: GRANT, assertion: below }, "/dev/google/token")).status).toBe(200);
  });

  it("signs in once for many requests with Google's client", async () => {
    const google = await googleServer({ calendars: { [TEAM]: [event()] } });
    const client = googleClient(google);
    for (let n = 0; n < 3; n++) await client.events.list({ calendarId: TEAM, singleEvents: true });
    expect(google.requests.map(({ kind }) => kind)).toEqual(["token", "list", "list", "list"]);
  });

  it.each([
    ["an unknown account", { iss: "stranger@project.example" }, "Invalid grant: account not found"],
    ["no account", { iss: undefined }, "Invalid grant: account not found"],
    ["another audience", { aud: "https://example.com/token" }, "Invalid JWT: Failed audience check."],
    ["an expired assertion", { iat: SECONDS - 7200, exp: SECONDS - 3600 }, TIMES],
    ["an assertion from the future", { iat: SECONDS + 3600, exp: SECONDS + 7200 }, TIMES],
    ["more than an hour", { exp: SECONDS + 3601 }, TIMES],
    ["an end before the start", { iat: SECONDS, exp: SECONDS - 1 }, TIMES],
    ["no times", { iat: undefined, exp: undefined }, TIMES],
  ])("gets no token for %s", async (_, claims, description) => {
    const { google } = await service();
    const signed = await assertion(google, claims as JWTPayload);
    expect(await exchange(google, { grant_type: GRANT, assertion: signed })).toEqual({
      status: 400,
      body: { error: "invalid_grant", error_description: description },
    });
  });

  it.each([["https://www.googleapis.com/auth/drive"], [""], [undefined], ["calendar"]])(
    "gets no token for the scope %s",
    async (scope) => {
      const { google } = await service();
      const signed = await assertion(google, { scope });
      expect(await exchange(google, { grant_type: GRANT, assertion: signed })).toEqual({
        status: 400,
        body: { error: "invalid_scope", error_description: "Invalid OAuth scope or ID token audience provided." },
      });
    },
  );

  it("gets no token with another key, an altered assertion or none", async () => {
    const { google } = await service();
    const { credentials } = await newServiceAccount(google.account);
    const wrongKey = await assertion(google, {}, credentials(google.tokenUri));
    const [header, , signature] = (await assertion(google)).split(".");
    const altered = (await assertion(google, { scope: "https://www.googleapis.com/auth/calendar" })).split(".")[1];
    const signatureError = { error: "invalid_grant", error_description: "Invalid JWT Signature." };
    for (const forged of [wrongKey, `${header}.${altered}.${signature}`]) {
      expect((await exchange(google, { grant_type: GRANT, assertion: forged })).body).toEqual(signatureError);
    }
    const unread = { error: "invalid_grant", error_description: "Invalid JWT: Failed to parse the assertion." };
    for (const none of [{ grant_type: GRANT, assertion: "a.b" }, { grant_type: GRANT }]) {
      expect((await exchange(google, none as Record<string, string>)).body).toEqual(unread);
    }
  });

  it("gets no token with an unsigned assertion, or with the public key as a shared secret", async () => {
    const { google } = await service();
    const payload = (await assertion(google)).split(".")[1];
    const unsigned = `${btoa('{"alg":"none"}').replace(/=+$/, "")}.${payload}.`;
    const claims = { iss: google.account, scope: SCOPE, aud: google.tokenUri, iat: SECONDS, exp: SECONDS + 60 };
    const secret = new TextEncoder().encode(google.publicKey);
    const symmetric = await new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(secret);
    for (const forged of [unsigned, symmetric]) {
      const { status, body } = await exchange(google, { grant_type: GRANT, assertion: forged });
      expect([status, body.error_description]).toEqual([400, "Invalid JWT Signature."]);
    }
  });

  it("gets no token with another grant type", async () => {
    const { google } = await service();
    expect((await exchange(google, { grant_type: "password" })).body).toEqual({
      error: "unsupported_grant_type",
      error_description: "Invalid grant_type: password",
    });
    expect((await exchange(google, {})).body.error).toBe("invalid_request");
  });

  it("learns the reason through Google's client", async () => {
    const google = await googleServer();
    const { credentials } = await newServiceAccount(google.account);
    const client = googleClient({ url: google.url, credentials: credentials(google.tokenUri) });
    await expect(client.events.list({ calendarId: TEAM })).rejects.toThrow("invalid_grant: Invalid JWT Signature.");
  });
});

describe("a token", () => {
  it("is required, must be known, and is valid for an hour", async () => {
    const { google, clock } = await service();
    const { body } = await exchange(google, { grant_type: GRANT, assertion: await assertion(google) });
    const refused = {
      status: 401,
      body: {
        error: {
          errors: [
            {
              domain: "global",
              reason: "authError",
              message: "Invalid Credentials",
              locationType: "header",
              location: "Authorization",
            },
          ],
          code: 401,
          message: "Invalid Credentials",
        },
      },
    };
    expect(await readWith(google, {})).toEqual(refused);
    expect(await readWith(google, { Authorization: "Bearer ya29.unknown" })).toEqual(refused);
    expect(await readWith(google, { Authorization: `Basic ${body.access_token}` })).toEqual(refused);
    const bearing = { Authorization: `Bearer ${body.access_token}` };
    clock.now = new Date(NOW.getTime() + 3_598_999);
    expect((await readWith(google, bearing)).status).toBe(200);
    clock.now = new Date(NOW.getTime() + 3_599_000);
    expect(await readWith(google, bearing)).toEqual(refused);
  });

  it("with a scope for calendar settings cannot read events", async () => {
    const google = await googleServer();
    const client = googleClient(google, "https://www.googleapis.com/auth/calendar.settings.readonly");
    await expect(client.events.list({ calendarId: TEAM })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("insufficient authentication scopes"),
    });
  });
});
