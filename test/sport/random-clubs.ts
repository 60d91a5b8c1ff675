import fc from "fast-check";
import type { Activity, Club, User, Week, Workout } from "./reference.ts";

export interface Calendar {
  zone: string;
  weeks: Week[];
}

/** Weeks between written-out boundaries, so that nothing here depends on the code that computes them. */
export function calendar(zone: string, ...boundaries: string[]): Calendar {
  const instants = boundaries.map((boundary) => Date.parse(boundary));
  return { zone, weeks: instants.slice(1).map((end, index) => ({ start: instants[index]!, end })) };
}

export const UTC = calendar("UTC", "2026-01-05T00:00Z", "2026-01-12T00:00Z", "2026-01-19T00:00Z", "2026-01-26T00:00Z");
export const SPRING = calendar(
  "Europe/Berlin",
  "2026-03-15T23:00Z",
  "2026-03-22T23:00Z",
  "2026-03-29T22:00Z",
  "2026-04-05T22:00Z",
);
export const AUTUMN = calendar(
  "America/New_York",
  "2026-10-19T04:00Z",
  "2026-10-26T04:00Z",
  "2026-11-02T05:00Z",
  "2026-11-09T05:00Z",
);
export const DAY = 86_400_000;
export const ELEVEN_WEEKS = calendar(
  "Asia/Kathmandu",
  ...Array.from({ length: 12 }, (_, n) => new Date(Date.parse("2026-02-01T18:15Z") + 7 * n * DAY).toISOString()),
);

/* Random clubs: few and small values, so that many are equal or just at a limit. */

const count = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, 2, 3, 5, 10) },
  { weight: 2, arbitrary: fc.constantFrom(25, 49, 50, 99, 100, 250, 499, 500) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 1499, 1500) },
);
const tenths = (max: number) => fc.integer({ min: 1, max: max * 10 }).map((value) => value / 10);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const extraKg = maybe(fc.constantFrom(-60, -12.5, -5, 0, 2.5, 7, 10, 16, 40));

const amounts: fc.Arbitrary<{ exerciseId: string; unit?: string; quantity: fc.Arbitrary<number> }> = fc.oneof(
  ...["pushups", "pushups", "pullups", "situps"].flatMap((exerciseId) => [
    fc.constant({ exerciseId, quantity: count }),
    fc.constant({ exerciseId, unit: "reps", quantity: count }),
  ]),
  ...["plank", "yoga"].flatMap((exerciseId) => [
    fc.constant({ exerciseId, unit: "s", quantity: count }),
    fc.constant({ exerciseId, unit: "min", quantity: tenths(60) }),
  ]),
  fc.constant({ exerciseId: "yoga", unit: "h", quantity: tenths(3) }),
  ...["running", "cycling"].flatMap((exerciseId) => [
    fc.constant({ exerciseId, unit: "km", quantity: fc.oneof(count, tenths(20), fc.constant(149.999)) }),
    fc.constant({ exerciseId, unit: "m", quantity: fc.oneof(count, tenths(20)) }),
    fc.constant({ exerciseId, unit: "mi", quantity: tenths(12) }),
  ]),
);
const activity: fc.Arbitrary<Activity> = fc.oneof(
  amounts.chain(({ quantity, ...rest }) =>
    fc.record({ quantity, weightKg: extraKg }).map((amount) => ({ ...rest, ...amount })),
  ),
  amounts.chain(({ quantity, ...rest }) =>
    fc
      .record({
        sets: fc.array(fc.record({ quantity, weightKg: extraKg }), { minLength: 1, maxLength: 4 }),
        weightKg: extraKg,
      })
      .map((amount) => ({ ...rest, ...amount })),
  ),
  fc.record({ exerciseId: fc.constant("pushups"), reps: count, durationSeconds: maybe(count) }),
  fc.record({ exerciseId: fc.constant("yoga"), durationSeconds: count, weightKg: extraKg }),
  fc.record({ exerciseId: fc.constant("running"), distanceKm: tenths(20), reps: maybe(count) }),
);

const goal = fc.record({
  exerciseId: fc.constantFrom("pushups", "situps", "running", "yoga", "swimming", "nothing"),
  target: fc.constantFrom(0.5, 1, 2, 3, 5, 10, 12.5),
  unit: fc.constantFrom("reps", "time", "distance", "laps"),
});
const fitting = fc.constantFrom(
  { exerciseId: "pushups", target: 1, unit: "reps" },
  { exerciseId: "pushups", target: 10, unit: "reps" },
  { exerciseId: "running", target: 3, unit: "distance" },
  { exerciseId: "running", target: 0.1, unit: "distance" },
  { exerciseId: "yoga", target: 5, unit: "time" },
);
const target = fc.constantFrom(1, 2, 5, 10, 10.5, 50, 100, 500, 1500);
const weeklyGoals: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant({}),
  fc.record({ points: fc.record({ target }) }),
  fc.record({ points: fc.record({ target }), exercises: fc.array(fitting, { minLength: 1, maxLength: 2 }) }),
  fc.record({ exercises: fc.array(fc.oneof(goal, fitting), { maxLength: 3 }) }),
  fc.constantFrom<unknown>([], "none", 7, { points: 5 }, { points: { target: "5" } }, { points: [], exercises: {} }),
  fc.constantFrom({ exercises: [null] }, { exercises: [3, "x"] }, { exercises: [{ exerciseId: "pushups" }] }),
  fc.constant({ exercises: [{ exerciseId: "pushups", target: "1", unit: "reps" }] }),
);
const preferences: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  {},
  { distanceUnit: "mi" },
  { distanceUnit: "miles" },
  { distanceUnit: "km" },
  { distanceUnit: 5, notifications: "off" },
  [],
  "mi",
);
const STATUS = [undefined, "accepted", "accepted", "accepted", "pending", "blocked"] as const;
/** Upper and lower case, for an order of ids that differs between locales. */
const IDS = ["a", "B", "_c", "D~", "e.", "F", "g", "Ha"];

/** A club, whose users may be inactive in some of the weeks. */
export interface RandomClub extends Club {
  activeIn: boolean[][];
}

const seven = { minLength: 7, maxLength: 7 };
const when = fc.record({
  week: fc.nat(),
  offset: fc.oneof(
    fc.constantFrom(-1, 0, 1, -1000, 3_600_000),
    fc.integer({ min: 0, max: 6 }).map((days) => days * DAY + DAY / 2),
  ),
});
const workout = fc.record({ who: fc.nat(7), when, activities: fc.array(activity, { minLength: 1, maxLength: 3 }) });

export function randomClub({ weeks }: Calendar, { members = 8, perWeek = 8 } = {}): fc.Arbitrary<RandomClub> {
  const active = fc.oneof(
    { weight: 8, arbitrary: fc.constant(weeks.map(() => true)) },
    { weight: 1, arbitrary: fc.constant(weeks.map(() => false)) },
    { weight: 2, arbitrary: fc.array(fc.boolean(), { minLength: weeks.length, maxLength: weeks.length }) },
  );
  const bodyWeightKg = maybe(fc.constantFrom(50, 64, 72.5, 80, 93.75));
  const user = fc.record({ active, bodyWeightKg, preferences, weeklyGoals });
  return fc
    .record({
      users: fc.array(user, { minLength: 1, maxLength: members, size: "max" }),
      links: fc.array(fc.array(fc.constantFrom(...STATUS), seven), seven),
      workouts: fc.array(workout, { maxLength: perWeek * weeks.length, size: "max" }),
    })
    .map(({ users, links, workouts }) => {
      const members = users.map((user, n): User => ({ ...user, id: IDS[n]!, active: user.active.at(-1)! }));
      const friendships = members.flatMap(({ id: a }, i) =>
        members.slice(i + 1).flatMap(({ id: b }, j) => {
          const status = links[i]![j];
          return status === undefined ? [] : [{ a, b, status }];
        }),
      );
      const done = workouts.map(({ who, when, activities }, n): Workout => {
        const userId = members[who % members.length]!.id;
        // One more than there are weeks: also the week after the last one, and, by a negative offset, before the first.
        const week = when.week % (weeks.length + 1);
        const start = (weeks[week]?.start ?? weeks.at(-1)!.end) + when.offset;
        return { id: `w${n}`, userId, start, activities };
      });
      return { users: members, friendships, workouts: done, activeIn: users.map((user) => user.active) };
    });
}

/** The club as it was when a week was evaluated. */
export const asOf = (club: RandomClub, week: number): Club => ({
  ...club,
  users: club.users.map((user, n) => ({ ...user, active: club.activeIn[n]![week]! })),
});

export interface Change {
  club: RandomClub;
  later: RandomClub;
}

/** A club, and what became of it: of its workouts within one week, of its people, or of everything. */
export function randomChange(calendar: Calendar, what: "everything" | "people" | Week): fc.Arbitrary<Change> {
  const fate = fc.constantFrom("keep", "keep", "drop", "replace", "add");
  const fates = fc.array(fate, { minLength: 16, maxLength: 16 });
  return fc.record({ club: randomClub(calendar), other: randomClub(calendar), fates }).map(({ club, other, fates }) => {
    const later = { ...club };
    if (what === "everything" || what === "people") {
      later.users = club.users.map((user, n) => ({ ...user, ...goalsAndActivity(other.users[n] ?? user) }));
      later.activeIn = later.users.map(({ active }) => calendar.weeks.map(() => active));
      later.friendships = other.friendships.filter(({ b }) => club.users.some(({ id }) => id === b));
    }
    if (what !== "people") {
      const week = what === "everything" ? { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY } : what;
      later.workouts = changed(club, other.workouts, fates, week);
    }
    return { club, later };
  });
}

const goalsAndActivity = ({ weeklyGoals, preferences, active }: User) => ({ weeklyGoals, preferences, active });

function changed({ users, workouts }: Club, others: Workout[], fates: string[], { start, end }: Week): Workout[] {
  const open = (one: Workout | undefined): one is Workout => one !== undefined && one.start >= start && one.start < end;
  const fateOf = (index: number) => fates[index % fates.length];
  const kept = workouts.flatMap((workout, index) => {
    const other = others[index];
    if (!open(workout)) return [workout];
    if (fateOf(index) === "drop") return [];
    return fateOf(index) === "replace" && open(other)
      ? [{ ...other, id: workout.id, userId: workout.userId }]
      : [workout];
  });
  const added = others.filter((other, index) => open(other) && fateOf(index) === "add");
  const mine = (index: number) => users[index % users.length]!.id;
  return [...kept, ...added.map((other, index) => ({ ...other, id: `late-${other.id}`, userId: mine(index) }))];
}
