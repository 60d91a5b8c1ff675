import { escapeHtml } from "../../lib/mail/template/letter.ts";
import { DAY_MINUTES, dateOfWall, wallOfDate } from "../../lib/time/wall-minutes.ts";
import type { CalendarEvent } from "../google/calendar-source.ts";
import { CALENDARS } from "./demo-events.ts";
import { COLOURS, fieldsOf } from "./edit-form.ts";

/** The content of the page: one day of a calendar. */
export interface Day {
  calendarId: string;
  /** Local date `YYYY-MM-DD`. */
  date: string;
  zone: string;
  /** In the order of the page. */
  events: CalendarEvent[];
  /** The origin of the server, for the command on the page. */
  origin: string;
}

const HOME = "/dev/calendar";

/** The page's path and query for a day. */
export function addressOf(calendarId: string, date: string): string {
  return `${HOME}?${new URLSearchParams({ calendar: calendarId, date })}`;
}

/** The page of a day, with a form for each event. */
export function dayPage({ calendarId, date, zone, events, origin }: Day): string {
  const name = CALENDARS[calendarId] ?? calendarId;
  const weekday = new Date(date).toLocaleDateString("en", { weekday: "long", timeZone: "UTC" });
  const rows = events.map((event) => row(event, addressOf(calendarId, date), zone));
  const command = `curl -X POST -H "Authorization: Bearer local-cron-secret" "${origin}/api/events/tracking?date=${date}"`;
  const hint = "Compute the attendance of this day again, with your edits:";
  return layout(
    `${name}, ${weekday} ${date}`,
    `<p class="links">${links(calendarId, date)}</p>
    <p>${events.length === 1 ? "1 event" : `${events.length} events`}; times in ${escapeHtml(zone)}.</p>
    <div class="wide"><table><thead><tr><th>When</th><th>What</th></tr></thead>
      <tbody>${rows.join("")}</tbody></table></div>
    <p>${hint}</p><pre><code>${escapeHtml(command)}</code></pre>`,
  );
}

/** A page with one sentence. @param back The target of its link. */
export function sentencePage(sentence: string, back: string): string {
  return layout("Calendar", `<p>${escapeHtml(sentence)}</p><p><a href="${escapeHtml(back)}">Back</a></p>`);
}

/** Links to the days before and after, and to the same day of the other calendars. */
function links(calendarId: string, date: string): string {
  const link = (id: string, on: string, label: string) => `<a href="${escapeHtml(addressOf(id, on))}">${label}</a>`;
  const day = (days: number) => dateOfWall(wallOfDate(date) + days * DAY_MINUTES);
  const others = Object.entries(CALENDARS).filter(([id]) => id !== calendarId);
  return [
    link(calendarId, day(-1), "Previous day"),
    link(calendarId, day(1), "Next day"),
    ...others.map(([id, name]) => link(id, date, escapeHtml(name))),
  ].join(" ");
}

function row(event: CalendarEvent, action: string, zone: string): string {
  const { title, colour, start, end } = fieldsOf(event, zone);
  const isAllDay = "date" in event.start;
  const type = isAllDay ? "date" : "datetime-local";
  const field = (name: string, label: string, value: string, attributes: string) =>
    `<label>${label} <input name="${name}" value="${escapeHtml(value)}" ${attributes}></label>`;
  const isDeleted = event.status === "cancelled";
  const by = escapeHtml(event.organizer.displayName ?? event.organizer.email);
  const when = isAllDay ? "all day" : `<time>${start.slice(11)} to ${end.slice(11)}</time>`;
  return `<tr data-event="${escapeHtml(event.id)}"><td>${when}<br>${isDeleted ? "<strong>deleted</strong>" : by}</td>
    <td><form method="post" action="${escapeHtml(action)}">
      <input type="hidden" name="event" value="${escapeHtml(event.id)}">
      ${field("title", "Title", title, 'size="50" maxlength="300"')} ${select(colour)}<br>
      ${field("start", "Start", start, `type="${type}" required`)} ${field("end", "End", end, `type="${type}" required`)}
      <button name="action" value="save">Save</button>
      <button name="action" value="${isDeleted ? "restore" : "delete"}">${isDeleted ? "Restore" : "Delete"}</button>
    </form></td></tr>`;
}

/** A choice of colours. A colour that Google does not know can be kept. */
function select(chosen: string): string {
  const known = Object.entries(COLOURS).map(([id, name]) => [id, `${id} ${name}`] as const);
  const unknown = chosen === "" || Object.hasOwn(COLOURS, chosen) ? [] : [[chosen, `${chosen} (unknown)`] as const];
  const options = [["", "none"] as const, ...known, ...unknown].map(
    ([id, name]) => `<option value="${escapeHtml(id)}"${id === chosen ? " selected" : ""}>${escapeHtml(name)}</option>`,
  );
  return `<label>Colour <select name="colour">${options.join("")}</select></label>`;
}

function layout(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
    <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
    <body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}
