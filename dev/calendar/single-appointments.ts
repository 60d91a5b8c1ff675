import { DAY_MINUTES, wallOfDate, weekdayOfWall } from "../../lib/time/wall-minutes.ts";
import { seededRandom } from "../demo-data/seeded-random.ts";
import { type Consultant, CUSTOMERS, TEAM } from "./people.ts";
import { authorOf, type PlannedEvent, planHistory, planTimes, seedOf } from "./planned-event.ts";
import { type CalendarKind, type Ending, initialTitle, pickFrom } from "./titles.ts";

/** Plans the demo club's single appointments. Pure. */

const SATURDAY = 5;
const SUNDAY = 6;
/** Appointments per day: the minimum, and how many may come on top. */
const COUNTS: Record<CalendarKind, { weekday: [number, number]; saturday: [number, number] }> = {
  Beratung: { weekday: [12, 8], saturday: [3, 2] },
  Training: { weekday: [6, 6], saturday: [2, 2] },
};
const OPENS = 8;
/** The demand of each hour from 8 to 20. */
const DEMAND = [0.7, 1.2, 1.3, 1, 0.6, 0.7, 1, 1, 1.1, 1.4, 1.4, 1];
/** Lengths in minutes, with the minutes past the hour at which they may start without reaching into the next hour. */
const LENGTHS_AND_STARTS: [number, number[]][] = [
  [60, [0]],
  [45, [0, 15]],
  [30, [0, 15, 30]],
];
/** Colours by frequency; an empty text is no colour. */
const COLOURS = ["2", "2", "2", "2", "2", "7", "5", "3", "9", "9", "10", "10", "8", "1", "", "", ""] as const;
const UNKNOWN_COLOUR = "42";

/** The single appointments of a calendar on a local date. */
export function singleAppointmentsOn(kind: CalendarKind, date: string): PlannedEvent[] {
  const wall = wallOfDate(date);
  const weekday = weekdayOfWall(wall);
  if (weekday === SUNDAY) return [];
  const random = seededRandom(seedOf(`${kind} ${date}`));
  const [minimum, extra] = COUNTS[kind][weekday === SATURDAY ? "saturday" : "weekday"];
  const count = minimum + Math.floor(random() * (extra + 1));
  const hours = staffOf(kind, wall).flatMap((consultant) =>
    DEMAND.map((demand, hour) => ({ consultant, hour: OPENS + hour, rank: random() ** (1 / demand) })),
  );
  return hours
    .sort((a, b) => b.rank - a.rank)
    .slice(0, count)
    .map(({ consultant, hour }, index) => {
      // Both calendars use the same ids: Google allows an event of one id in two calendars.
      const id = `termin${date.replaceAll("-", "")}${String(index).padStart(2, "0")}`;
      return planAppointment(id, kind, wall + hour * 60, consultant, seededRandom(seedOf(`${kind} ${id}`)));
    });
}

/** One of the team gives trainings, a different one each day. The others give advice. */
function staffOf(kind: CalendarKind, wall: number): readonly Consultant[] {
  const trainer = Math.floor(wall / DAY_MINUTES) % TEAM.length;
  return TEAM.filter((_, index) => (index === trainer) === (kind === "Training"));
}

/** An appointment within the hour that starts at a wall minute. */
function planAppointment(
  id: string,
  kind: CalendarKind,
  hour: number,
  consultant: Consultant,
  random: () => number,
): PlannedEvent {
  const customer = pickFrom(CUSTOMERS, random() ** 1.5);
  const [minutes, starts] = pickFrom(LENGTHS_AND_STARTS, random());
  const times = planTimes(hour + pickFrom(starts, random()), minutes);
  const colorId = random() < 0.01 ? UNKNOWN_COLOUR : pickFrom(COLOURS, random());
  return {
    id,
    kind,
    ...times,
    ...planHistory(times.startsAt, random),
    ...authorOf(consultant, random() < 0.2),
    title: initialTitle(customer, kind, random),
    ...(colorId === "" ? {} : { colorId }),
    customer,
    ending: drawEnding(noShowChance(hour) * consultant.noShowFactor * customer.unreliability, random),
    spelling: random(),
  };
}

/** The chance of a no-show by hour of the week: high on Monday mornings and in the evening. */
export function noShowChance(wall: number): number {
  const [weekday, hour] = [weekdayOfWall(wall), Math.floor((wall % DAY_MINUTES) / 60)];
  if (weekday === 0 && hour < 12) return 0.32;
  if (hour === 19) return 0.27;
  if (weekday === 4 && hour >= 15) return 0.19;
  return (weekday === 2 || weekday === 3) && hour >= 10 && hour < 16 ? 0.08 : 0.14;
}

const MAX_NO_SHOW_CHANCE = 0.7;

/** Draws how an appointment ends. @param noShow The chance that the customer does not come. */
export function drawEnding(noShow: number, random: () => number): Ending {
  const [deleted, missed, how, other] = [random(), random(), random(), random()];
  if (deleted < 0.04) return "deleted";
  if (missed < Math.min(noShow, MAX_NO_SHOW_CHANCE))
    return how < 0.55 ? "ghost" : how < 0.85 ? "no-show" : "no-show-colour";
  if (other < 0.05) return "appeared";
  if (other < 0.09) return "called-off";
  if (other < 0.13) return "rescheduled";
  if (other < 0.15) return "overhang";
  return other < 0.28 ? "sold" : "came";
}
