import type { Environment } from "../../lib/config/config.ts";
import type { Handler } from "../../lib/http/handler.ts";
import type { CalendarSource } from "../google/calendar-source.ts";
import { createGoogleApi } from "../google/google-api.ts";
import { newServiceAccount } from "../google/service-account.ts";
import { calendarPage } from "./calendar-page.ts";
import { demoCalendars } from "./demo-calendars.ts";
import { CALENDARS, CONSULTANTS } from "./demo-events.ts";

/** The local run stores edits of the calendars here. */
export const CALENDAR_FILE = ".data/calendar.json";

export interface LocalCalendar {
  /** Answers `/dev/calendar` and requests to Google's API. */
  handle: Handler;
  /** The same calendars, for a separate server (google/start-server.ts). */
  source: CalendarSource;
  /** The settings with which the attendance reads these calendars. @param url The API's origin. */
  settings(url: string, tokenUri: string): Environment;
}

/** The demo club's calendars for this process, shared with a new service account. */
export async function localCalendar(file = CALENDAR_FILE, now = () => new Date()): Promise<LocalCalendar> {
  const account = await newServiceAccount("taktwerk@local.iam.gserviceaccount.com");
  const source = demoCalendars(file, account, now);
  const google = createGoogleApi(source);
  return {
    handle: (request) => {
      const isPage = new URL(request.url).pathname === "/dev/calendar";
      return isPage ? calendarPage(request, source) : google(request);
    },
    source,
    settings: (url, tokenUri) => ({
      GOOGLE_CALENDAR_URL: url,
      GOOGLE_CALENDAR_IDS: Object.keys(CALENDARS).join(","),
      GOOGLE_CREDS_BASE64: account.credentials(tokenUri),
      CONSULTANTS: JSON.stringify(CONSULTANTS),
      TRACKING_REPORT_TO: "operator@club.example",
    }),
  };
}
