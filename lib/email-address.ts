import { isIP } from "node:net";
import { domainToASCII, domainToUnicode } from "node:url";

/**
 * Reads, writes and compares email addresses. An address is a `Mailbox` of RFC 5321 (section 4.1.2) with the characters of
 * all scripts (RFC 6531), and has a domain name or an address literal. Comments and folding (RFC 5322) belong to headers and
 * are refused. Pure.
 */

/** The longest local part, domain and whole address in octets (RFC 5321, section 4.5.3.1). */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;
const LONGEST_ADDRESS = 254;

/** An unquoted local part: `atext`, or visible characters outside ASCII. */
const ATOMS = /^[\w!#$%&'*+/=?^`{|}~\u{80}-\u{10FFFF}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\u{80}-\u{10FFFF}-]+)*$/u;
/** A quoted local part: `qtextSMTP` and quoted pairs. */
const QUOTED = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e\u{80}-\u{10FFFF}]|\\[\x20-\x7e])*"$/u;
/**
 * Control characters, line separators, blanks other than a space, halves of surrogate pairs, and characters that change the
 * direction of a text. Also angle brackets: they are valid in quotes, but our mail client cannot send them.
 */
const UNWRITABLE =
  /[<>\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\u{a0}\u{1680}\u{2000}-\u{200b}\u{202f}\u{205f}\u{2060}\u{3000}\u{feff}]/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const IPV6 = /^\[IPv6:(.+)\]$/i;
const IPV4 = /^\[([\d.]+)\]$/;

/** The expected input, as error messages name it after "expected". */
export const EXPECTED_ADDRESS = "an e-mail address such as ada@example.com";

export type ReadAddress =
  | {
      /** The address as it was written, without blanks around it. */
      address: string;
      reason?: undefined;
    }
  | {
      address?: undefined;
      /** What an address would need, as error messages name it after "expected". */
      reason: string;
    };

/** Reads an address that a person has written. Blanks around it are ignored. */
export function readAddress(written: string): ReadAddress {
  const address = written.trim();
  if (address.length > LONGEST_ADDRESS || bytes(address) > LONGEST_ADDRESS) {
    return { reason: `an e-mail address of at most ${LONGEST_ADDRESS} bytes` };
  }
  if (UNWRITABLE.test(address))
    return { reason: "an e-mail address without control characters, angle brackets or special blanks" };
  const { local, domain } = splitAddress(address);
  if (local === "" || domain === "") return { reason: EXPECTED_ADDRESS };
  if (!ATOMS.test(local) && !QUOTED.test(local)) {
    return { reason: `${EXPECTED_ADDRESS}; what stands before the @ is not valid unless in quotes` };
  }
  if (bytes(local) > LONGEST_LOCAL) {
    return { reason: `an e-mail address with at most ${LONGEST_LOCAL} bytes before the @` };
  }
  // Programs that take recipients as arguments would read it as an option (sendmail's -C, -X).
  if (local.replace('"', "").startsWith("-")) return { reason: "an e-mail address that does not begin with -" };
  if (asciiDomain(domain) === undefined) return { reason: `${EXPECTED_ADDRESS}; ${domain} is no domain` };
  return { address };
}

/** Whether a text is an address. Blanks around it are ignored. */
export const isAddress = (written: string): boolean => readAddress(written).address !== undefined;

/**
 * Returns an address in the form that SMTP and headers accept, with A-labels in its domain (`ada@xn--bcher-kva.example`). Only
 * a local part outside ASCII still needs SMTPUTF8.
 * @returns undefined for a text that is not an address.
 */
export function wireAddress(written: string): string | undefined {
  const { address } = readAddress(written);
  if (address === undefined) return undefined;
  const { local, domain } = splitAddress(address);
  return `${local}@${asciiDomain(domain)}`;
}

/** Whether an address needs a server with SMTPUTF8 (RFC 6531): A-labels exist for domains, but not for local parts. */
export const needsUtf8 = (wire: string): boolean => !/^\p{ASCII}*$/u.test(wire);

/** Splits an address at its last `@`, because quotes may contain others. */
function splitAddress(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf("@");
  return at < 0 ? { local: address, domain: "" } : { local: address.slice(0, at), domain: address.slice(at + 1) };
}

/** Returns a domain with A-labels in lower case, an address literal unchanged, and undefined for other texts. */
function asciiDomain(domain: string): string | undefined {
  const [, v6] = IPV6.exec(domain) ?? [];
  const [, v4] = IPV4.exec(domain) ?? [];
  if (v6 !== undefined) return isIP(v6) === 6 ? domain : undefined;
  if (v4 !== undefined) return isIP(v4) === 4 ? domain : undefined;
  // domainToASCII is made for URLs: it also decodes and converts numbers, so texts that are no domain are refused first.
  if (!/^(?:[\p{L}\p{M}\p{N}.\u{b7}\u{30fb}\u{3002}-]|\p{Join_Control})+$/u.test(domain)) return undefined;
  const ascii = domainToASCII(domain);
  const labels = ascii.split(".");
  if (ascii === "" || ascii.length > LONGEST_DOMAIN || !labels.every((label) => LABEL.test(label))) return undefined;
  return /^\d+$/.test(labels.at(-1) ?? "") ? undefined : ascii; // an IP address without brackets
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** Splits a list at its commas, except for commas in quotes. Empty entries are dropped. */
export function splitAddresses(list: string): string[] {
  const entries = list.match(/(?:"(?:[^"\\]|\\.)*"|[^,"]|")+/g) ?? [];
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== "");
}

/**
 * Reads a sender: an address, or a name with the address in angle brackets. The name may be quoted.
 * @returns undefined for other texts.
 */
export function readMailbox(written: string): { name: string; address: string } | undefined {
  const text = written.trim();
  const bracket = text.lastIndexOf("<");
  const [name, inside] =
    bracket >= 0 && text.endsWith(">") ? [text.slice(0, bracket), text.slice(bracket + 1, -1)] : ["", text];
  const { address } = readAddress(inside);
  if (address === undefined || /[<>\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return undefined;
  return { name: name.trim().replace(/^"(.*)"$/, "$1"), address };
}

/** Returns an address in the form of a `mailto:` URL (RFC 6068), which cannot contain quotes or blanks. */
export function mailtoAddress(written: string): string {
  const { local, domain } = splitAddress(wireAddress(written) ?? written);
  return `${encodeURIComponent(local).replaceAll("%2B", "+").replaceAll("%24", "$")}@${domain}`;
}

/** The spellings of one address in lower case: as written, with A-labels in its domain, and with the domain in its own script. */
export function spellingsOf(written: string): string[] {
  const address = written.trim().toLowerCase();
  const { local, domain } = splitAddress(wireAddress(address) ?? address);
  return [...new Set([address, `${local}@${domain}`, `${local}@${domainToUnicode(domain) || domain}`])];
}
