/** Words for passwords, codes and roles, which the sign-in and the settings share. */
const en = {
  password: "Password",
  newPassword: "New password",
  show: "Show password",
  hide: "Hide password",
  passwordHint: "At least 12 characters; three or four words are easy to remember.",
  passwordShort: (missing: number): string => `${missing} more ${missing === 1 ? "character" : "characters"}, please.`,
  passwordIsAddress: "Choose something other than your e-mail address.",
  passwordMissing: "Enter your password.",
  strong: "Long enough.",
  code: "Code",
  codeMissing: "The code has six digits.",
  email: "E-mail",
  emailMissing: "Enter your e-mail address.",
  emailNoAt: "An e-mail address has an @.",
  emailNoDomain: "Something is missing after the @.",
  name: "Your name",
  nameMissing: "Enter your name.",
  roles: { viewer: "Viewer", staff: "Staff", admin: "Administrator" },
  may: {
    viewer: "Sees everything, changes nothing.",
    staff: "Manages bookings, attendance, members and mails, and runs jobs.",
    admin: "May do everything, including settings, accounts and keys.",
  },
  copy: "Copy",
  copied: "Copied",
  setUp: {
    title: "Set up the second factor",
    lead: "Scan the picture with an authenticator app on your phone, such as Aegis, 2FAS or Google Authenticator.",
    picture: "QR code for the authenticator app",
    key: "No camera? Type this key into the app:",
    code: "Code that the app shows",
    confirm: "Confirm",
    password: "Confirm your password first.",
    next: "Continue",
  },
  backup: {
    title: "Keep your backup codes",
    lead: "Each of them lets you in once if your phone is not at hand. They are shown only now.",
    list: "Backup codes",
    print: "Print",
    download: "Download",
    file: "taktwerk-backup-codes.txt",
    kept: "I have kept the codes in a safe place",
    keptMissing: "Copy, print or download them first, then tick the box.",
    done: "Done",
  },
};

const de: typeof en = {
  password: "Passwort",
  newPassword: "Neues Passwort",
  show: "Passwort anzeigen",
  hide: "Passwort verbergen",
  passwordHint: "Mindestens 12 Zeichen; drei oder vier Wörter merkst du dir leicht.",
  passwordShort: (missing) => `Es ${missing === 1 ? "fehlt noch 1" : `fehlen noch ${missing}`} Zeichen.`,
  passwordIsAddress: "Nimm etwas anderes als deine E-Mail-Adresse.",
  passwordMissing: "Gib dein Passwort ein.",
  strong: "Lang genug.",
  code: "Code",
  codeMissing: "Der Code hat sechs Ziffern.",
  email: "E-Mail",
  emailMissing: "Gib deine E-Mail-Adresse ein.",
  emailNoAt: "Zu einer E-Mail-Adresse gehört ein @.",
  emailNoDomain: "Nach dem @ fehlt noch etwas.",
  name: "Dein Name",
  nameMissing: "Gib deinen Namen ein.",
  roles: { viewer: "Nur Lesen", staff: "Team", admin: "Verwaltung" },
  may: {
    viewer: "Sieht alles, ändert nichts.",
    staff: "Betreut Buchungen, Anwesenheit, Mitglieder und Mails und startet Läufe.",
    admin: "Darf alles, auch Einstellungen, Konten und Schlüssel.",
  },
  copy: "Kopieren",
  copied: "Kopiert",
  setUp: {
    title: "Zweiten Faktor einrichten",
    lead: "Scanne das Bild mit einer Authenticator-App auf deinem Telefon, zum Beispiel Aegis, 2FAS oder Google Authenticator.",
    picture: "QR-Code für die Authenticator-App",
    key: "Keine Kamera? Tippe diesen Schlüssel in die App:",
    code: "Code aus der App",
    confirm: "Bestätigen",
    password: "Bestätige zuerst dein Passwort.",
    next: "Weiter",
  },
  backup: {
    title: "Bewahre deine Backup-Codes auf",
    lead: "Mit jedem kommst du einmal hinein, wenn dein Telefon nicht zur Hand ist. Sie werden nur jetzt angezeigt.",
    list: "Backup-Codes",
    print: "Drucken",
    download: "Herunterladen",
    file: "taktwerk-backup-codes.txt",
    kept: "Ich habe die Codes sicher aufbewahrt",
    keptMissing: "Kopiere, drucke oder lade die Codes herunter und setze dann das Häkchen.",
    done: "Fertig",
  },
};

export const accountWords: Readonly<Record<"en" | "de", typeof en>> = { en, de };
export type AccountWords = typeof en;

/** What is wrong with an e-mail address, in words. Pure. */
export function addressFault(address: string, words: AccountWords): string | undefined {
  const text = address.trim();
  if (text === "") return words.emailMissing;
  if (!text.includes("@")) return words.emailNoAt;
  return /^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(text) ? undefined : words.emailNoDomain;
}

/** As the server requires it (docs/accounts.md). */
export const MIN_PASSWORD = 12;

/** What is wrong with a new password, in words. Pure. */
export function passwordFault(password: string, email: string, words: AccountWords): string | undefined {
  const { length } = [...password];
  if (length < MIN_PASSWORD) return words.passwordShort(MIN_PASSWORD - length);
  return password.trim().toLowerCase() === email.trim().toLowerCase() ? words.passwordIsAddress : undefined;
}
