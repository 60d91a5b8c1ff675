import type { mail as english } from "../en/mail.ts";

export const mail: typeof english = {
  queue: "Warteschlange",
  waiting: "Warten",
  due: (count) => `davon ${count} fällig`,
  age: "Alter der Warteschlange",
  ageNote: "seit die älteste Mail fällig war",
  drain: "Zeit bis zur leeren Warteschlange",
  drainNote: "im Takt des Versands",
  scheduled: "Für später",
  scheduledNote: "noch nicht fällig",
  unknown: "Zustellung unbekannt",
  unknownNote: "erneut nur von Hand",
  days: "Mails nach Tag und Zustand",
  noMails: "Keine Mails in diesen Tagen.",
  states: {
    sent: "gesendet",
    pending: "wartet",
    retrying: "neuer Versuch",
    skipped: "ausgelassen",
    failed: "fehlgeschlagen",
  },
  failed: "Fehlgeschlagene Mails",
  noneFailed: "Keine Mail ist fehlgeschlagen.",
  recipient: "Empfänger",
  subject: "Betreff",
  reason: "Grund",
  createdAt: "Eingeplant",
  processedAt: "Fehlgeschlagen",
  retry: "Erneut senden",
  retryTitle: "Diese Mail erneut senden?",
  retryText: (recipient, subject) =>
    `„${subject}“ an ${recipient} wird wieder eingeplant und geht mit dem nächsten Versand raus.`,
  retryUnknown:
    "Ist die Zustellung unbekannt, kann die Mail doppelt ankommen. Ist die Adresse gesperrt, wird sie wieder freigegeben.",
  retryAll: "Alle erneut senden",
  retryAllTitle: "Alle fehlgeschlagenen Mails erneut senden?",
  retryAllText:
    "Alle fehlgeschlagenen Mails werden wieder eingeplant, auch die hier nicht angezeigten, und gehen mit den nächsten Versandläufen raus.",
  retryAllLeft: "Ausgenommen sind Mails, die vielleicht schon angekommen sind, und Mails an gesperrte Adressen.",
};
