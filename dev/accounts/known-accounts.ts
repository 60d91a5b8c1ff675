import { sha256 } from "../../lib/hash.ts";
import type { Role } from "../../lib/operators/roles.ts";
import type { Language } from "../../lib/users/languages.ts";
import { codeOf, STEP_MS, toBase32 } from "./totp.ts";

interface DemoAccount {
  id: string;
  name: string;
  email: string;
  role: Role;
  language: Language;
}

/** The accounts of the demo club. They exist on the local run only, which listens on loopback. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { id: "operator-jo", name: "Jo Albrecht", email: "jo@nordlicht.example", role: "admin", language: "en" },
  { id: "operator-mara", name: "Mara Lindholm", email: "mara@nordlicht.example", role: "staff", language: "de" },
  { id: "operator-ida", name: "Ida Brandt", email: "ida@nordlicht.example", role: "viewer", language: "en" },
];

export const DEMO_PASSWORD = "nordlicht-demo";

/** The secret of an account's second factor. It is the same after each start, so that an authenticator app keeps it. */
export const secretOf = (id: string): string => sha256(`demo:${id}`).slice(0, 32);

/** The secret as an authenticator app takes it. */
export const setupKeyOf = (id: string): string => toBase32(Buffer.from(secretOf(id)));

/** The codes that were handed out, by account and step; each is accepted once. */
const handedOut = new Set<string>();

/** A code of an account that was not handed out before: the present one, or one of its neighbours, which are valid too. */
export function unusedCode(id: string, ms: number): string | undefined {
  const step = [0, 1, -1].find((step) => !handedOut.has(keyOf(id, ms, step)));
  if (step === undefined) return undefined;
  handedOut.add(keyOf(id, ms, step));
  return codeOf(setupKeyOf(id), ms, step);
}

const keyOf = (id: string, ms: number, step: number): string => `${id}:${Math.floor(ms / STEP_MS) + step}`;
