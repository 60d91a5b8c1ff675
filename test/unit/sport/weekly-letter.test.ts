import { describe, expect, it } from "vitest";
import type { ExerciseNames } from "../../../lib/sport/messages/labels.ts";
import { type WeeklySummary, weeklyLetter } from "../../../lib/sport/messages/weekly-mail.ts";
import { periodOfDate } from "../../../lib/time/periods.ts";

/** The weekly letter, word by word (docs/domain.md, section 3). */

const ZONE = "Europe/Berlin";
const WEEK = periodOfDate("week", "2026-02-04", ZONE);
const URL_OF = "https://taktwerk.example/api/events/emails/unsubscribe?token=a.b&x=1";

const EXERCISES = new Map<string, ExerciseNames>(
  [
    ["pushups", "Liegestütze", "push-ups", "reps"],
    ["running", "Laufen", "running", "distance"],
    ["yoga", "Yoga", "yoga", "time"],
  ].map(([id = "", nameDe = "", nameEn = "", measure]) => [id, { id, nameDe, nameEn, measure } as ExerciseNames]),
);

const SUMMARY: WeeklySummary = {
  name: "Ada",
  language: "de",
  inMiles: false,
  points: 1234.5,
  workouts: 3,
  totals: {
    yoga: { points: 39, seconds: 3900 },
    pushups: { points: 12, reps: 12 },
    running: { points: 52, km: 5.2 },
  },
  exerciseGoals: [],
  goalExercisesMet: false,
  pointsTarget: 500,
  goalPointsMet: true,
  challengeTarget: 1500,
  goalChallengeMet: false,
  rank: 2,
  participants: 4,
  badges: [],
  awards: [],
};

const letter = (over: Partial<WeeklySummary> = {}) =>
  weeklyLetter({ ...SUMMARY, ...over }, WEEK, ZONE, EXERCISES, URL_OF);
const lines = (over: Partial<WeeklySummary> = {}) => letter(over).text.split("\n");

/** What a reader of the HTML sees. */
const visible = (html: string): string =>
  html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replace(/<[^>]*>/g, "\n");

describe("the weekly letter", () => {
  it("has the complete German text", () => {
    const { subject, text } = letter();
    expect(subject).toBe("Deine Wochenbilanz ist da!");
    expect(text).toBe(
      [
        "Hallo Ada,",
        "so lief deine Woche vom 2. Februar 2026 bis zum 8. Februar 2026.",
        "1.234,5 Punkte",
        "Training\n  - 3 Workouts\n  - 5,2 km Laufen\n  - 1 Std. 5 Min. Yoga\n  - 12 Liegestütze",
        "Ziele\n  - Punkteziel: 1.234,5 von 500 Punkten, erreicht\n" +
          "  - Wochen-Challenge: 1.234,5 von 1.500 Punkten, nicht erreicht",
        "Unter deinen Freunden\n  - Platz 2 von 4",
        "Bis nächste Woche!",
        `Diese E-Mails abbestellen:\n${URL_OF}`,
      ].join("\n\n"),
    );
  });

  it("has the complete English text", () => {
    const { subject, text } = letter({ language: "en" });
    expect(subject).toBe("Your weekly summary is here!");
    expect(text).toBe(
      [
        "Hi Ada,",
        "here is your week from 2 February 2026 to 8 February 2026.",
        "1,234.5 points",
        "Training\n  - 3 workouts\n  - 5.2 km running\n  - 1 h 5 min yoga\n  - 12 push-ups",
        "Goals\n  - Points goal: 1,234.5 of 500 points, reached\n" +
          "  - Weekly challenge: 1,234.5 of 1,500 points, not reached",
        "Among your friends\n  - Rank 2 of 4",
        "See you next week!",
        `Unsubscribe from these emails:\n${URL_OF}`,
      ].join("\n\n"),
    );
  });

  it.each(["de", "en"] as const)("has the same content in HTML and in text (%s)", (language) => {
    const { text, html } = letter({
      language,
      badges: [{ slug: "weekly-goal-points", level: 5 }],
      awards: ["friends-silver"],
    });
    expect(html).toContain(`<html lang="${language}">`);
    const seen = visible(html);
    const said = text
      .replace(URL_OF, "")
      .split("\n")
      .map((line) => line.replace(/^ {2}- /, "").replace(/:$/, ""))
      .filter(Boolean);
    for (const line of said) {
      const parts = /^[\d.,]+ (Punkte|points)$/.test(line) ? line.split(" ") : [line];
      for (const part of parts) expect(seen).toContain(part);
    }
  });

  it("has the unsubscribe link in text and in HTML", () => {
    const { text, html } = letter();
    expect(text).toContain(URL_OF);
    const [, href = ""] = /<a href="([^"]*)"/.exec(html) ?? [];
    expect(visible(href)).toBe(URL_OF);
  });

  it("loads and runs nothing in an email client", () => {
    expect(letter().html).not.toMatch(/<(img|script|link|iframe|style|form)|@import|url\(|src=/i);
  });

  it.each(['<script>alert("x")</script>', "<img src=x onerror=alert(1)>", `"'><b>`, "Tom & Jerry &amp; <"])(
    "escapes the name %s in HTML",
    (name) => {
      const { html, text } = letter({ name });
      expect(text).toContain(`Hallo ${name},`);
      expect(html).not.toContain(name);
      expect(html).not.toMatch(/<(script|img|b)\b/);
      expect(html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toContain(`Hallo ${name},`);
    },
  );

  it("escapes names of exercises in HTML", () => {
    const odd = new Map([
      ["pushups", { id: "pushups", nameDe: "<i>Stütz</i>", nameEn: "x", measure: "reps" } as const],
    ]);
    const { html } = weeklyLetter(SUMMARY, WEEK, ZONE, odd, URL_OF);
    expect(html).not.toContain("<i>");
    expect(visible(html)).toContain("12 <i>Stütz</i>".replace(/<[^>]*>/g, "\n"));
  });

  it("uses the singular for one point", () => {
    expect(lines({ points: 1 })).toContain("1 Punkt");
    expect(lines({ points: 1, language: "en" })).toContain("1 point");
    expect(lines({ points: 0 })).toContain("0 Punkte");
  });

  it("greets a user without a name", () => {
    expect(lines({ name: null })[0]).toBe("Hallo,");
    expect(lines({ name: "", language: "en" })[0]).toBe("Hi,");
  });

  describe("lists the training", () => {
    const activity = (totals: WeeklySummary["totals"], over: Partial<WeeklySummary> = {}) =>
      lines({ totals, workouts: 1, ...over })
        .filter((line) => line.startsWith("  - "))
        .map((line) => line.slice(4))[1];

    it.each([
      ["12 Liegestütze", { pushups: { points: 0, reps: 12 } }],
      ["1.500 Liegestütze", { pushups: { points: 0, reps: 1500 } }],
      ["5,2 km Laufen", { running: { points: 0, km: 5.2 } }],
      ["0,4 km Laufen", { running: { points: 0, km: 0.4 } }],
      ["42,2 km Laufen", { running: { points: 0, km: 42.195 } }],
      ["1.000 km Laufen", { running: { points: 0, km: 1000 } }],
      ["45 Sek. Yoga", { yoga: { points: 0, seconds: 45 } }],
      ["1 Min. Yoga", { yoga: { points: 0, seconds: 60 } }],
      ["1 Min. Yoga", { yoga: { points: 0, seconds: 59.6 } }],
      ["45 Min. Yoga", { yoga: { points: 0, seconds: 2700 } }],
      ["1 Std. Yoga", { yoga: { points: 0, seconds: 3599 } }],
      ["1 Std. 5 Min. Yoga", { yoga: { points: 0, seconds: 3900 } }],
      ["30 Std. Yoga", { yoga: { points: 0, seconds: 108_000 } }],
    ] as [string, WeeklySummary["totals"]][])("as %s", (expected, totals) => {
      expect(activity(totals)).toBe(expected);
    });

    it("in miles for a user who prefers them", () => {
      const totals = { running: { points: 0, km: 8.0467 } };
      expect(activity(totals, { inMiles: true })).toBe("5 mi Laufen");
      expect(activity(totals, { inMiles: true, language: "en" })).toBe("5 mi running");
      expect(activity({ running: { points: 0, km: 5.2 } }, { inMiles: true })).toBe("3,23 mi Laufen");
    });

    it("by points, and uses the singular for one workout", () => {
      expect(lines({ workouts: 1 })).toContain("  - 1 Workout");
      expect(lines({ workouts: 1, language: "en" })).toContain("  - 1 workout");
    });

    it("with an encouragement if there was none", () => {
      const { text } = letter({ workouts: 0, points: 0, totals: {}, rank: null, participants: null });
      expect(text).toContain("0 Punkte");
      expect(text).toContain("Diese Woche kein Training.");
      expect(text).not.toContain("Workouts");
    });
  });
});
