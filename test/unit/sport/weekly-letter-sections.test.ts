import { describe, expect, it } from "vitest";
import type { ExerciseNames } from "../../../lib/sport/messages/labels.ts";
import { type WeeklySummary, weeklyLetter } from "../../../lib/sport/messages/weekly-mail.ts";
import { periodOfDate } from "../../../lib/time/periods.ts";

/** The sections of the weekly letter about goals, friends, badges and awards. */

const exercise = (
  id: string,
  nameDe: string,
  nameEn: string,
  measure: ExerciseNames["measure"],
): [string, ExerciseNames] => [id, { id, nameDe, nameEn, measure }];
const EXERCISES = new Map([
  exercise("pushups", "Liegestütze", "push-ups", "reps"),
  exercise("running", "Laufen", "running", "distance"),
  exercise("yoga", "Yoga", "yoga", "time"),
]);

const SUMMARY: WeeklySummary = {
  name: "Ada",
  language: "de",
  inMiles: false,
  points: 620,
  workouts: 2,
  totals: { pushups: { points: 620, reps: 620 } },
  exerciseGoals: [],
  goalExercisesMet: false,
  pointsTarget: 500,
  goalPointsMet: true,
  challengeTarget: 1500,
  goalChallengeMet: false,
  rank: null,
  participants: null,
  badges: [],
  awards: [],
};

/** The sections of a letter's text by their titles, without the training. */
function sections(over: Partial<WeeklySummary> = {}): Record<string, string[]> {
  const week = periodOfDate("week", "2026-02-04", "UTC");
  const { text } = weeklyLetter({ ...SUMMARY, ...over }, week, "UTC", EXERCISES, "https://taktwerk.example/x");
  const parts = text.split("\n\n").filter((part) => part.includes("\n  - "));
  const titled = parts.map((part) => {
    const [title = "", ...lines] = part.split("\n");
    return [title, lines.map((line) => line.slice(4))] as const;
  });
  const { Training: _, ...others } = Object.fromEntries(titled);
  return others;
}

describe("the goals in the weekly letter", () => {
  it.each([
    [true, false, "erreicht", "nicht erreicht"],
    [true, true, "erreicht", "erreicht"],
    [false, false, "nicht erreicht", "nicht erreicht"],
  ])(
    "say whether the points goal and the challenge were reached (%s, %s)",
    (goalPointsMet, goalChallengeMet, points, challenge) => {
      const [first, second, ...more] = sections({ goalPointsMet, goalChallengeMet }).Ziele ?? [];
      expect(first).toMatch(new RegExp(`^Punkteziel: 620 von 500 Punkten?, ${points}$`));
      expect(second).toMatch(new RegExp(`^Wochen-Challenge: 620 von 1\\.500 Punkten?, ${challenge}$`));
      expect(more).toEqual([]);
    },
  );

  const exerciseGoals = [
    { exerciseId: "pushups", target: 100, unit: "reps" },
    { exerciseId: "yoga", target: 90, unit: "time" },
    { exerciseId: "running", target: 12.5, unit: "distance" },
  ];

  it("list the exercise goals, if there are any", () => {
    expect(sections({ exerciseGoals, goalExercisesMet: true }).Ziele?.[0]).toBe(
      "Übungsziele (100 Liegestütze, 1 Std. 30 Min. Yoga, 12,5 km Laufen): erreicht",
    );
    expect(sections({ exerciseGoals, language: "en", inMiles: true }).Goals?.[0]).toBe(
      "Exercise goals (100 push-ups, 1 h 30 min yoga, 12.5 mi running): not reached",
    );
  });

  it("include goals of exercises that no longer exist", () => {
    const gone = [{ exerciseId: "chess", target: 3, unit: "reps" }];
    expect(sections({ exerciseGoals: gone }).Ziele?.[0]).toBe("Übungsziele (3 chess): nicht erreicht");
  });
});

describe("the friends in the weekly letter", () => {
  it("are shown with the rank among them", () => {
    expect(sections({ rank: 1, participants: 12 })["Unter deinen Freunden"]).toEqual(["Platz 1 von 12"]);
    expect(sections({ rank: 3, participants: 3, language: "en" })["Among your friends"]).toEqual(["Rank 3 of 3"]);
  });

  it("are left out if there are none", () => {
    expect(Object.keys(sections({ rank: 1, participants: 1 }))).toEqual(["Ziele"]);
    expect(Object.keys(sections())).toEqual(["Ziele"]);
  });
});

describe("the badges and awards in the weekly letter", () => {
  const badges = [
    { slug: "lifetime-pushups", level: 100 },
    { slug: "lifetime-running", level: 50 },
    { slug: "weekly-challenge-points", level: 1 },
    { slug: "weekly-goal-exercises", level: 10 },
    { slug: "weekly-goal-points", level: 5 },
  ];
  const awards = ["friends-bronze", "friends-gold", "friends-silver"];

  it("are named in German", () => {
    const letterSections = sections({ badges, awards, inMiles: true });
    expect(letterSections["Neue Abzeichen"]).toEqual([
      "100 Liegestütze insgesamt",
      "50 km Laufen insgesamt",
      "Wochen-Challenge geschafft (1×)",
      "Übungsziele der Woche erreicht (10×)",
      "Punkteziel der Woche erreicht (5×)",
    ]);
    expect(letterSections["Neue Auszeichnungen"]).toEqual([
      "Bronze unter Freunden",
      "Gold unter Freunden",
      "Silber unter Freunden",
    ]);
  });

  it("are named in English", () => {
    const letterSections = sections({ badges, awards, language: "en" });
    expect(letterSections["New badges"]).toEqual([
      "100 push-ups in total",
      "50 km running in total",
      "weekly challenge completed (1×)",
      "weekly exercise goals reached (10×)",
      "weekly points goal reached (5×)",
    ]);
    expect(letterSections["New awards"]).toEqual([
      "bronze among friends",
      "gold among friends",
      "silver among friends",
    ]);
  });

  it("are shown with their ids if they have no names", () => {
    const letterSections = sections({ badges: [{ slug: "founder", level: 1 }], awards: ["fair-play"] });
    expect([letterSections["Neue Abzeichen"], letterSections["Neue Auszeichnungen"]]).toEqual([
      ["founder 1"],
      ["fair-play"],
    ]);
  });

  it("are left out if there are none", () => {
    expect(Object.keys(sections({ rank: 2, participants: 2 }))).toEqual(["Ziele", "Unter deinen Freunden"]);
  });
});
