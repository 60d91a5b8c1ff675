import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { loadServiceAccount } from "../../../lib/attendance/google/credentials.ts";
import { configure } from "../../../lib/config/config.ts";
import { AppError } from "../../../lib/errors.ts";

/** The service account's key file. */
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = String(privateKey.export({ type: "pkcs8", format: "pem" }));
const FILE = {
  type: "service_account",
  project_id: "project",
  private_key_id: "0123456789abcdef",
  private_key: PEM,
  client_email: "taktwerk@project.iam.gserviceaccount.com",
  token_uri: "https://oauth2.googleapis.com/token",
};

const base64 = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString("base64");
const without = (field: keyof typeof FILE) => ({ ...FILE, [field]: undefined });

const EC = String(
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }),
);
const PSS = String(
  generateKeyPairSync("rsa-pss", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }),
);
const PUBLIC = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n";

function problem(credentials: string | undefined): AppError {
  configure({ GOOGLE_CREDS_BASE64: credentials });
  try {
    loadServiceAccount();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("expected credentials that are refused");
}

const REMEDY = /create a key \(JSON\) of a service account in the Google Cloud console .* base64 -w0 key\.json$/;

const WRONG: [what: string, credentials: string | undefined, sentence: RegExp][] = [
  ["missing", undefined, /got nothing/],
  ["empty", "  ", /got nothing/],
  ["the file itself", JSON.stringify(FILE), /expected base64, got something else/],
  ["a path", "./key file.json", /expected base64, got something else/],
  ["base64 of something else", Buffer.from(PEM).toString("base64"), /expected JSON in base64, got something else/],
  ["cut off", base64(FILE).slice(0, 400), /expected JSON in base64, got something else/],
  ["the path of the file in base64", Buffer.from("key.json").toString("base64"), /expected JSON in base64/],
  ["a user's credentials", base64({ ...FILE, type: "authorized_user" }), /whose type is missing or wrong/],
  ["an OAuth client's", base64({ installed: { client_id: "x" } }), /whose type is missing or wrong/],
  ["a list", base64([FILE]), /key file/],
  ["a text", base64("service_account"), /key file/],
  ["null", base64(null), /key file/],
  ["without an address", base64(without("client_email")), /whose client_email is missing or wrong/],
  ["with an address that is none", base64({ ...FILE, client_email: "taktwerk" }), /whose client_email/],
  ["without a key", base64(without("private_key")), /whose private_key is missing or wrong/],
  ["with an empty key", base64({ ...FILE, private_key: "" }), /whose private_key is missing or wrong/],
  ["with a token URI that is none", base64({ ...FILE, token_uri: "file:///etc/passwd" }), /whose token_uri/],
  [
    "with an elliptic key",
    base64({ ...FILE, private_key: EC }),
    /expected an RSA private key in PEM, got one that does not sign/,
  ],
  ["with a key for PSS only", base64({ ...FILE, private_key: PSS }), /expected an RSA private key in PEM/],
  ["with a truncated key", base64({ ...FILE, private_key: PEM.slice(0, 900) }), /expected an RSA private key in PEM/],
  ["with a key of letters", base64({ ...FILE, private_key: "geheim" }), /expected an RSA private key in PEM/],
  ["with a public key", base64({ ...FILE, private_key: PUBLIC }), /expected an RSA private key in PEM/],
];

describe("the service account", () => {
  it("is read from a key file in base64, also with line breaks or in base64url", () => {
    const account = { email: FILE.client_email, privateKey: PEM, tokenUri: FILE.token_uri };
    const text = base64(FILE);
    for (const given of [
      text,
      text.replace(/.{76}/g, "$&\n"),
      Buffer.from(JSON.stringify(FILE)).toString("base64url"),
    ]) {
      configure({ GOOGLE_CREDS_BASE64: given });
      expect(loadServiceAccount()).toEqual(account);
    }
  });

  it("has the token URL of its file, by default Google's", () => {
    configure({ GOOGLE_CREDS_BASE64: base64({ ...FILE, token_uri: "http://127.0.0.1:1/token" }) });
    expect(loadServiceAccount().tokenUri).toBe("http://127.0.0.1:1/token");
    configure({ GOOGLE_CREDS_BASE64: base64(without("token_uri")) });
    expect(loadServiceAccount().tokenUri).toBe("https://oauth2.googleapis.com/token");
  });

  it.each(WRONG)("is refused as %s, with the reason and the remedy", (_, credentials, sentence) => {
    const { code, status, message } = problem(credentials);
    expect({ code, status }).toEqual({ code: "credentials", status: 503 });
    expect(message).toMatch(/^GOOGLE_CREDS_BASE64: expected /);
    expect(message).toMatch(sentence);
    expect(message).toMatch(REMEDY);
  });

  it.each(WRONG)("is refused as %s, without any part of it in the error", (_, credentials = "") => {
    const error = problem(credentials || undefined);
    const told = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join("\n");
    const plain = Buffer.from(credentials, "base64").toString("utf8");
    for (const secret of [credentials, plain, PEM.split("\n")[1] ?? "", EC.split("\n")[1] ?? "", "MIIE", "geheim"]) {
      for (let from = 0; from + 16 <= secret.length; from += 8) {
        const piece = secret.slice(from, from + 16);
        // Words that stand in the remedy anyway.
        if (!/service|account|key\.json/i.test(piece)) expect(told).not.toContain(piece);
      }
    }
  });

  it("has a different sentence for each mistake", () => {
    const kinds = [
      undefined,
      "./key file.json",
      Buffer.from(PEM).toString("base64"),
      base64({ ...FILE, type: "x" }),
      base64(without("client_email")),
      base64({ ...FILE, private_key: EC }),
    ];
    expect(new Set(kinds.map((given) => problem(given).message)).size).toBe(kinds.length);
  });
});
