import { LOCALE, languageOf } from "../../mail/template/language.ts";
import { asHtml, asText, type Letter } from "../../mail/template/letter.ts";
import { memoize } from "../../memo.ts";
import type { Language } from "../../users/languages.ts";
import type { Booking } from "../bookings/schema.ts";
import { BOOKING_TEXTS, type Occasion } from "./booking-texts.ts";

/**
 * Writes a mail to a booking's customer as text and HTML, in the customer's language and time zone. Pure.
 * @param link The link to the booking's page; undefined if it cannot be made.
 */
export function bookingLetter(
  booking: Booking,
  occasion: Occasion,
  link: string | undefined,
): { subject: string; text: string; html: string } {
  const language = languageOf(booking.language);
  const texts = BOOKING_TEXTS[language];
  const period = localPeriod(booking, booking.timezone, language);
  const isOver = occasion === "cancelled";
  const letter: Letter = {
    title: texts.subject[occasion],
    greeting: texts.greeting(booking.customerName),
    intro: [texts.intro[occasion], ...(booking.status === "pending" ? [texts.unconfirmed] : [])].join(" "),
    headline: { value: period.hours, label: texts.onDate(period.dates) },
    sections: [{ title: texts.detailsTitle, lines: details(booking, period, language) }],
    closing: isOver || link !== undefined ? texts.closing : contactHint(booking, language),
    action: isOver || link === undefined ? undefined : { label: texts.linkLabel, url: link },
  };
  const subject = `${texts.subject[occasion]}: ${booking.serviceName}, ${period.date}`;
  return { subject, text: asText(letter), html: asHtml(letter, language) };
}

/** Says how to change a booking without a link in this mail. The link of an earlier mail stays valid. */
function contactHint({ sequence, providerName }: Booking, language: Language): string {
  const { earlierLink, noLink } = BOOKING_TEXTS[language];
  return sequence > 0 ? earlierLink(providerName) : noLink(providerName);
}

/** A booking's period on the clocks of a time zone. */
interface LocalPeriod {
  /** `10:00–11:00`. */
  hours: string;
  /** The start date: `Montag, 9. Februar 2026`. */
  date: string;
  /** The start date, and the end date if it differs. */
  dates: string;
  /** `Mitteleuropäische Sommerzeit`; tells the two apart when an hour occurs twice. */
  zone: string;
}

function localPeriod({ startsAt, endsAt }: Booking, timeZone: string, language: Language): LocalPeriod {
  const { clock, calendar, name } = formatsOf(timeZone, language);
  const nameParts = name.formatToParts(startsAt);
  const [first, last] = [calendar.format(startsAt), calendar.format(endsAt)];
  return {
    hours: `${clock.format(startsAt)}–${clock.format(endsAt)}`,
    date: first,
    dates: first === last ? first : `${first}${BOOKING_TEXTS[language].untilDate(last)}`,
    zone: nameParts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone,
  };
}

/** More than there are zones and languages. The limit is needed because a request may write a zone in many ways. */
const MAX_FORMATS = 1000;
/** Creating formats costs far more than using them, and other bookings wait for the provider's lock meanwhile. */
const formatsFor = memoize(MAX_FORMATS, (key: string) => {
  const [locale = "", timeZone = ""] = key.split(" ");
  return {
    clock: new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    calendar: new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "full" }),
    name: new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "long" }),
  };
});

const formatsOf = (timeZone: string, language: Language) => formatsFor(`${LOCALE[language]} ${timeZone}`);

function details(booking: Booking, customerPeriod: LocalPeriod, language: Language): string[] {
  const texts = BOOKING_TEXTS[language];
  return [
    texts.service(booking.serviceName, booking.providerName),
    texts.timeZone(customerPeriod.zone),
    ...providerTime(booking, customerPeriod, language),
    price(booking, language),
    texts.bookingNumber(booking.id),
  ];
}

/** The time on the provider's clock, if it differs from the customer's. */
function providerTime(booking: Booking, customerPeriod: LocalPeriod, language: Language): string[] {
  if (booking.providerTimezone === booking.timezone) return [];
  const { hours, dates, zone } = localPeriod(booking, booking.providerTimezone, language);
  if (hours === customerPeriod.hours && dates === customerPeriod.dates) return [];
  const texts = BOOKING_TEXTS[language];
  return [texts.providerTime(`${hours} ${texts.onDate(dates)}`, zone)];
}

/** Prices have no currency, because services are priced in the platform's and no setting names it. */
function price({ price, rushFeePercent, category }: Booking, language: Language): string {
  const texts = BOOKING_TEXTS[language];
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const amount = texts.price(new Intl.NumberFormat(LOCALE[language], decimals).format(price));
  const surcharge = Object.entries(texts.surcharge).find(([name]) => name === category)?.[1];
  if (rushFeePercent === 0 || surcharge === undefined) return amount;
  return `${amount} (${texts.includedSurcharge(rushFeePercent, surcharge)})`;
}
