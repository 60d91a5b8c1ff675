import type { Language } from "../template/language.ts";
import { escapeHtml } from "../template/letter.ts";

/** What a reader may see at an unsubscribe link. No page says whose link it is: links are passed on and scanned. */
export type UnsubscribePage = "question" | "done" | "bad-link" | "not-configured" | "unavailable";

interface Words {
  title: string;
  text: string[];
  button?: string;
}

const DE: Record<UnsubscribePage, Words> = {
  question: {
    title: "E-Mails abbestellen?",
    text: ["Wochenbilanz und Monatsabschluss kommen dann nicht mehr per E-Mail."],
    button: "Abbestellen",
  },
  done: {
    title: "Abbestellt",
    text: [
      "Wochenbilanz und Monatsabschluss kommen nicht mehr per E-Mail. Eine, die schon unterwegs ist, kann dich noch erreichen.",
      "Anders überlegt? In den Einstellungen der Plattform kannst du die E-Mails jederzeit wieder einschalten.",
    ],
  },
  "bad-link": {
    title: "Dieser Link gilt nicht",
    text: [
      "Er ist unvollständig oder älter als ein halbes Jahr. Es wurde nichts geändert.",
      "Öffne den Abbestell-Link in der neuesten E-Mail von uns, oder schalte die E-Mails in den Einstellungen der Plattform aus.",
    ],
  },
  "not-configured": {
    title: "Abbestellen geht hier gerade nicht",
    text: ["Es wurde nichts geändert. Bitte schalte die E-Mails in den Einstellungen der Plattform aus."],
  },
  unavailable: {
    title: "Das hat gerade nicht geklappt",
    text: [
      "Bitte öffne den Link in ein paar Minuten noch einmal, oder schalte die E-Mails in den Einstellungen der Plattform aus.",
    ],
  },
};

const EN: Record<UnsubscribePage, Words> = {
  question: {
    title: "Unsubscribe?",
    text: ["Weekly and monthly summaries will no longer come by e-mail."],
    button: "Unsubscribe",
  },
  done: {
    title: "You are unsubscribed",
    text: [
      "Weekly and monthly summaries no longer come by e-mail. One that is already on its way may still reach you.",
      "Changed your mind? You can turn the mails on again at any time in the settings of the platform.",
    ],
  },
  "bad-link": {
    title: "This link is not valid",
    text: [
      "It is incomplete or older than half a year. Nothing was changed.",
      "Open the unsubscribe link in our latest mail, or turn the mails off in the settings of the platform.",
    ],
  },
  "not-configured": {
    title: "Unsubscribing does not work here at the moment",
    text: ["Nothing was changed. Please turn the mails off in the settings of the platform."],
  },
  unavailable: {
    title: "That did not work just now",
    text: ["Please open the link again in a few minutes, or turn the mails off in the settings of the platform."],
  },
};

const WORDS = { de: DE, en: EN };

/** A page as HTML. Its form posts to the address the page has, token and all, what a mail program would (RFC 8058). */
export function unsubscribePage(page: UnsubscribePage, language: Language): string {
  const { title, text, button } = WORDS[language][page];
  const form =
    button === undefined
      ? ""
      : `<form method="post"><button name="List-Unsubscribe" value="One-Click">${escapeHtml(button)}</button></form>`;
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/style.css"></head>
<body><main class="card"><h1>${escapeHtml(title)}</h1>
${text.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("\n")}
${form}</main></body></html>
`;
}
