import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

const EXPECTED = "certificates of authorities in PEM, base64 of that, or the path of a file with them";
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/**
 * Reads the certificates of private authorities out of a setting: PEM with real or written-out (`\n`) line breaks, base64
 * of PEM, or the path of a file, which begins with `/`.
 * @param refuse Throws the error of a value that cannot be used; gets what the setting expects.
 */
export function authoritiesIn(value: string, refuse: (expected: string) => never): readonly string[] {
  const pem = value.trim().startsWith("/") ? contentOf(value.trim()) : pemIn(value);
  if (pem === undefined) return refuse(`${EXPECTED} (there is no readable file of that name)`);
  const certificates = pem.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) return refuse(`${EXPECTED} (there is no certificate in it)`);
  if (!certificates.every(isCertificate)) return refuse(`${EXPECTED} (a certificate in it is damaged)`);
  return certificates;
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function pemIn(value: string): string {
  const text = value.replaceAll("\\r", "").replaceAll("\\n", "\n");
  return text.includes("-----BEGIN") ? text : Buffer.from(text, "base64").toString();
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
