import type { Language } from "../../mail/template/language.ts";
import type { Category } from "../availability/rush-category.ts";

/** What a mail about a booking is written for. */
export type Occasion = "booked" | "requested" | "confirmed" | "rescheduled" | "cancelled" | "reminder";

/** What stands in the mails about bookings, in one language. */
export interface BookingWords {
  subject: Record<Occasion, string>;
  intro: Record<Occasion, string>;
  /** After the intro, where nobody has confirmed the booking yet. */
  waiting: string;
  hello: (name: string) => string;
  /** After a time of day. */
  on: (date: string) => string;
  /** After a date, where it ends on another one. */
  until: (date: string) => string;
  details: string;
  at: (service: string, provider: string) => string;
  zone: (zone: string) => string;
  there: (period: string, zone: string) => string;
  price: (amount: string) => string;
  surcharge: Record<Exclude<Category, "normal">, string>;
  including: (percent: number, surcharge: string) => string;
  number: (id: string) => string;
  link: string;
  /** What to do where there is no link, and where only an earlier mail had one. */
  noLink: (provider: string) => string;
  earlierLink: (provider: string) => string;
  goodbye: string;
}

const DE: BookingWords = {
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
    requested: "deine Anfrage ist angekommen, und der Platz ist für dich reserviert.",
    confirmed: "dein Termin ist jetzt bestätigt.",
    rescheduled: "dein Termin ist verschoben; ab jetzt gilt diese Zeit.",
    cancelled: "dieser Termin ist abgesagt und findet nicht statt.",
    reminder: "bald ist dein Termin.",
  },
  waiting: "Der Termin muss noch bestätigt werden. Sobald das geschehen ist, bekommst du eine weitere E-Mail.",
  hello: (name) => (name ? `Hallo ${name},` : "Hallo,"),
  on: (date) => `Uhr am ${date}`,
  until: (date) => ` (bis ${date})`,
  details: "Der Termin",
  at: (service, provider) => `${service} bei ${provider}`,
  zone: (zone) => `Zeitzone: ${zone}`,
  there: (period, zone) => `Ortszeit des Anbieters: ${period} (${zone})`,
  price: (amount) => `Preis: ${amount}`,
  surcharge: { express: "Expresszuschlag", urgent: "Dringlichkeitszuschlag", emergency: "Notfallzuschlag" },
  including: (percent, surcharge) => `inkl. ${percent} % ${surcharge}`,
  number: (id) => `Buchungsnummer: ${id}`,
  link: "Termin ansehen, verschieben oder absagen",
  noLink: (provider) => `Möchtest du den Termin verschieben oder absagen, wende dich bitte an ${provider}.`,
  earlierLink: (provider) =>
    `Möchtest du den Termin verschieben oder absagen, nutze den Link in unserer ersten E-Mail dazu oder wende dich an ${provider}.`,
  goodbye: "Bis bald!",
};

const EN: BookingWords = {
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
    requested: "your request has arrived, and the place is reserved for you.",
    confirmed: "your appointment is now confirmed.",
    rescheduled: "your appointment has been moved; this is its new time.",
    cancelled: "this appointment is cancelled and will not take place.",
    reminder: "your appointment is coming up.",
  },
  waiting: "The appointment still has to be confirmed. As soon as it is, you will get another mail.",
  hello: (name) => (name ? `Hi ${name},` : "Hi,"),
  on: (date) => `on ${date}`,
  until: (date) => ` (until ${date})`,
  details: "The appointment",
  at: (service, provider) => `${service} with ${provider}`,
  zone: (zone) => `Time zone: ${zone}`,
  there: (period, zone) => `The provider's local time: ${period} (${zone})`,
  price: (amount) => `Price: ${amount}`,
  surcharge: { express: "express surcharge", urgent: "urgency surcharge", emergency: "emergency surcharge" },
  including: (percent, surcharge) => `incl. ${percent}% ${surcharge}`,
  number: (id) => `Booking number: ${id}`,
  link: "See, move or cancel the appointment",
  noLink: (provider) => `If you want to move or cancel the appointment, please get in touch with ${provider}.`,
  earlierLink: (provider) =>
    `If you want to move or cancel the appointment, use the link in our first mail about it or get in touch with ${provider}.`,
  goodbye: "See you soon!",
};

export const BOOKING_WORDS: Readonly<Record<Language, BookingWords>> = { de: DE, en: EN };
