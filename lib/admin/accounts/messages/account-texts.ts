import type { Role } from "../../../operators/roles.ts";
import type { Language } from "../../../users/languages.ts";

/** The texts of the mails to operators. */
interface AccountTexts {
  invitation: {
    subject: (club: string) => string;
    greeting: string;
    intro: (club: string, invitedBy: string | null) => string;
    role: Record<Role, string>;
    roleLabel: string;
    stepsTitle: string;
    steps: string[];
    closing: (until: string) => string;
    link: string;
  };
  reset: {
    subject: (club: string) => string;
    greeting: (name: string) => string;
    intro: string;
    validFor: string;
    validLabel: string;
    closing: string;
    link: string;
  };
}

export const ACCOUNT_TEXTS: Record<Language, AccountTexts> = {
  de: {
    invitation: {
      subject: (club) => `Deine Einladung zu ${club}`,
      greeting: "Hallo,",
      intro: (club, invitedBy) =>
        invitedBy === null
          ? `für dich liegt ein Zugang zur Konsole von ${club} bereit.`
          : `${invitedBy} lädt dich zur Konsole von ${club} ein.`,
      role: { viewer: "Lesen", staff: "Team", admin: "Admin" },
      roleLabel: "deine Rolle",
      stepsTitle: "So geht es weiter",
      steps: [
        "Öffne den Link und wähle einen Namen und ein Passwort.",
        "Richte den zweiten Faktor ein. Dafür brauchst du eine Authenticator-App auf deinem Handy.",
        "Bewahre die Ersatzcodes gut auf. Sie helfen dir, wenn das Handy fehlt.",
      ],
      closing: (until) =>
        `Der Link gilt bis ${until} und nur einmal. Wenn du die Einladung nicht erwartet hast, ignoriere diese E-Mail einfach.`,
      link: "Einladung annehmen",
    },
    reset: {
      subject: (club) => `Neues Passwort für ${club}`,
      greeting: (name) => `Hallo ${name},`,
      intro: "jemand möchte für dein Konto ein neues Passwort setzen. Wenn du das warst, öffne den Link.",
      validFor: "30 Minuten",
      validLabel: "gilt der Link, und nur einmal",
      closing:
        "Dein zweiter Faktor bleibt, wie er ist. Wenn du kein neues Passwort wolltest, musst du nichts tun: Dein bisheriges gilt weiter.",
      link: "Neues Passwort setzen",
    },
  },
  en: {
    invitation: {
      subject: (club) => `Your invitation to ${club}`,
      greeting: "Hello,",
      intro: (club, invitedBy) =>
        invitedBy === null
          ? `an account for the console of ${club} is ready for you.`
          : `${invitedBy} invites you to the console of ${club}.`,
      role: { viewer: "Viewer", staff: "Staff", admin: "Admin" },
      roleLabel: "your role",
      stepsTitle: "What to do",
      steps: [
        "Open the link and choose a name and a password.",
        "Set up the second factor. You need an authenticator app on your phone.",
        "Keep the backup codes in a safe place. They help you when the phone is missing.",
      ],
      closing: (until) =>
        `The link is valid until ${until}, and only once. If you did not expect this invitation, simply ignore this e-mail.`,
      link: "Accept the invitation",
    },
    reset: {
      subject: (club) => `New password for ${club}`,
      greeting: (name) => `Hello ${name},`,
      intro: "someone wants to set a new password for your account. If that was you, open the link.",
      validFor: "30 minutes",
      validLabel: "the link is valid, and only once",
      closing:
        "Your second factor stays as it is. If you did not want a new password, you need not do anything: your present one stays valid.",
      link: "Set a new password",
    },
  },
};
