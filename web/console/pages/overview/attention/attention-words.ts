import { counted } from "../../../words/plural.ts";

const en = {
  title: "Needs your attention",
  link: "All incidents",
  none: "Nothing needs you",
  noneNote: "Open incidents, conflicts, requests and refused mails appear here with the button that fixes them.",
  all: (count: string): string => `Show all ${count}`,
  since: (time: string): string => `Since ${time}`,
  alertSent: "alert sent",
  acknowledgedBy: (name: string): string => `acknowledged by ${name}`,
  note: (text: string): string => `“${text}”`,
  acknowledge: "Acknowledge",
  details: "Details",
  runAgain: "Run again",
  onClosedDay: (count: string): string =>
    counted(count, "booking falls on a closed day", "bookings fall on a closed day"),
  inBlockedSpan: (count: string): string =>
    counted(count, "booking falls into a blocked time", "bookings fall into a blocked time"),
  away: (provider: string, day: string, reason: string | undefined): string =>
    `${provider} is away on ${day}${reason === undefined ? "" : ` (${reason})`}.`,
  blocked: (provider: string, day: string, reason: string | undefined): string =>
    `${provider} is not available for a part of ${day}${reason === undefined ? "" : ` (${reason})`}.`,
  firstStart: (time: string): string => `The first starts ${time}.`,
  openBookings: (count: string): string => `See ${counted(count, "booking", "bookings")}`,
  request: (customer: string): string => `${customer} is waiting for an answer`,
  requestAbout: (service: string, provider: string, when: string): string => `${service} with ${provider}, ${when}.`,
  requested: (time: string): string => `Requested ${time}`,
  confirm: "Confirm",
  decline: "Decline",
  confirmTitle: "Confirm the booking",
  confirmText: (customer: string, about: string): string =>
    `${customer}: ${about} The customer gets a confirmation by mail.`,
  confirmed: (customer: string): string => `The booking of ${customer} is confirmed.`,
  declineTitle: "Decline the request",
  declineText: (customer: string, about: string): string =>
    `${customer}: ${about} The place becomes free, and the customer is told by mail.`,
  declined: (customer: string): string => `The request of ${customer} is declined.`,
  moreRequests: (count: string): string =>
    `${counted(count, "more request waits", "more requests wait")} for an answer`,
  moreRequestsText: "The bookings list has all of them.",
  seeRequests: "See requests",
  refused: (refused: string, attempted: string): string =>
    `${refused} of ${counted(attempted, "mail was", "mails were")} refused`,
  refusedWhy: (unknown: number, others: number, format: (value: number) => string): string =>
    [
      ...(unknown > 0 ? [counted(format(unknown), "mailbox does not exist", "mailboxes do not exist")] : []),
      ...(others > 0
        ? [
            counted(
              format(others),
              "message was rejected by the mail server",
              "messages were rejected by the mail server",
            ),
          ]
        : []),
    ].join(" and "),
  refusedRest: (delivered: number, format: (value: number) => string): string =>
    delivered > 0 ? `The other ${format(delivered)} ${delivered === 1 ? "was" : "were"} delivered.` : "",
  seeWho: "See who",
  unjudged: (count: string): string =>
    counted(count, "appointment of the last week has no outcome", "appointments of the last week have no outcome"),
  unjudgedText: (share: string): string =>
    `That is ${share} of the week; they count as attended until someone marks them.`,
  unjudgedMost: (consultant: string): string => `Most are ${consultant}’s.`,
  addOutcomes: "See appointments",
};

const de: typeof en = {
  title: "Braucht deine Aufmerksamkeit",
  link: "Alle Störungen",
  none: "Nichts braucht dich",
  noneNote: "Offene Störungen, Konflikte, Anfragen und abgelehnte Mails erscheinen hier, mit dem Knopf, der sie löst.",
  all: (count) => `Alle ${count} anzeigen`,
  since: (time) => `Seit ${time}`,
  alertSent: "Warnung verschickt",
  acknowledgedBy: (name) => `zur Kenntnis genommen von ${name}`,
  note: (text) => `„${text}“`,
  acknowledge: "Zur Kenntnis nehmen",
  details: "Einzelheiten",
  runAgain: "Noch einmal starten",
  onClosedDay: (count) =>
    counted(count, "Termin fällt auf einen geschlossenen Tag", "Termine fallen auf einen geschlossenen Tag"),
  inBlockedSpan: (count) =>
    counted(count, "Termin fällt in eine gesperrte Zeit", "Termine fallen in eine gesperrte Zeit"),
  away: (provider, day, reason) => `${provider} ist am ${day} nicht da${reason === undefined ? "" : ` (${reason})`}.`,
  blocked: (provider, day, reason) =>
    `${provider} ist am ${day} zeitweise gesperrt${reason === undefined ? "" : ` (${reason})`}.`,
  firstStart: (time) => `Der erste beginnt ${time}.`,
  openBookings: (count) => `${counted(count, "Termin", "Termine")} ansehen`,
  request: (customer) => `${customer} wartet auf eine Antwort`,
  requestAbout: (service, provider, when) => `${service} mit ${provider}, ${when}.`,
  requested: (time) => `Angefragt ${time}`,
  confirm: "Bestätigen",
  decline: "Ablehnen",
  confirmTitle: "Termin bestätigen",
  confirmText: (customer, about) => `${customer}: ${about} Der Kunde bekommt eine Bestätigung per Mail.`,
  confirmed: (customer) => `Der Termin von ${customer} ist bestätigt.`,
  declineTitle: "Anfrage ablehnen",
  declineText: (customer, about) => `${customer}: ${about} Der Platz wird frei, und der Kunde erfährt es per Mail.`,
  declined: (customer) => `Die Anfrage von ${customer} ist abgelehnt.`,
  moreRequests: (count) => `${counted(count, "weitere Anfrage wartet", "weitere Anfragen warten")} auf eine Antwort`,
  moreRequestsText: "In der Liste der Termine findest du alle.",
  seeRequests: "Anfragen ansehen",
  refused: (refused, attempted) =>
    `${refused} von ${counted(attempted, "Mail", "Mails")} ${refused === "1" ? "wurde" : "wurden"} abgelehnt`,
  refusedWhy: (unknown, others, format) =>
    [
      ...(unknown > 0 ? [counted(format(unknown), "Postfach gibt es nicht", "Postfächer gibt es nicht")] : []),
      ...(others > 0
        ? [counted(format(others), "Mail hat der Mailserver abgewiesen", "Mails hat der Mailserver abgewiesen")]
        : []),
    ].join(", "),
  refusedRest: (delivered, format) =>
    delivered > 0 ? `${delivered === 1 ? "Die andere ist" : `Die anderen ${format(delivered)} sind`} zugestellt.` : "",
  seeWho: "Betroffene ansehen",
  unjudged: (count) =>
    counted(count, "Termin der letzten Woche hat kein Ergebnis", "Termine der letzten Woche haben kein Ergebnis"),
  unjudgedText: (share) => `Das sind ${share} der Woche; sie zählen als erschienen, bis jemand sie kennzeichnet.`,
  unjudgedMost: (consultant) => `Die meisten sind von ${consultant}.`,
  addOutcomes: "Termine ansehen",
};

export type AttentionWords = typeof en;

/** The words for what waits for a person. */
export const attentionWords: Readonly<Record<"en" | "de", AttentionWords>> = { en, de };
