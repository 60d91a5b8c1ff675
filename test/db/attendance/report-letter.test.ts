import { eq } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { loadTotalMetrics } from "../../../lib/attendance/metrics/report-queries.ts";
import { chartSvg, dayBar } from "../../../lib/attendance/report/chart.ts";
import { createFormats } from "../../../lib/attendance/report/formats.ts";
import { reportLetter } from "../../../lib/attendance/report/report-letter.ts";
import { REPORT_TEXTS } from "../../../lib/attendance/report/report-texts.ts";
import { loadWeek, type WeekData } from "../../../lib/attendance/report/week-data.ts";
import { dailyMetrics } from "../../../lib/attendance/schema.ts";
import type { Db } from "../../../lib/db/db.ts";
import { INLINE_IMAGE } from "../../../lib/mail/template/inline-image.ts";
import { addWeek } from "../../support/attendance/report-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { addReportDays } from "../../worlds/report-days.ts";

/** The content of the weekly report. */

const it = databaseTest();
let db: Db;
beforeEach<{ db: Db }>(({ db: own }) => {
  db = own;
});

async function readWeek(): Promise<WeekData> {
  const today = "2026-02-16";
  const week = await loadTotalMetrics(db, { from: "2026-02-09", to: "2026-02-15" }, today);
  return loadWeek(db, week, today);
}

/** Replaces special spaces, and separates columns by one space. */
const plain = (text: string): string => text.replaceAll("\u00a0", " ").replaceAll(/ {2,}/g, " ");

const letter = async (language: "de" | "en" = "de", withChart = true) => {
  const { subject, text, html } = reportLetter(await readWeek(), language, withChart);
  return { subject: plain(subject), text: plain(text), html: plain(html) };
};

/** A week with 23 appointments and 18 completed ones, after a week with 20 and 15. */
async function addTwoWeeks(): Promise<void> {
  await addWeek(
    db,
    {
      date: "2026-02-09",
      completed: 10,
      sold: 4,
      noShows: 1,
      ghosts: 1,
      hours: { "09:00": { completed: 4, noShows: 1 }, "14:00": { completed: 6, ghosts: 1 } },
      consultants: { "Anna Vogel": { completed: 4, noShows: 1 }, "Bernd <b>": { completed: 6, ghosts: 1 } },
    },
    {
      date: "2026-02-12",
      completed: 8,
      sold: 2,
      cancelled: 1,
      rescheduled: 1,
      overhang: 1,
      hours: { "14:00": { completed: 8, cancelled: 1, rescheduled: 1, overhang: 1 } },
      consultants: { "Anna Vogel": { completed: 8, cancelled: 1, rescheduled: 1 }, Unknown: { overhang: 1 } },
    },
  );
  const idle = ["2026-02-03", "2026-02-04", "2026-02-05", "2026-02-06", "2026-02-07", "2026-02-08"];
  await addReportDays(
    db,
    { date: "2026-02-02", completed: 15, sold: 3, noShows: 2, cancelled: 3 },
    ...idle.map((date) => ({ date })),
  );
}

describe("the report in German", () => {
  beforeEach(addTwoWeeks);

  it("names the show rate and the week in its subject", async () => {
    expect((await letter()).subject).toBe("Auftauchquote der Woche: 78,26 % (9.–15. Februar 2026)");
  });

  it("starts with the show rate and its change", async () => {
    expect((await letter()).text).toContain("78,26 % Auftauchquote, +3,26 Punkte zur Vorwoche");
  });

  it("compares every metric with the week before", async () => {
    const { text } = await letter();
    expect(text.slice(text.indexOf("Im Vergleich"), text.indexOf("\n\nNach Tagen\n")).trim().split("\n")).toEqual([
      "Im Vergleich",
      "",
      "Vorwoche: 2.–8. Februar 2026",
      "Kennzahl Woche Änderung Vorwoche",
      expect.stringMatching(/^[─ ]+$/),
      "Auftauchquote 78,26 % +3,26 Punkte 75,00 %",
      "Netto-Auftauchquote 85,71 % −2,53 Punkte 88,24 %",
      "Erfolgsrate 33,33 % +13,33 Punkte 20,00 %",
      "No-Show-Quote 8,70 % −1,3 Punkte 10,00 %",
      "Absagequote 4,35 % −10,65 Punkte 15,00 %",
      "Termine 23 +3 20",
      "Erschienen 18 +3 15",
      "Abschlüsse 6 +3 3",
      "Nicht erschienen 1 −1 2",
      "Ghosts 1 +1 0",
      "Abgesagt 1 −2 3",
      "Verschoben 1 +1 0",
      "Überhang 1 +1 0",
    ]);
  });

  it("has a line for each day and one for the week", async () => {
    const { text } = await letter();
    expect(text).toContain(
      [
        "Mo 9.2. 83,33 % 12 10 2 0 0",
        "Di 10.2. – 0 0 0 0 0",
        "Mi 11.2. – 0 0 0 0 0",
        "Do 12.2. 72,73 % 11 8 0 2 1",
        "Fr 13.2. – 0 0 0 0 0",
        "Sa 14.2. – 0 0 0 0 0",
        "So 15.2. – 0 0 0 0 0",
        "Woche 78,26 % 23 18 2 2 1",
      ].join("\n"),
    );
  });

  it("has a line for each consultant, the most appointments first", async () => {
    const { text, html } = await letter();
    expect(text).toContain(
      ["Anna Vogel 80,00 % 15 12 1 2 0", "Bernd <b> 85,71 % 7 6 1 0 0", "Unbekannt 0,00 % 1 0 0 0 1"].join("\n"),
    );
    expect(html).toContain("Bernd &#60;b&#62;");
    expect(html).not.toContain("<b>");
  });

  it("names the hours with the highest no-show rates, from five appointments on", async () => {
    const { text } = await letter();
    const hours = text.slice(text.indexOf("Stunden mit"), text.indexOf("Hinweise")).trim().split("\n").slice(1);
    expect(hours).toEqual([" - 9–10 Uhr: 20,00 % No-Shows (1 von 5)", " - 14–15 Uhr: 5,56 % No-Shows (1 von 18)"]);
  });

  it("does not compare with an incomplete week, and says so", async () => {
    await db.delete(dailyMetrics).where(eq(dailyMetrics.date, "2026-02-05"));
    const { text } = await letter();
    expect(text).toContain("\n78,26 % Auftauchquote\n");
    expect(text).toContain("Termine 23 – –");
    expect(text).toContain("Für die Vorwoche liegen nur 6 von 7 Tagen vor, deshalb fehlt der Vergleich.");
  });

  it("names the days without appointments", async () => {
    const { text } = await letter();
    expect(text).toContain(
      "Ohne Termine: Dienstag, 10. Februar, Mittwoch, 11. Februar, Freitag, 13. Februar, Samstag, 14. Februar und Sonntag, 15. Februar.",
    );
  });

  it("states all numbers of the chart in the text and in the alternative text", async () => {
    const { days } = await readWeek();
    const bars = days.map((day) => dayBar(day, createFormats("de")));
    const { text, html } = await letter();
    const alt = /<img [^>]*alt="([^"]*)"/.exec(html)?.[1] ?? "";
    expect(alt).toContain("Mo 9. 12 (83 %, 4 mit Abschluss); Di 10. 0 (–, 0 mit Abschluss)");
    for (const { label, rate, parts } of bars) {
      for (const description of [text, alt]) {
        const { sold, completed, missed, cancelled, overhang } = parts;
        const total = sold + completed + missed + cancelled + overhang;
        expect(description).toContain(`${label} ${total} (${plain(rate)}, ${sold} mit Abschluss)`);
      }
    }
    // All rates in the picture are in the text, exactly as written.
    const svg = plain(chartSvg(bars, REPORT_TEXTS.de.chart));
    for (const [, rate = ""] of svg.matchAll(/>(\d+ %)</g)) expect(text).toContain(rate);
  });

  it("lacks nothing but the picture without a chart", async () => {
    const [withChart, without] = [await letter("de", true), await letter("de", false)];
    expect(withChart.html.split(`src="${INLINE_IMAGE}" `)).toHaveLength(2);
    expect(withChart.html).toContain('width="600" height="440"');
    expect(without.html).not.toContain("<img");
    expect(without.text).not.toContain("Diagramm");
    expect(without.text).toContain("Woche 78,26 % 23 18 2 2 1");
  });

  it("has no unsubscribe link", async () => {
    expect((await letter()).html).not.toContain("<a ");
  });
});

describe("the report in English", () => {
  beforeEach(addTwoWeeks);

  it("has the same content in English", async () => {
    const { subject, text } = await letter("en");
    expect(subject).toBe("Show rate of the week: 78.26% (9 – 15 February 2026)");
    for (const line of [
      "78.26% show rate, +3.26 points on the week before",
      "Net show rate 85.71% −2.53 points 88.24%",
      "Mon 9 Feb 83.33% 12 10 2 0 0",
      "Anna Vogel 80.00% 15 12 1 2 0",
      "Unknown 0.00% 1 0 0 0 1",
      "09:00–10:00: 20.00% no-shows (1 of 5)",
      "Mon 9 12 (83%, 4 sold); Tue 10 0 (–, 0 sold)",
    ]) {
      expect(text).toContain(line);
    }
  });

  it("contains no German", async () => {
    const { text, html } = await letter("en");
    expect(html).toContain('<html lang="en">');
    expect(text + html).not.toMatch(/Woche|Termin|Auftauchquote|[äöüß]/i);
  });
});

describe("the numbers of the report", () => {
  it("are those of the stored metrics", async () => {
    const days = ["2026-02-09", "2026-02-10", "2026-02-11", "2026-02-14"].map((date, n) => ({
      date,
      completed: 137 * n + 3,
      sold: 31 * n + 1,
      noShows: 11 * n,
      ghosts: 3 - n < 0 ? 0 : 3 - n,
      cancelled: 7 + n,
      rescheduled: 2 * n,
      overhang: n,
    }));
    await addWeek(db, ...days);
    const { week, days: each } = await readWeek();
    const { text } = await letter();
    const number = (value: number) => value.toLocaleString("de-DE");
    const percent = (rate: number | null) => (rate === null ? "–" : `${rate.toFixed(2).replace(".", ",")} %`);
    const { total } = week;
    for (const line of [
      `${percent(total.showRate)} Auftauchquote`,
      `Netto-Auftauchquote ${percent(total.netShowRate)} `,
      `Erfolgsrate ${percent(total.successRate)} `,
      `No-Show-Quote ${percent(total.noShowRate)} `,
      `Absagequote ${percent(total.cancellationRate)} `,
      `Termine ${number(total.totalSlots)} `,
      `Abschlüsse ${number(total.sold ?? -1)} `,
      ...each.map((day) => {
        const counts = [day.totalSlots, day.completed, day.noShows + day.ghosts, day.cancelled + day.rescheduled];
        return `${percent(day.showRate)} ${[...counts, day.overhang].map(number).join(" ")}\n`;
      }),
    ]) {
      expect(text).toContain(line);
    }
    expect(total.totalSlots).toBe(
      days.reduce(
        (sum, { completed, noShows, ghosts, cancelled, rescheduled, overhang }) =>
          sum + completed + noShows + ghosts + cancelled + rescheduled + overhang,
        0,
      ),
    );
  });

  it("are dashes without a denominator or without a week before", async () => {
    await addWeek(db);
    const { subject, text, html } = await letter();
    expect(subject).toBe("Auftauchquote der Woche: – (9.–15. Februar 2026)");
    expect(text).toContain("\n\n– Auftauchquote\n\n");
    expect(text).toContain("Auftauchquote – – –\n");
    expect(text).toContain("Termine 0 – –\n");
    expect(text).toContain("Woche – 0 0 0 0 0");
    expect(text).toContain("In dieser Woche gab es keine Termine.");
    expect(text).toContain("Für die Vorwoche liegen keine Zahlen vor.");
    expect(text).toContain("Keine No-Shows in Stunden mit mindestens 5 Terminen.");
    expect(text).not.toContain("Nach Beratern");
    expect(text + html).not.toMatch(/NaN|null|undefined/);
  });

  it("mark imported days, and leave out what an import does not state", async () => {
    await addWeek(db, {
      date: "2026-02-10",
      completed: 4,
      noShows: 6,
      soldUnknown: true,
      source: "figures",
      hours: { unknown: { completed: 4, noShows: 6 } },
      consultants: { Unknown: { completed: 4, noShows: 6 } },
    });
    const { text } = await letter();
    expect(text).toContain("Aus importierten Dateien statt aus den Kalendern: Dienstag, 10. Februar.");
    expect(text).toContain("Erfolgsrate – – –\n");
    expect(text).toContain("Abschlüsse – – –\n");
    expect(text).toContain("Di 10. 10 (40 %);");
    expect(text).toContain("Unbekannt 40,00 % 10 4 6 0 0");
    expect(text).toContain("Keine No-Shows in Stunden"); // hours of imports may be unknown
  });

  it("draw at most as many sales as completed appointments", async () => {
    await addWeek(db, { date: "2026-02-10", completed: 2, sold: 3 });
    const [, tuesday] = (await readWeek()).days;
    expect(tuesday && dayBar(tuesday, createFormats("de")).parts).toMatchObject({ sold: 2, completed: 0 });
  });

  it("use the singular for one point, and ± for none", () => {
    const { pointsChange, change } = createFormats("de");
    expect([1, -1, 0, 2.5, null].map(pointsChange).map(plain)).toEqual([
      "+1 Punkt",
      "−1 Punkt",
      "±0 Punkte",
      "+2,5 Punkte",
      "–",
    ]);
    expect([1234, -3, 0, null].map(change)).toEqual(["+1.234", "−3", "±0", "–"]);
  });

  it("list at most three hours, the worst first", async () => {
    const hours = Object.fromEntries(
      [0, 1, 2, 3, 4].map((n) => [`${String(n + 8).padStart(2, "0")}:00`, { completed: 5, noShows: n }]),
    );
    await addWeek(db, { date: "2026-02-10", completed: 25, noShows: 10, hours });
    const { text } = await letter();
    expect(text.match(/\d+–\d+ Uhr/g)).toEqual(["12–13 Uhr", "11–12 Uhr", "10–11 Uhr"]);
  });
});
