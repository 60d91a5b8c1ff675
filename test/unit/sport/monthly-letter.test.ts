import { describe, expect, it } from "vitest";
import type { ExerciseNames } from "../../../lib/sport/messages/labels.ts";
import { type MonthlySummary, monthlyLetter } from "../../../lib/sport/messages/monthly-mail.ts";
import { periodOfDate } from "../../../lib/time/periods.ts";

/** The monthly letter, word by word (docs/domain.md, section 3). */

const ZONE = "Europe/Berlin";
const MONTH = periodOfDate("month", "2026-03-01", ZONE); // begins in February in UTC
const URL_OF = "https://taktwerk.example/api/events/emails/unsubscribe?token=a.b&x=1";

const EXERCISES = new Map<string, ExerciseNames>(
  [
    ["pushups", "Liegestütze", "push-ups", "reps"],
    ["pullups", "Klimmzüge", "pull-ups", "reps"],
    ["running", "Laufen", "running", "distance"],
  ].map(([id = "", nameDe = "", nameEn = "", measure]) => [id, { id, nameDe, nameEn, measure } as ExerciseNames]),
);

const NONE = { points: null, pullups: null, pushups: null, situps: null };
const SUMMARY: MonthlySummary = {
  name: "Jörg",
  language: "de",
  inMiles: false,
  points: 2345.5,
  workouts: 14,
  totals: {
    running: { points: 625, km: 62.5 },
    pullups: { points: 480, reps: 300 },
    pushups: { points: 1240.5, reps: 1240 },
  },
  challengeTarget: 2000,
  challengeMet: true,
  global: { ...NONE, points: { rank: 3, of: 1200 }, pullups: { rank: 1, of: 80 } },
  friends: { ...NONE, points: { rank: 1, of: 4 }, pushups: { rank: 2, of: 4 } },
  badges: [{ slug: "monthly-challenge-points", level: 3 }],
  awards: ["monthly-champion", "monthly-rank-friends-points-1", "monthly-rank-global-pullups-1"],
};

const letter = (over: Partial<MonthlySummary> = {}) =>
  monthlyLetter({ ...SUMMARY, ...over }, MONTH, ZONE, EXERCISES, URL_OF);

describe("the monthly letter", () => {
  it("has the complete German text", () => {
    const { subject, text } = letter();
    expect(subject).toBe("Dein Monatsabschluss");
    expect(text).toBe(
      [
        "Hallo Jörg,",
        "dein März 2026 ist geschafft. Hier ist deine Bilanz.",
        "2.345,5 Punkte",
        "Training\n  - 14 Workouts\n  - 1.240 Liegestütze\n  - 62,5 km Laufen\n  - 300 Klimmzüge",
        "Monats-Challenge\n  - 2.345,5 von 2.000 Punkten, erreicht",
        "In der Gesamtwertung\n  - Punkte: Platz 3 von 1.200\n  - Klimmzüge: Platz 1 von 80",
        "Unter deinen Freunden\n  - Punkte: Platz 1 von 4\n  - Liegestütze: Platz 2 von 4",
        "Neue Abzeichen\n  - Monats-Challenge geschafft (3×)",
        "Neue Auszeichnungen\n  - Champion des Monats\n  - Platz 1 unter Freunden: Punkte\n" +
          "  - Platz 1 in der Gesamtwertung: Klimmzüge",
        "Auf einen starken neuen Monat!",
        `Diese E-Mails abbestellen:\n${URL_OF}`,
      ].join("\n\n"),
    );
  });

  it("has the complete English text, with miles for a user who prefers them", () => {
    const { subject, text } = letter({ language: "en", inMiles: true });
    expect(subject).toBe("Your month in review");
    expect(text).toBe(
      [
        "Hi Jörg,",
        "your March 2026 is done. Here is how it went.",
        "2,345.5 points",
        "Training\n  - 14 workouts\n  - 1,240 push-ups\n  - 38.84 mi running\n  - 300 pull-ups",
        "Monthly challenge\n  - 2,345.5 of 2,000 points, reached",
        "In the overall ranking\n  - Points: Rank 3 of 1,200\n  - Pull-ups: Rank 1 of 80",
        "Among your friends\n  - Points: Rank 1 of 4\n  - Push-ups: Rank 2 of 4",
        "New badges\n  - monthly challenge completed (3×)",
        "New awards\n  - champion of the month\n  - rank 1 among friends: points\n  - rank 1 overall: pull-ups",
        "Here's to a strong new month!",
        `Unsubscribe from these emails:\n${URL_OF}`,
      ].join("\n\n"),
    );
  });

  it("leaves out empty sections: ranks, badges, awards", () => {
    const { text } = letter({ global: NONE, friends: NONE, badges: [], awards: [] });
    expect(text.split("\n\n").slice(3, -2)).toEqual([
      "Training\n  - 14 Workouts\n  - 1.240 Liegestütze\n  - 62,5 km Laufen\n  - 300 Klimmzüge",
      "Monats-Challenge\n  - 2.345,5 von 2.000 Punkten, erreicht",
    ]);
  });

  it("says how many points were missing, and encourages a user without training", () => {
    const nothing = { points: 0, workouts: 0, totals: {}, challengeMet: false, global: NONE, badges: [], awards: [] };
    const { text } = letter({ ...nothing, friends: { ...NONE, points: { rank: 4, of: 4 } } });
    expect(text).toContain("Training\n  - Diesen Monat kein Training. Der nächste gehört dir!");
    expect(text).toContain("Monats-Challenge\n  - 0 von 2.000 Punkten, nicht erreicht");
    expect(text).toContain("Unter deinen Freunden\n  - Punkte: Platz 4 von 4");
    expect(text).not.toContain("Gesamtwertung");
  });

  it("keeps umlauts, and escapes names in HTML", () => {
    const { html } = letter({ name: "<b>Jörg & Söhne</b>" });
    expect(html).toContain("Liegestütze");
    expect(html).toContain("Klimmzüge: Platz 1 von 80");
    expect(html).not.toContain("<b>");
    expect(html).toContain('<html lang="de">');
  });

  it.each(["de", "en"] as const)("has the same content in HTML and in text (%s)", (language) => {
    const { text, html } = letter({ language });
    const seen = html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replace(/<[^>]*>/g, "\n");
    const said = text
      .replace(URL_OF, "")
      .split("\n")
      .map((line) => line.replace(/^ {2}- /, "").replace(/:$/, ""));
    for (const line of said.filter((line) => line !== "" && !/ (Punkte|points)$/.test(line))) {
      expect(seen).toContain(line);
    }
  });

  it("shows the id of a category if its exercise no longer exists", () => {
    const { text } = letter({
      awards: ["monthly-rank-friends-situps-2"],
      friends: { ...NONE, situps: { rank: 2, of: 3 } },
    });
    expect(text).toContain("Situps: Platz 2 von 3");
    expect(text).toContain("Platz 2 unter Freunden: situps");
  });
});
