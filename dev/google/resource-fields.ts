import type { FieldNames } from "./field-mask.ts";

/** The selectable fields of Google's resources (Calendar API v3, Events). */

const fields = (names: string, inside: FieldNames = {}): FieldNames => ({
  ...Object.fromEntries(names.split(" ").map((name) => [name, undefined])),
  ...inside,
});

const TIME = fields("date dateTime timeZone");
const PERSON = fields("id email displayName self");
const REMINDER = fields("method minutes");

export const EVENT_NAMES = fields(
  "kind etag id status htmlLink created updated summary description location colorId endTimeUnspecified recurrence " +
    "recurringEventId transparency visibility iCalUID sequence attendeesOmitted extendedProperties " +
    "hangoutLink conferenceData gadget anyoneCanAddSelf guestsCanInviteOthers guestsCanModify guestsCanSeeOtherGuests " +
    "privateCopy locked source attachments eventType eventLabelId workingLocationProperties outOfOfficeProperties " +
    "focusTimeProperties birthdayProperties",
  {
    creator: PERSON,
    organizer: PERSON,
    attendees: fields("organizer resource optional responseStatus comment additionalGuests", PERSON),
    start: TIME,
    end: TIME,
    originalStartTime: TIME,
    reminders: fields("useDefault", { overrides: REMINDER }),
  },
);

export const EVENTS_NAMES = fields(
  "kind etag summary description updated timeZone accessRole nextPageToken nextSyncToken",
  { defaultReminders: REMINDER, items: EVENT_NAMES },
);
