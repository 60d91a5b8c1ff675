import { DAY_MINUTES, wallOfDate, weekdayOfWall } from "../../lib/time/wall-clock.ts";
import { seededRandom } from "../demo-data/seeded-random.ts";
import { type Consultant, CUSTOMERS, TEAM } from "./people.ts";
import { historyOf, type Plan, seedOf, timesOf, writtenBy } from "./planned-event.ts";
import { type Fate, type Kind, oneOf, plainTitle } from "./titles.ts";

/** The single appointments of the demo club's days. Pure. */

const SATURDAY = 5;
const SUNDAY = 6;
/** How many a day: the fewest, and how many may come on top. */
const COUNTS: Record<Kind, { weekday: [number, number]; saturday: [number, number] }> = {
  Beratung: { weekday: [12, 8], saturday: [3, 2] },
  Training: { weekday: [6, 6], saturday: [2, 2] },
};
const OPENS = 8;
/** How sought-after the hours from 8 to 20 are. */
const DEMAND = [0.7, 1.2, 1.3, 1, 0.6, 0.7, 1, 1, 1.1, 1.4, 1.4, 1];
/** Minutes past the hour at which something of that length may begin without running into the next hour. */
const BEGINNINGS: [number, number[]][] = [
  [60, [0]],
  [45, [0, 15]],
  [30, [0, 15, 30]],
];
/** Colours by how often they are chosen; none, and one that nobody has given a meaning, are among them. */
const COLOURS = ["2", "2", "2", "2", "2", "7", "5", "3", "9", "9", "10", "10", "8", "1", "", "", ""] as const;
const UNKNOWN_COLOUR = "42";

/** The appointments of a calendar that were made for a local date. */
export function bookingsOn(kind: Kind, date: string): Plan[] {
  const wall = wallOfDate(date);
  const weekday = weekdayOfWall(wall);
  if (weekday === SUNDAY) return [];
  const random = seededRandom(seedOf(`${kind} ${date}`));
  const [fewest, more] = COUNTS[kind][weekday === SATURDAY ? "saturday" : "weekday"];
  const count = fewest + Math.floor(random() * (more + 1));
  const places = staffOf(kind, wall).flatMap((consultant) =>
    DEMAND.map((demand, hour) => ({ consultant, hour: OPENS + hour, rank: random() ** (1 / demand) })),
  );
  return places
    .sort((one, other) => other.rank - one.rank)
    .slice(0, count)
    .map(({ consultant, hour }, index) => {
      // The same numbers on both calendars: to Google an event of one id may be in two.
      const id = `termin${date.replaceAll("-", "")}${String(index).padStart(2, "0")}`;
      return booking(id, kind, wall + hour * 60, consultant, seededRandom(seedOf(`${kind} ${id}`)));
    });
}

/** One of the team trains people, another one each day; the others advise. */
function staffOf(kind: Kind, wall: number): readonly Consultant[] {
  const trainer = Math.floor(wall / DAY_MINUTES) % TEAM.length;
  return TEAM.filter((_, index) => (index === trainer) === (kind === "Training"));
}

/** An appointment within the hour that begins at a wall minute. */
function booking(id: string, kind: Kind, hour: number, consultant: Consultant, random: () => number): Plan {
  const customer = oneOf(CUSTOMERS, random() ** 1.5);
  const [minutes, beginnings] = oneOf(BEGINNINGS, random());
  const times = timesOf(hour + oneOf(beginnings, random()), minutes);
  const colorId = random() < 0.01 ? UNKNOWN_COLOUR : oneOf(COLOURS, random());
  return {
    id,
    kind,
    ...times,
    ...historyOf(times.startsAt, random),
    ...writtenBy(consultant, random() < 0.2),
    title: plainTitle(customer, kind, random),
    ...(colorId === "" ? {} : { colorId }),
    customer,
    fate: fateOf(missChance(hour) * consultant.missFactor * customer.unreliability, random),
    spelling: random(),
  };
}

/** How likely nobody comes, by hour of the week: the week begins badly, and the day ends badly. */
export function missChance(wall: number): number {
  const [weekday, hour] = [weekdayOfWall(wall), Math.floor((wall % DAY_MINUTES) / 60)];
  if (weekday === 0 && hour < 12) return 0.32;
  if (hour === 19) return 0.27;
  if (weekday === 4 && hour >= 15) return 0.19;
  return (weekday === 2 || weekday === 3) && hour >= 10 && hour < 16 ? 0.08 : 0.14;
}

const MOST_LIKELY_MISS = 0.7;

/** What becomes of an appointment that is likely to be missed by so much. */
export function fateOf(miss: number, random: () => number): Fate {
  const [deleted, missed, how, other] = [random(), random(), random(), random()];
  if (deleted < 0.04) return "deleted";
  if (missed < Math.min(miss, MOST_LIKELY_MISS))
    return how < 0.55 ? "ghost" : how < 0.85 ? "no-show" : "no-show-colour";
  if (other < 0.05) return "appeared";
  if (other < 0.09) return "called-off";
  if (other < 0.13) return "rescheduled";
  if (other < 0.15) return "overhang";
  return other < 0.28 ? "sold" : "came";
}
