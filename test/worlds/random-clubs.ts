import fc from "fast-check";
import { type Calendar, DAY } from "../support/sport/calendars.ts";
import type { Activity } from "../support/sport/reference-amounts.ts";
import type { Club, Span, User, Workout } from "../support/sport/reference-results.ts";

/* Random clubs with few and small values, so that many values are equal or exactly at a limit. */

const count = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, 2, 3, 5, 10) },
  { weight: 2, arbitrary: fc.constantFrom(25, 49, 50, 99, 100, 250, 499, 500) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 1499, 1500, 1999, 2000) },
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
/** Upper and lower case, so that the order of ids depends on the locale. */
const IDS = ["a", "B", "_c", "D~", "e.", "F", "g", "Ha"];

/** A club whose users may be inactive in some of the periods. */
export interface RandomClub extends Club {
  activeIn: boolean[][];
}

const seven = { minLength: 7, maxLength: 7 };
const when = fc.record({
  span: fc.nat(),
  offset: fc.oneof(
    fc.constantFrom(-1, 0, 1, -1000, 3_600_000),
    fc.integer({ min: 0, max: 6 }).map((days) => days * DAY + DAY / 2),
  ),
});
const workout = fc.record({ who: fc.nat(7), when, activities: fc.array(activity, { minLength: 1, maxLength: 3 }) });

export function randomClub({ spans }: Calendar, { members = 8, perSpan = 8 } = {}): fc.Arbitrary<RandomClub> {
  const active = fc.oneof(
    { weight: 8, arbitrary: fc.constant(spans.map(() => true)) },
    { weight: 1, arbitrary: fc.constant(spans.map(() => false)) },
    { weight: 2, arbitrary: fc.array(fc.boolean(), { minLength: spans.length, maxLength: spans.length }) },
  );
  const bodyWeightKg = maybe(fc.constantFrom(50, 64, 72.5, 80, 93.75));
  const hidden = fc.constantFrom(false, false, false, true);
  const user = fc.record({ active, hidden, bodyWeightKg, preferences, weeklyGoals });
  return fc
    .record({
      users: fc.array(user, { minLength: 1, maxLength: members, size: "max" }),
      links: fc.array(fc.array(fc.constantFrom(...STATUS), seven), seven),
      workouts: fc.array(workout, { maxLength: perSpan * spans.length, size: "max" }),
    })
    .map(({ users, links, workouts }) => {
      const members = users.map((user, n): User => ({ ...user, id: IDS[n]!, active: user.active.at(-1)! }));
      const friendships = members.flatMap(({ id: a }, i) =>
        members.slice(i + 1).flatMap(({ id: b }, j) => {
          const status = links[i]![j];
          return status === undefined ? [] : [{ a, b, status }];
        }),
      );
      const stored = workouts.map(({ who, when, activities }, n): Workout => {
        const userId = members[who % members.length]!.id;
        // Also after the last period, and (by a negative offset) before the first.
        const span = when.span % (spans.length + 1);
        const start = (spans[span]?.start ?? spans.at(-1)!.end) + when.offset;
        return { id: `w${n}`, userId, start, activities };
      });
      return { users: members, friendships, workouts: stored, activeIn: users.map((user) => user.active) };
    });
}

/** The club at the evaluation of a span. */
export const asOf = (club: RandomClub, span: number): Club => ({
  ...club,
  users: club.users.map((user, n) => ({ ...user, active: club.activeIn[n]![span]! })),
});

export interface Change {
  club: RandomClub;
  later: RandomClub;
}

/** A club before and after a change: of its workouts within one span, of its people, or of everything. */
export function randomChange(calendar: Calendar, what: "everything" | "people" | Span): fc.Arbitrary<Change> {
  const action = fc.constantFrom("keep", "keep", "drop", "replace", "add");
  const actions = fc.array(action, { minLength: 16, maxLength: 16 });
  return fc
    .record({ club: randomClub(calendar), other: randomClub(calendar), actions })
    .map(({ club, other, actions }) => {
      const later = { ...club };
      if (what === "everything" || what === "people") {
        later.users = club.users.map((user, n) => ({ ...user, ...settingsOf(other.users[n] ?? user) }));
        later.activeIn = later.users.map(({ active }) => calendar.spans.map(() => active));
        later.friendships = other.friendships.filter(({ b }) => club.users.some(({ id }) => id === b));
      }
      if (what !== "people") {
        const span = what === "everything" ? { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY } : what;
        later.workouts = changed(club, other.workouts, actions, span);
      }
      return { club, later };
    });
}

const settingsOf = ({ weeklyGoals, preferences, active, hidden }: User) => ({
  weeklyGoals,
  preferences,
  active,
  hidden,
});

function changed(
  { users, workouts }: Club,
  others: Workout[],
  actions: string[],
  { start, end }: Pick<Span, "start" | "end">,
): Workout[] {
  const within = (workout: Workout | undefined): workout is Workout =>
    workout !== undefined && workout.start >= start && workout.start < end;
  const actionOf = (index: number) => actions[index % actions.length];
  const kept = workouts.flatMap((workout, index) => {
    const other = others[index];
    if (!within(workout)) return [workout];
    if (actionOf(index) === "drop") return [];
    return actionOf(index) === "replace" && within(other)
      ? [{ ...other, id: workout.id, userId: workout.userId }]
      : [workout];
  });
  const added = others.filter((other, index) => within(other) && actionOf(index) === "add");
  const owner = (index: number) => users[index % users.length]!.id;
  return [...kept, ...added.map((other, index) => ({ ...other, id: `late-${other.id}`, userId: owner(index) }))];
}
