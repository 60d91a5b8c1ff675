import { describe, expect, it } from "vitest";
import { formatOf } from "../../../web/console/ui/format.ts";

const AT = "2026-12-01T07:12:09Z";
const NOW = new Date("2026-12-01T12:00:00Z");

describe("the console's formats", () => {
  const [en, de] = [formatOf("en", "Europe/Berlin"), formatOf("de", "Europe/Berlin")];

  it.each([
    ["time", en.time(AT), "08:12", de.time(AT), "08:12"],
    ["seconds", en.seconds(AT), "08:12:09", de.seconds(AT), "08:12:09"],
    ["midnight", en.time("2026-11-30T23:00:00Z"), "00:00", de.time("2026-11-30T23:00:00Z"), "00:00"],
    ["dateTime", en.dateTime(AT, NOW), "Tue 1 Dec, 08:12", de.dateTime(AT, NOW), "Di, 1. Dez., 08:12"],
    [
      "dateTime of another year",
      ...[en.dateTime("2025-12-01T07:12:00Z", NOW), "Mon 1 Dec 2025, 08:12"],
      ...[de.dateTime("2025-12-01T07:12:00Z", NOW), "Mo, 1. Dez. 2025, 08:12"],
    ],
    [
      "longDateTime",
      ...[en.longDateTime(AT), "Tuesday 1 December 2026, 08:12"],
      ...[de.longDateTime(AT), "Dienstag, 1. Dezember 2026, 08:12"],
    ],
    ["day", en.day("2026-12-01"), "Tue 1 Dec", de.day("2026-12-01"), "Di, 1. Dez."],
    ["shortDay", en.shortDay("2026-11-09"), "9 Nov", de.shortDay("2026-11-09"), "9. Nov."],
    [
      "range",
      ...[en.range("2026-11-23", "2026-11-29"), "23 – 29 November 2026"],
      ...[de.range("2026-11-23", "2026-11-29"), "23.–29. November 2026"],
    ],
    ["month", en.month("2026-12"), "December 2026", de.month("2026-12-24"), "Dezember 2026"],
    ["weekday", en.weekday(0), "Mon", de.weekday(6), "So"],
    ["number", en.number(1_284), "1,284", de.number(1_284), "1.284"],
    ["percent", en.percent(78.34), "78.3%", de.percent(78.34), "78,3 %"],
    ["money", en.money(7_500), "€75.00", de.money(7_500), "75,00 €"],
    ["duration", en.duration(200_000), "3 min 20 s", de.duration(100 * 3_600_000), "4 T 4 h"],
    ["relative", en.relative(AT, NOW), "4 hours ago", de.relative(AT, NOW), "vor 4 Stunden"],
    ["nothing known", en.percent(null), "–", de.duration(undefined), "–"],
  ])("write %s in English and German", (_name, english, expectedEnglish, german, expectedGerman) => {
    const written = (text: string) => text.replace(/\s/g, " ");
    expect([written(english), written(german)]).toEqual([expectedEnglish, expectedGerman]);
  });

  it("know the date of an instant in the zone", () => {
    expect(formatOf("en", "Pacific/Auckland").dateOf("2026-12-31T12:00:00Z")).toBe("2027-01-01");
    expect(en.dateOf("2026-12-31T23:30:00Z")).toBe("2027-01-01");
  });
});
