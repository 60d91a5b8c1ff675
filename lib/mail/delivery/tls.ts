import tls, { type ConnectionOptions } from "node:tls";

/** Whom a connection to the mail server trusts, and what is wrong where it does not. */

/** Whether a host is this machine itself: no name that a resolver could send elsewhere but `localhost`. */
export const isLoopback = (host: string): boolean =>
  /^(?:(?:::ffff:)?127(?:\.\d{1,3}){1,3}|localhost|::1)$/i.test(host.replace(/^\[(.*)\]$/, "$1"));

/**
 * How the server's certificate is judged. On loopback by nobody: nothing leaves the machine, and a Postfix as Debian
 * installs it has a certificate that it signed itself. Elsewhere by the authorities that everybody knows, and by those of
 * `SMTP_TLS_CA`.
 */
export function trustOf(host: string, authorities: readonly string[]): ConnectionOptions {
  if (isLoopback(host)) return { rejectUnauthorized: false };
  return { rejectUnauthorized: true, ...(authorities.length > 0 && { ca: [...publicAuthorities(), ...authorities] }) };
}

/** Those of this process: an older Node knows only its own. */
const publicAuthorities = (): readonly string[] => tls.getCACertificates?.("default") ?? tls.rootCertificates;

export interface TlsFault {
  /** What is wrong, in a sentence without its end. */
  says: string;
  /** What to do about it. */
  remedy: string;
}

const UNKNOWN_AUTHORITY =
  /self[- ]signed certificate|unable to (?:verify the first|get (?:local )?issuer) certificate|unknown ca\b/i;
const OTHER_NAME = /does not match certificate's altnames|Cert does not contain a DNS name/i;
const NOT_NOW = /certificate (?:has expired|is not yet valid)/i;
const NO_TLS = /wrong version number|packet length too long|unknown protocol|http request/i;

/** What a failed handshake means for the operator; undefined for faults of other kinds. */
export function tlsFaultIn(message: string): TlsFault | undefined {
  if (UNKNOWN_AUTHORITY.test(message)) {
    return {
      says: "the mail server's certificate was issued by an authority that is not known here",
      remedy:
        "set SMTP_TLS_CA to the certificate of that authority (PEM, base64 of it, or the path of a file); a server with a " +
        "public certificate must send its intermediate certificates too",
    };
  }
  if (OTHER_NAME.test(message)) {
    return {
      says: `the mail server's certificate is for another host than SMTP_HOST${namesIn(message)}`,
      remedy: "set SMTP_HOST to a name that the certificate has, or give the server a certificate for this one",
    };
  }
  if (NOT_NOW.test(message)) {
    return {
      says: "the mail server's certificate is not valid now (expired, or not valid yet)",
      remedy: "renew the certificate on the mail server, and compare the clocks of both machines",
    };
  }
  if (NO_TLS.test(message)) {
    return {
      says: "the mail server does not speak TLS from the start on this port",
      remedy: "set SMTP_SECURE=false for STARTTLS (usual on ports 25 and 587), or SMTP_PORT to its port for TLS (465)",
    };
  }
  return undefined;
}

function namesIn(message: string): string {
  const names = /cert's altnames: ([^\s"][^"]{0,200})/.exec(message)?.[1];
  return names === undefined ? "" : ` (${names})`;
}
