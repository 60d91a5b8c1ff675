import { DAY_MINUTES, dateOfWall, wallOfDate, weekdayOfWall } from "../../lib/time/wall-minutes.ts";
import { seededRandom } from "../demo-data/seeded-random.ts";
import { CUSTOMERS, TEAM } from "./people.ts";
import { authorOf, CLOCK, type PlannedEvent, planHistory, planTimes, seedOf } from "./planned-event.ts";
import { type CalendarKind, pickFrom } from "./titles.ts";

/** Plans the demo club's other events: holidays, placeholders and appointments across midnight. Pure. */

const THURSDAY = 3;
const FRIDAY = 4;
const SATURDAY = 5;

/** The frequency of each kind, in percent of the days. */
const PLACEHOLDER_PERCENT = 30;
const HOLIDAY_PERCENT = 8;
const NIGHT_PERCENT = 9;

/** The other events of a calendar that start on a local date. */
export function otherEventsOn(kind: CalendarKind, date: string): PlannedEvent[] {
  const wall = wallOfDate(date);
  const weekday = weekdayOfWall(wall);
  const random = seededRandom(seedOf(`extras ${kind} ${date}`));
  const chance = (percent: number) => random() * 100 < percent;
  const [hasPlaceholder, hasHoliday, hasNight] = [
    chance(PLACEHOLDER_PERCENT),
    chance(HOLIDAY_PERCENT),
    chance(NIGHT_PERCENT),
  ];
  const id = (count: number) => `termin${date.replaceAll("-", "")}${count}`;
  return [
    ...(hasPlaceholder && weekday <= SATURDAY ? [placeholder(id(90), kind, wall, random)] : []),
    ...(hasHoliday && weekday <= THURSDAY ? [daysOff(id(91), kind, wall, random)] : []),
    ...(hasNight && weekday <= FRIDAY ? [acrossMidnight(id(92), kind, wall, random)] : []),
  ];
}

/** An event with a title of digits only, for example the number of people to call. It is no appointment. */
function placeholder(id: string, kind: CalendarKind, wall: number, random: () => number): PlannedEvent {
  const times = planTimes(wall + (8 + Math.floor(random() * 11)) * 60, 30);
  return planEvent(id, kind, times, String(1 + Math.floor(random() * 30)), random);
}

/** One or two days off for one of the team. */
function daysOff(id: string, kind: CalendarKind, wall: number, random: () => number): PlannedEvent {
  const end = wall + (random() < 0.5 ? 1 : 2) * DAY_MINUTES;
  const times = {
    start: { date: dateOfWall(wall) },
    end: { date: dateOfWall(end) },
    startsAt: CLOCK.at(wall).instant,
    endsAt: CLOCK.at(end).instant,
  };
  const [firstName] = pickFrom(TEAM, random()).name.split(" ");
  return planEvent(id, kind, times, `Urlaub ${firstName}`, random);
}

function acrossMidnight(id: string, kind: CalendarKind, wall: number, random: () => number): PlannedEvent {
  const times = planTimes(wall + 23 * 60 + 15, 90);
  const customer = pickFrom(CUSTOMERS, random());
  return { ...planEvent(id, kind, times, `${customer.name} - Nachtlauf`, random), colorId: "2", customer };
}

function planEvent(
  id: string,
  kind: CalendarKind,
  times: Pick<PlannedEvent, "start" | "end" | "startsAt" | "endsAt">,
  title: string,
  random: () => number,
): PlannedEvent {
  return {
    id,
    kind,
    ...times,
    ...planHistory(times.startsAt, random),
    ...authorOf(pickFrom(TEAM, random()), false),
    title,
    ending: "came",
    spelling: 0,
  };
}
