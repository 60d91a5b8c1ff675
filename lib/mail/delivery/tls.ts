import tls, { type ConnectionOptions } from "node:tls";

/** Which certificates a connection to the mail server accepts, and what a failed TLS handshake means. */

/** Whether a host is this machine itself. `localhost` is the only name: a resolver could send any other name elsewhere. */
export const isLoopback = (host: string): boolean =>
  /^(?:(?:::ffff:)?127(?:\.\d{1,3}){1,3}|localhost|::1)$/i.test(host.replace(/^\[(.*)\]$/, "$1"));

/**
 * The TLS options for a host. On loopback any certificate is accepted: nothing leaves the machine, and Debian's Postfix
 * signs its own certificate. Elsewhere the certificate must come from a public authority or one of `authorities`.
 * @param authorities The certificates in `SMTP_TLS_CA`, as PEM.
 */
export function tlsOptions(host: string, authorities: readonly string[]): ConnectionOptions {
  if (isLoopback(host)) return { rejectUnauthorized: false };
  return { rejectUnauthorized: true, ...(authorities.length > 0 && { ca: [...publicAuthorities(), ...authorities] }) };
}

/** An older Node has only its built-in list. */
const publicAuthorities = (): readonly string[] => tls.getCACertificates?.("default") ?? tls.rootCertificates;

export interface TlsProblem {
  /** What is wrong: a sentence without its full stop. */
  problem: string;
  /** What to do about it. */
  remedy: string;
}

const UNKNOWN_AUTHORITY =
  /self[- ]signed certificate|unable to (?:verify the first|get (?:local )?issuer) certificate|unknown ca\b/i;
const OTHER_NAME = /does not match certificate's altnames|Cert does not contain a DNS name/i;
const EXPIRED_OR_FUTURE = /certificate (?:has expired|is not yet valid)/i;
const NO_TLS = /wrong version number|packet length too long|unknown protocol|http request/i;

/** Explains the message of a failed TLS handshake to the operator. @returns undefined if the fault is not about TLS. */
export function explainTlsError(message: string): TlsProblem | undefined {
  if (UNKNOWN_AUTHORITY.test(message)) {
    return {
      problem: "the mail server's certificate was issued by an authority that is not known here",
      remedy:
        "set SMTP_TLS_CA to the certificate of that authority (PEM, PEM in base64, or the path of a file); a server with a " +
        "public certificate must also send its intermediate certificates",
    };
  }
  if (OTHER_NAME.test(message)) {
    return {
      problem: `the mail server's certificate is for another host than SMTP_HOST${namesIn(message)}`,
      remedy: "set SMTP_HOST to a name in the certificate, or give the server a certificate for this name",
    };
  }
  if (EXPIRED_OR_FUTURE.test(message)) {
    return {
      problem: "the mail server's certificate is not valid now (it has expired, or is not valid yet)",
      remedy: "renew the certificate on the mail server, and compare the clocks of both machines",
    };
  }
  if (NO_TLS.test(message)) {
    return {
      problem: "the mail server does not speak TLS from the start on this port",
      remedy: "set SMTP_SECURE=false for STARTTLS (usual on ports 25 and 587), or SMTP_PORT to the TLS port (465)",
    };
  }
  return undefined;
}

function namesIn(message: string): string {
  const names = /cert's altnames: ([^\s"][^"]{0,200})/.exec(message)?.[1];
  return names === undefined ? "" : ` (${names})`;
}
