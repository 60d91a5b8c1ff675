import type { CalendarEvent } from "../../dev/google/calendar-source.ts";
import { type GoogleOptions, googleServer } from "../fakes/google-server.ts";
import { googleClient } from "../support/attendance/google-client.ts";

export const TEAM = "team@club.example";
export const DAY = { timeMin: "2026-02-09T00:00:00+01:00", timeMax: "2026-02-10T00:00:00+01:00" };
const QUERY = { calendarId: TEAM, singleEvents: true, ...DAY };

/** A calendar with these events, read through Google's client; by default on 2026-02-09. */
export async function listingOf(events: CalendarEvent[], options: GoogleOptions = {}) {
  const google = await googleServer({ calendars: { [TEAM]: events }, ...options });
  const client = googleClient(google);
  const list = async (parameters: object = {}) => (await client.events.list({ ...QUERY, ...parameters })).data;
  const ids = async (parameters: object = {}) => (await list(parameters)).items?.map(({ id }) => id);
  /** The error of a refused list. */
  const refusal = (parameters: object) =>
    list(parameters).then(
      () => "no refusal",
      (error) => [error.status, error.response.data.error.errors[0].reason, error.message],
    );
  return { google, client, list, ids, refusal };
}
