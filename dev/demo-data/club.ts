import { seededRandom } from "./seeded-random.ts";

/** The demo club: 200 plausible members and their habits. Pure; every call returns the same club. */

export interface Member {
  id: string;
  email: string;
  firstName: string;
  nickname: string;
  language: "de" | "en";
  preferences: Record<string, unknown>;
  weeklyGoals: Record<string, unknown>;
  showInGlobalRankings: boolean;
  bodyWeightKg: number | null;
  isActive: boolean;
  /** How many workouts a member does in a usual week. */
  eagerness: number;
}

export interface ClubWorkout {
  member: Member;
  id: string;
  startTime: Date;
  activities: { exerciseId: string; quantity: number; unit: string }[];
}

const FIRST_NAMES =
  "Anna Ben Clara David Emma Felix Greta Hannes Ida Jonas Katja Lukas Mara Nils Olivia Paul Rosa Simon Tilda Uwe Vera Wim Yara Zoe Aylin Mehmet Sofia Mateo Chloe Liam Aoife Noah".split(
    " ",
  );
const SIZE = 200;
const WEEK_MS = 7 * 86_400_000;

/** The 200 members of the club. */
export function members(): Member[] {
  const random = seededRandom(2026);
  return Array.from({ length: SIZE }, (_, index) => member(index, random));
}

function member(index: number, random: () => number): Member {
  const firstName = FIRST_NAMES[index % FIRST_NAMES.length] ?? "Anna";
  const nickname = `${firstName}${Math.floor(index / FIRST_NAMES.length) + 1}`;
  const english = random() < 0.12;
  const runs = random() < 0.5;
  const goals = [
    { exerciseId: "pushups", target: 20 + Math.floor(random() * 8) * 10, unit: "reps" },
    ...(runs ? [{ exerciseId: "running", target: 5 + Math.floor(random() * 10), unit: "distance" }] : []),
  ];
  return {
    id: `member-${String(index + 1).padStart(3, "0")}`,
    email: `${nickname.toLowerCase()}@club.example`,
    firstName,
    nickname,
    language: english ? "en" : "de",
    preferences: {
      ...(random() < 0.08 ? { notifications: { email: false } } : {}),
      ...(english && random() < 0.5 ? { distanceUnit: "mi" } : {}),
    },
    weeklyGoals: random() < 0.7 ? { points: { target: 200 + Math.floor(random() * 9) * 100 }, exercises: goals } : {},
    showInGlobalRankings: random() < 0.9,
    bodyWeightKg: random() < 0.8 ? Math.round(50 + random() * 50) : null,
    isActive: random() < 0.97,
    eagerness: random() ** 2 * 10,
  };
}

/** Friendships, each once: mostly between members who are close to each other in the list. */
export function friendships(all: Member[]): { userId: string; friendId: string }[] {
  const random = seededRandom(7);
  const pairs = new Map<string, { userId: string; friendId: string }>();
  for (const [index, { id: userId }] of all.entries()) {
    for (let count = 1 + Math.floor(random() * 5); count > 0; count--) {
      const near = random() < 0.7 ? 1 + Math.floor(random() * 6) : Math.floor(random() * all.length);
      const friendId = all[(index + near) % all.length]?.id;
      if (friendId !== undefined && friendId !== userId)
        pairs.set([userId, friendId].sort().join(" "), { userId, friendId });
    }
  }
  return [...pairs.values()];
}

/** The workouts of all members in the `weeks` weeks before `end`. */
export function workouts(all: Member[], end: Date, weeks: number): ClubWorkout[] {
  const random = seededRandom(42);
  const result: ClubWorkout[] = [];
  for (let week = weeks; week > 0; week--) {
    for (const member of all) {
      const count = Math.round(member.eagerness * (0.4 + random() * 1.2));
      for (let n = 0; n < count; n++) {
        const startTime = new Date(
          end.getTime() - week * WEEK_MS + Math.floor(random() * 7) * 86_400_000 + trainingHour(random),
        );
        result.push({ member, id: `demo-${week}-${n}`, startTime, activities: session(random) });
      }
    }
  }
  return result;
}

const SHINING = "member-014";

/** The best week of the club: one member trains every morning and evening of the last week before `end`. */
export function shiningWeek(all: Member[], end: Date): ClubWorkout[] {
  const member = all.find(({ id }) => id === SHINING);
  if (member === undefined) return [];
  const begin = end.getTime() - WEEK_MS;
  return Array.from({ length: 7 }, (_, day) => begin + day * 86_400_000).flatMap((midnight, day) => [
    {
      member,
      id: `demo-best-${day}-1`,
      startTime: new Date(midnight + 6.5 * 3_600_000),
      activities: [{ exerciseId: "running", quantity: 9 + day, unit: "km" }],
    },
    {
      member,
      id: `demo-best-${day}-2`,
      startTime: new Date(midnight + 18 * 3_600_000),
      activities: [
        { exerciseId: "pushups", quantity: 150, unit: "reps" },
        { exerciseId: "situps", quantity: 120, unit: "reps" },
        { exerciseId: "pullups", quantity: 40, unit: "reps" },
      ],
    },
  ]);
}

/** A start in milliseconds after midnight: 6 to 8 for early risers, 16 to 21 for most members. */
function trainingHour(random: () => number): number {
  const hour = random() < 0.3 ? 6 + random() * 2 : 16 + random() * 5;
  return Math.floor(hour * 60) * 60_000;
}

const between = (random: () => number, min: number, max: number, decimals = 0) => {
  const factor = 10 ** decimals;
  return Math.round((min + random() * (max - min)) * factor) / factor;
};

function session(random: () => number): ClubWorkout["activities"] {
  const kind = random();
  if (kind < 0.3) return [{ exerciseId: "running", quantity: between(random, 3, 14, 1), unit: "km" }];
  if (kind < 0.42) return [{ exerciseId: "cycling", quantity: between(random, 10, 60, 1), unit: "km" }];
  if (kind < 0.5) return [{ exerciseId: "yoga", quantity: between(random, 20, 75), unit: "min" }];
  return [
    { exerciseId: "pushups", quantity: between(random, 20, 120), unit: "reps" },
    { exerciseId: "situps", quantity: between(random, 25, 120), unit: "reps" },
    ...(random() < 0.6 ? [{ exerciseId: "pullups", quantity: between(random, 4, 30), unit: "reps" }] : []),
    ...(random() < 0.4 ? [{ exerciseId: "plank", quantity: between(random, 60, 300), unit: "s" }] : []),
  ];
}
