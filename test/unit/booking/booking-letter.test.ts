import { describe, expect, it } from "vitest";
import type { Booking } from "../../../lib/booking/bookings/schema.ts";
import { bookingLetter } from "../../../lib/booking/messages/booking-letter.ts";
import type { Occasion } from "../../../lib/booking/messages/booking-texts.ts";
import { booking } from "../../worlds/bookings.ts";

/** The contents of mails about bookings. */

const LINK = "https://taktwerk.example/booking.html#id.token";

const letter = (over: Partial<Booking> = {}, occasion: Occasion = "booked", link: string | undefined = LINK) =>
  bookingLetter(booking(over), occasion, link);

describe("a letter about a booking", () => {
  it("states the service, provider, time, price and possible changes in German", () => {
    const { subject, text } = letter({ id: "b-1", price: 1234.5 });
    expect(subject).toBe("Termin bestätigt: Massage, Dienstag, 10. März 2026");
    expect(text).toBe(`Hallo Ada,

dein Termin ist gebucht und bestätigt.

10:00–11:00 Uhr am Dienstag, 10. März 2026

Dein Termin
  - Massage bei Praxis Nord
  - Zeitzone: Mitteleuropäische Normalzeit
  - Preis: 1.234,50
  - Buchungsnummer: b-1

Bis bald!

Termin ansehen, verschieben oder absagen:
${LINK}`);
  });

  it("states the same in English", () => {
    const { subject, text } = letter({ id: "b-1", price: 1234.5, language: "en" });
    expect(subject).toBe("Your appointment is confirmed: Massage, Tuesday, 10 March 2026");
    expect(text).toContain("10:00–11:00 on Tuesday, 10 March 2026");
    expect(text).toContain("  - Massage with Praxis Nord\n  - Time zone: Central European Standard Time\n");
    expect(text).toContain("  - Price: 1,234.50\n");
    expect(text).toContain(`View, move or cancel the appointment:\n${LINK}`);
  });

  it.each([
    ["booked", {}, "Termin bestätigt", "gebucht und bestätigt"],
    ["requested", { status: "pending" }, "Terminanfrage erhalten", "muss noch bestätigt werden"],
    ["confirmed", {}, "Termin bestätigt", "jetzt bestätigt"],
    ["rescheduled", {}, "Termin verschoben", "wurde verschoben"],
    ["rescheduled", { status: "pending" }, "Termin verschoben", "muss noch bestätigt werden"],
    ["cancelled", { status: "cancelled" }, "Termin abgesagt", "findet nicht statt"],
    ["reminder", {}, "Erinnerung an deinen Termin", "steht bald an"],
  ] as [Occasion, Partial<Booking>, string, string][])(
    "has the subject and text for %s (%j)",
    (occasion, over, title, words) => {
      const { subject, text, html } = letter(over, occasion);
      expect(subject).toMatch(new RegExp(`^${title}: Massage, `));
      expect(text).toContain(words);
      expect(html).toContain(words);
    },
  );

  it.each([
    ["express", 50, "60,00 (inkl. 50 % Expresszuschlag)"],
    ["urgent", 75, "60,00 (inkl. 75 % Dringlichkeitszuschlag)"],
    ["emergency", 100, "60,00 (inkl. 100 % Notfallzuschlag)"],
    ["normal", 0, "60,00"],
  ] as const)("names the surcharge of the category %s", (category, rushFeePercent, words) => {
    expect(letter({ category, rushFeePercent, price: 60 }).text).toContain(`  - Preis: ${words}\n`);
  });

  it.each([
    ["Asia/Kathmandu", "14:45–15:45 Uhr am Dienstag, 10. März 2026 (Nepalesische Zeit)"],
    ["Pacific/Auckland", "22:00–23:00 Uhr am Dienstag, 10. März 2026 (Neuseeland-Sommerzeit)"],
    ["America/Los_Angeles", "02:00–03:00 Uhr am Dienstag, 10. März 2026 (Nordamerikanische Westküsten-Sommerzeit)"],
  ])("states the provider's local time in %s", (providerTimezone, words) => {
    expect(letter({ providerTimezone }).text).toContain(`  - Ortszeit des Anbieters: ${words}\n`);
  });

  it.each(["Europe/Berlin", "Europe/Vienna", "Africa/Lagos"])(
    "omits the provider's local time if it is the same, as in %s",
    (providerTimezone) => {
      expect(letter({ providerTimezone }).text).not.toContain("Ortszeit");
    },
  );

  it("states the end date if it differs from the start date", () => {
    const { text, subject } = letter({ startsAt: new Date("2026-03-10T22:30:00Z") });
    expect(text).toContain("23:30–00:30 Uhr am Dienstag, 10. März 2026 (bis Mittwoch, 11. März 2026)");
    expect(subject).toMatch(/Dienstag, 10\. März 2026$/);
  });

  it.each([
    ["2026-10-25T00:30:00Z", "02:30–02:30", "Mitteleuropäische Sommerzeit"],
    ["2026-10-25T01:30:00Z", "02:30–03:30", "Mitteleuropäische Normalzeit"],
    ["2026-03-29T00:30:00Z", "01:30–03:30", "Mitteleuropäische Normalzeit"],
  ])("at %s distinguishes hours that the clock shows twice", (startsAt, hours, zone) => {
    const { text } = letter({ startsAt: new Date(startsAt) });
    expect(text).toContain(`${hours} Uhr am`);
    expect(text).toContain(`Zeitzone: ${zone}`);
  });

  it("names the provider as contact without a link, and has no link for a cancelled booking", () => {
    const { text, html } = bookingLetter(booking(), "confirmed", undefined);
    expect(text).toContain("Wenn du den Termin verschieben oder absagen möchtest, wende dich bitte an Praxis Nord.");
    expect(html).not.toContain("<a ");
    const cancelled = letter({ status: "cancelled" }, "cancelled");
    expect(cancelled.text).not.toContain("https:");
    expect(cancelled.html).not.toContain("<a ");
  });

  it("escapes names in HTML", () => {
    const names = { serviceName: '<img src=x onerror="x">', providerName: "</title><b>", customerName: "'\"&<script>" };
    const { html, text } = letter(names, "booked", `${LINK}"><b>`);
    expect(html).not.toMatch(/<(img|script|b)\b|<\/title><b>/);
    for (const name of Object.values(names)) expect(text).toContain(name);
  });

  it("has no unsubscribe link", () => {
    expect(letter().html.match(/<a /g)?.length).toBe(1);
    expect(letter().text).not.toMatch(/abbestellen/i);
  });
});
