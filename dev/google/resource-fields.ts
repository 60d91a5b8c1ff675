import type { Names } from "./field-mask.ts";

/** The fields of Google's resources that can be selected (Calendar API v3, Events). */

const named = (names: string, inside: Names = {}): Names => ({
  ...Object.fromEntries(names.split(" ").map((name) => [name, undefined])),
  ...inside,
});

const TIME = named("date dateTime timeZone");
const PERSON = named("id email displayName self");
const REMINDER = named("method minutes");

export const EVENT_NAMES = named(
  "kind etag id status htmlLink created updated summary description location colorId endTimeUnspecified recurrence " +
    "recurringEventId transparency visibility iCalUID sequence attendeesOmitted extendedProperties " +
    "hangoutLink conferenceData gadget anyoneCanAddSelf guestsCanInviteOthers guestsCanModify guestsCanSeeOtherGuests " +
    "privateCopy locked source attachments eventType eventLabelId workingLocationProperties outOfOfficeProperties " +
    "focusTimeProperties birthdayProperties",
  {
    creator: PERSON,
    organizer: PERSON,
    attendees: named("organizer resource optional responseStatus comment additionalGuests", PERSON),
    start: TIME,
    end: TIME,
    originalStartTime: TIME,
    reminders: named("useDefault", { overrides: REMINDER }),
  },
);

export const EVENTS_NAMES = named(
  "kind etag summary description updated timeZone accessRole nextPageToken nextSyncToken",
  { defaultReminders: REMINDER, items: EVENT_NAMES },
);
