import type { JSX } from "preact";
import type { AttendanceSummary, CalendarSync } from "../../../client/generated/types.ts";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type ListRow, RowList } from "../../ui/data/row-list.tsx";
import type { Format } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import type { ApiState } from "../../ui/use-api.ts";
import { type AttendanceWords, attendanceWords } from "./words.ts";

/** When each calendar was read last, and why one cannot be read. */
export function Calendars({ reading }: { reading: ApiState<AttendanceSummary> }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(attendanceWords);
  return (
    <Card title={w.sync} hint={w.syncHint} link={{ href: "/runs/tracking", label: w.seeSync }}>
      <Reading reading={reading} failed={w.failedToLoad} shape="rows">
        {({ calendars }) =>
          calendars.length === 0 ? (
            <EmptyState icon="calendar-x" title={w.noCalendars}>
              {w.noCalendarsNote}
            </EmptyState>
          ) : (
            <RowList label={w.sync} rows={calendars.map((calendar) => rowOf(calendar, w, format))} />
          )
        }
      </Reading>
    </Card>
  );
}

function rowOf(calendar: CalendarSync, w: AttendanceWords, format: Format): ListRow {
  const { calendarId, succeededAt, failedAt, error } = calendar;
  const read = succeededAt === null ? undefined : format.relative(succeededAt);
  if (error === null || failedAt === null) {
    return { key: calendarId, tone: "ok", title: calendarId, note: read && w.readAt(read) };
  }
  return {
    key: calendarId,
    tone: "bad",
    title: calendarId,
    note: (
      <>
        {w.failedAt(format.relative(failedAt))}
        {read && `, ${w.readBefore(read)}`}
        {". "}
        <span lang="en">{error}</span>
      </>
    ),
  };
}
