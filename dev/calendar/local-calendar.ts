import type { Environment } from "../../lib/config/config.ts";
import type { Handler } from "../../lib/http/handler.ts";
import type { CalendarSource } from "../google/calendar-source.ts";
import { googleCalendar } from "../google/google-api.ts";
import { newServiceAccount } from "../google/service-account.ts";
import { calendarPage } from "./calendar-page.ts";
import { appointmentBook } from "./demo-calendars.ts";
import { CALENDARS, CONSULTANTS } from "./demo-events.ts";

/** Where the local run keeps what people change on the calendars. */
export const CALENDAR_FILE = ".data/calendar.json";

export interface LocalCalendar {
  /** Answers `/dev/calendar`, and what Google Calendar would be asked. */
  handle: Handler;
  /** The same calendars, for a server of their own (google/listen.ts). */
  source: CalendarSource;
  /** By which the attendance reads these calendars, where they answer under `url` and give out tokens at `tokenUri`. */
  settings(url: string, tokenUri: string): Environment;
}

/** The demo club's calendars for this process, shared with a service account that is made for it. */
export async function localCalendar(file = CALENDAR_FILE, now = () => new Date()): Promise<LocalCalendar> {
  const account = await newServiceAccount("taktwerk@local.iam.gserviceaccount.com");
  const source = appointmentBook(file, account, now);
  const google = googleCalendar(source);
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
