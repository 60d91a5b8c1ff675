import type { Language } from "../../users/languages.ts";
import { escapeHtml } from "../template/letter.ts";

/** The pages behind an unsubscribe link. None of them names the user, since links are forwarded and scanned. */
export type UnsubscribePage = "question" | "done" | "bad-link" | "not-configured" | "unavailable";

interface PageText {
  title: string;
  text: string[];
  button?: string;
}

const DE: Record<UnsubscribePage, PageText> = {
  question: {
    title: "E-Mails abbestellen?",
    text: ["Du bekommst Wochenbilanz und Monatsabschluss dann nicht mehr per E-Mail."],
    button: "Abbestellen",
  },
  done: {
    title: "Abbestellt",
    text: [
      "Du bekommst Wochenbilanz und Monatsabschluss nicht mehr per E-Mail. Eine E-Mail, die schon unterwegs ist, kann dich noch erreichen.",
      "Anders überlegt? In den Einstellungen der Plattform kannst du die E-Mails jederzeit wieder einschalten.",
    ],
  },
  "bad-link": {
    title: "Dieser Link ist ungültig",
    text: [
      "Er ist unvollständig oder älter als ein halbes Jahr. Es wurde nichts geändert.",
      "Öffne den Abbestell-Link in der neuesten E-Mail von uns, oder schalte die E-Mails in den Einstellungen der Plattform aus.",
    ],
  },
  "not-configured": {
    title: "Abbestellen ist hier gerade nicht möglich",
    text: ["Es wurde nichts geändert. Bitte schalte die E-Mails in den Einstellungen der Plattform aus."],
  },
  unavailable: {
    title: "Das hat gerade nicht geklappt",
    text: [
      "Bitte öffne den Link in ein paar Minuten noch einmal, oder schalte die E-Mails in den Einstellungen der Plattform aus.",
    ],
  },
};

const EN: Record<UnsubscribePage, PageText> = {
  question: {
    title: "Unsubscribe?",
    text: ["You will no longer receive weekly and monthly summaries by e-mail."],
    button: "Unsubscribe",
  },
  done: {
    title: "You are unsubscribed",
    text: [
      "You will no longer receive weekly and monthly summaries by e-mail. One that is already on its way may still reach you.",
      "Changed your mind? You can turn the e-mails on again at any time in the settings of the platform.",
    ],
  },
  "bad-link": {
    title: "This link is not valid",
    text: [
      "It is incomplete or older than half a year. Nothing was changed.",
      "Open the unsubscribe link in our latest e-mail, or turn the e-mails off in the settings of the platform.",
    ],
  },
  "not-configured": {
    title: "Unsubscribing is not possible here at the moment",
    text: ["Nothing was changed. Please turn the e-mails off in the settings of the platform."],
  },
  unavailable: {
    title: "That did not work just now",
    text: ["Please open the link again in a few minutes, or turn the e-mails off in the settings of the platform."],
  },
};

const TEXTS = { de: DE, en: EN };

/** Renders a page as HTML. Its form posts the one-click request of RFC 8058 to the URL of the page. */
export function unsubscribePage(page: UnsubscribePage, language: Language): string {
  const { title, text, button } = TEXTS[language][page];
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
