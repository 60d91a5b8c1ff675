import type { ApiError } from "../../../../client/client.ts";
import type { Format } from "../../../ui/format.ts";
import { useLocale, useWords } from "../../../ui/locale.tsx";

/** What went wrong with an account, in words, by the code of the error. */
const en = {
  "wrong-credentials": "E-mail and password do not match.",
  wrongPassword: "This is not your password.",
  "wrong-code": "This code is wrong, or it was used before. Codes of the app change every 30 seconds.",
  "sign-in-expired": "This took too long. Start again with your password.",
  "link-expired": "This link was used, has expired or was replaced by a newer one.",
  "not-configured": "This deployment has no CONSOLE_SECRET, so nobody can sign in.",
  locked: (time: string): string => `Too many tries. Try again in ${time}; until then, the right entry is refused too.`,
  conflict: "An operator with this address exists already.",
  password: "Choose a password of 12 to 128 characters that is not your e-mail address.",
  forbidden: "Your role may not do this.",
  unreachable: "The server cannot be reached. Check the connection and try again.",
  failed: (code: string): string => `The server could not do this (${code}). Try again.`,
};
type FaultWords = typeof en;

const de: FaultWords = {
  "wrong-credentials": "E-Mail und Passwort passen nicht zusammen.",
  wrongPassword: "Das ist nicht dein Passwort.",
  "wrong-code": "Der Code ist falsch oder wurde schon benutzt. Die App zeigt alle 30 Sekunden einen neuen.",
  "sign-in-expired": "Das hat zu lange gedauert. Beginne noch einmal mit deinem Passwort.",
  "link-expired": "Der Link wurde schon benutzt, ist abgelaufen oder durch einen neueren ersetzt.",
  "not-configured": "Hier ist kein CONSOLE_SECRET gesetzt, deshalb kann sich niemand anmelden.",
  locked: (time) => `Zu viele Versuche. Versuche es in ${time} wieder; bis dahin gilt auch die richtige Eingabe nicht.`,
  conflict: "Zu dieser Adresse gibt es schon ein Konto.",
  password: "Wähle ein Passwort mit 12 bis 128 Zeichen, das nicht deine E-Mail-Adresse ist.",
  forbidden: "Deine Rolle darf das nicht.",
  unreachable: "Der Server ist nicht erreichbar. Prüfe die Verbindung und versuche es noch einmal.",
  failed: (code) => `Der Server konnte das nicht ausführen (${code}). Versuche es noch einmal.`,
};

export const faultWords: Readonly<Record<"en" | "de", FaultWords>> = { en, de };

/** Pure. */
export function faultText(error: ApiError, words: FaultWords, format: Format): string {
  const { code, status, field, retryAfter } = error;
  if (status === 0) return words.unreachable;
  if (status === 429) return words.locked(format.duration((retryAfter ?? 60) * 1000));
  if (code === "wrong-credentials" && field !== undefined) return words.wrongPassword;
  if (/password$/i.test(field ?? "")) return words.password;
  if (status === 403) return words.forbidden;
  return code in words && typeof words[code as keyof FaultWords] === "string"
    ? String(words[code as keyof FaultWords])
    : words.failed(code);
}

/** @returns Describes an error in the operator's language. */
export function useFaultText(): (error: ApiError) => string {
  const words = useWords(faultWords);
  const { format } = useLocale();
  return (error) => faultText(error, words, format);
}
