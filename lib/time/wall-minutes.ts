import { MINUTE_MS } from "./durations.ts";

/**
 * Arithmetic with wall minutes: local time counted in minutes since 1970-01-01 00:00 local time. Which instants they are is up to
 * a zone (wall-clock.ts). Pure.
 */

export const DAY_MINUTES = 1440;

/** The first wall minute of a calendar date `YYYY-MM-DD`. */
export const wallOfDate = (date: string): number => Date.parse(date) / MINUTE_MS;

/** The calendar date `YYYY-MM-DD` that a wall minute belongs to. */
export const dateOfWall = (wall: number): string => new Date(wall * MINUTE_MS).toISOString().slice(0, 10);

/** The first minute of the day that a wall minute belongs to. */
export const dayOfWall = (wall: number): number => wall - mod(wall, DAY_MINUTES);

/** Weekday of a wall minute, 0 = Monday (1970-01-01 was a Thursday). */
export const weekdayOfWall = (wall: number): number => mod(Math.floor(wall / DAY_MINUTES) + 3, 7);

/** Hour of the week of a wall minute, 0 = Monday from 0:00 to 1:00. */
export const hourOfWeek = (wall: number): number => mod(Math.floor(wall / 60) + 3 * 24, 7 * 24);

const mod = (value: number, by: number): number => ((value % by) + by) % by;
