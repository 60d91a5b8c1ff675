import type { Language } from "../../users/languages.ts";
import type { Category } from "../availability/surcharge.ts";

/** The reason for a mail about a booking. */
export type Occasion = "booked" | "requested" | "confirmed" | "rescheduled" | "cancelled" | "reminder";

/** The texts of booking mails in one language. */
export interface BookingTexts {
  subject: Record<Occasion, string>;
  intro: Record<Occasion, string>;
  /** Follows the intro if the booking is not confirmed yet. */
  unconfirmed: string;
  greeting: (name: string) => string;
  /** Follows a time of day. */
  onDate: (date: string) => string;
  /** Follows a date if the booking ends on another one. */
  untilDate: (date: string) => string;
  detailsTitle: string;
  service: (service: string, provider: string) => string;
  timeZone: (zone: string) => string;
  providerTime: (period: string, zone: string) => string;
  price: (amount: string) => string;
  surcharge: Record<Exclude<Category, "normal">, string>;
  includedSurcharge: (percent: number, surcharge: string) => string;
  bookingNumber: (id: string) => string;
  linkLabel: string;
  /** For a mail without a link. */
  noLink: (provider: string) => string;
  /** For a mail without a link after an earlier mail had one. */
  earlierLink: (provider: string) => string;
  closing: string;
}

const DE: BookingTexts = {
  subject: {
    booked: "Termin bestätigt",
    requested: "Terminanfrage erhalten",
    confirmed: "Termin bestätigt",
    rescheduled: "Termin verschoben",
    cancelled: "Termin abgesagt",
    reminder: "Erinnerung an deinen Termin",
  },
  intro: {
    booked: "dein Termin ist gebucht und bestätigt.",
    requested: "deine Anfrage ist bei uns angekommen, und der Platz ist für dich reserviert.",
    confirmed: "dein Termin ist jetzt bestätigt.",
    rescheduled: "dein Termin wurde verschoben. Die neue Zeit findest du unten.",
    cancelled: "dein Termin wurde abgesagt und findet nicht statt.",
    reminder: "dein Termin steht bald an.",
  },
  unconfirmed: "Der Termin muss noch bestätigt werden. Sobald das passiert ist, schreiben wir dir.",
  greeting: (name) => (name ? `Hallo ${name},` : "Hallo,"),
  onDate: (date) => `Uhr am ${date}`,
  untilDate: (date) => ` (bis ${date})`,
  detailsTitle: "Dein Termin",
  service: (service, provider) => `${service} bei ${provider}`,
  timeZone: (zone) => `Zeitzone: ${zone}`,
  providerTime: (period, zone) => `Ortszeit des Anbieters: ${period} (${zone})`,
  price: (amount) => `Preis: ${amount}`,
  surcharge: { express: "Expresszuschlag", urgent: "Dringlichkeitszuschlag", emergency: "Notfallzuschlag" },
  includedSurcharge: (percent, surcharge) => `inkl. ${percent} % ${surcharge}`,
  bookingNumber: (id) => `Buchungsnummer: ${id}`,
  linkLabel: "Termin ansehen, verschieben oder absagen",
  noLink: (provider) => `Wenn du den Termin verschieben oder absagen möchtest, wende dich bitte an ${provider}.`,
  earlierLink: (provider) =>
    `Wenn du den Termin verschieben oder absagen möchtest, nutze den Link in unserer ersten E-Mail zu diesem Termin oder wende dich an ${provider}.`,
  closing: "Bis bald!",
};

const EN: BookingTexts = {
  subject: {
    booked: "Your appointment is confirmed",
    requested: "We have received your request",
    confirmed: "Your appointment is confirmed",
    rescheduled: "Your appointment has been moved",
    cancelled: "Your appointment is cancelled",
    reminder: "Reminder of your appointment",
  },
  intro: {
    booked: "your appointment is booked and confirmed.",
    requested: "we have received your request and reserved the place for you.",
    confirmed: "your appointment is now confirmed.",
    rescheduled: "your appointment has been moved. You can find the new time below.",
    cancelled: "your appointment has been cancelled and will not take place.",
    reminder: "your appointment is coming up.",
  },
  unconfirmed: "The appointment still has to be confirmed. We will write to you as soon as it is.",
  greeting: (name) => (name ? `Hi ${name},` : "Hi,"),
  onDate: (date) => `on ${date}`,
  untilDate: (date) => ` (until ${date})`,
  detailsTitle: "Your appointment",
  service: (service, provider) => `${service} with ${provider}`,
  timeZone: (zone) => `Time zone: ${zone}`,
  providerTime: (period, zone) => `The provider's local time: ${period} (${zone})`,
  price: (amount) => `Price: ${amount}`,
  surcharge: { express: "express surcharge", urgent: "urgency surcharge", emergency: "emergency surcharge" },
  includedSurcharge: (percent, surcharge) => `incl. ${percent}% ${surcharge}`,
  bookingNumber: (id) => `Booking number: ${id}`,
  linkLabel: "View, move or cancel the appointment",
  noLink: (provider) => `To move or cancel the appointment, please contact ${provider}.`,
  earlierLink: (provider) =>
    `To move or cancel the appointment, use the link in our first mail about it or contact ${provider}.`,
  closing: "See you soon!",
};

export const BOOKING_TEXTS: Readonly<Record<Language, BookingTexts>> = { de: DE, en: EN };
