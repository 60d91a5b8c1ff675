import { type Language, LOCALE, languageOf } from "../../mail/template/language.ts";
import { asHtml, asText, type Letter } from "../../mail/template/letter.ts";
import type { Booking } from "../bookings/schema.ts";
import { BOOKING_WORDS, type Occasion } from "./booking-words.ts";

/**
 * Writes to a booking's customer, in their language and with times in their zone, as text and HTML. Pure.
 * @param link To the booking's page; undefined where nobody knows it.
 */
export function bookingLetter(
  booking: Booking,
  occasion: Occasion,
  link: string | undefined,
): { subject: string; text: string; html: string } {
  const language = languageOf(booking.language);
  const words = BOOKING_WORDS[language];
  const period = periodOf(booking, booking.timezone, language);
  const over = occasion === "cancelled";
  const letter: Letter = {
    title: words.subject[occasion],
    greeting: words.hello(booking.customerName),
    intro: [words.intro[occasion], ...(booking.status === "pending" ? [words.waiting] : [])].join(" "),
    headline: { value: period.hours, label: words.on(period.dates) },
    sections: [{ title: words.details, lines: details(booking, period, language) }],
    closing: over || link !== undefined ? words.goodbye : withoutLink(booking, language),
    action: over || link === undefined ? undefined : { label: words.link, url: link },
  };
  const subject = `${words.subject[occasion]}: ${booking.serviceName}, ${period.date}`;
  return { subject, text: asText(letter), html: asHtml(letter, language) };
}

/** Whoever changes a booking for its customer does not know the token; the first mail's link still holds. */
function withoutLink({ sequence, providerName }: Booking, language: Language): string {
  const { earlierLink, noLink } = BOOKING_WORDS[language];
  return sequence > 0 ? earlierLink(providerName) : noLink(providerName);
}

/** A booking's period as the clocks of a zone show it. */
interface LocalPeriod {
  /** `10:00–11:00`. */
  hours: string;
  /** `Montag, 9. Februar 2026`. */
  date: string;
  /** With the date it ends on, where that is another one. */
  dates: string;
  /** `Mitteleuropäische Sommerzeit`: which of the two, where the clock is put back. */
  zone: string;
}

function periodOf({ startsAt, endsAt }: Booking, timeZone: string, language: Language): LocalPeriod {
  const { clock, calendar, name } = formatsOf(timeZone, language);
  const named = name.formatToParts(startsAt);
  const [first, last] = [calendar.format(startsAt), calendar.format(endsAt)];
  return {
    hours: `${clock.format(startsAt)}–${clock.format(endsAt)}`,
    date: first,
    dates: first === last ? first : `${first}${BOOKING_WORDS[language].until(last)}`,
    zone: named.find(({ type }) => type === "timeZoneName")?.value ?? timeZone,
  };
}

/** More than there are zones and languages; but whoever books is free in how to write a zone. */
const MOST_FORMATS = 1000;
const formats = new Map<string, ReturnType<typeof newFormats>>();

/** Making them costs far more than using them, and a booking is made while others wait for its provider. */
function formatsOf(timeZone: string, language: Language) {
  const key = `${language} ${timeZone}`;
  const known = formats.get(key) ?? newFormats(timeZone, language);
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, known);
  return known;
}

function newFormats(timeZone: string, language: Language) {
  const locale = LOCALE[language];
  return {
    clock: new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    calendar: new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "full" }),
    name: new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "long" }),
  };
}

function details(booking: Booking, here: LocalPeriod, language: Language): string[] {
  const words = BOOKING_WORDS[language];
  return [
    words.at(booking.serviceName, booking.providerName),
    words.zone(here.zone),
    ...providersTime(booking, here, language),
    price(booking, language),
    words.number(booking.id),
  ];
}

/** What the provider's clock shows, where that is something else. */
function providersTime(booking: Booking, here: LocalPeriod, language: Language): string[] {
  if (booking.providerTimezone === booking.timezone) return [];
  const { hours, dates, zone } = periodOf(booking, booking.providerTimezone, language);
  if (hours === here.hours && dates === here.dates) return [];
  const words = BOOKING_WORDS[language];
  return [words.there(`${hours} ${words.on(dates)}`, zone)];
}

/** Without a currency: services are priced in the one their platform uses, and nobody tells us which. */
function price({ price, rushFeePercent, category }: Booking, language: Language): string {
  const words = BOOKING_WORDS[language];
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const amount = words.price(new Intl.NumberFormat(LOCALE[language], decimals).format(price));
  const surcharge = Object.entries(words.surcharge).find(([name]) => name === category)?.[1];
  if (rushFeePercent === 0 || surcharge === undefined) return amount;
  return `${amount} (${words.including(rushFeePercent, surcharge)})`;
}
