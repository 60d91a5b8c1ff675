import type { Calendar } from "@event-calendar/core";
import type { CalendarProps, Span } from "./entries.ts";
import { wallTime } from "./wall-time.ts";

/** What lies behind the entries: closed hours, blocked days and the line of now, in the library's terms. */
export function background(props: CalendarProps, zone: string): Calendar.EventInput[] {
  const { days, columns, open, blocked = [], hours } = props;
  const ids = columns?.map(({ id }) => id) ?? [undefined];
  const closed =
    open === undefined
      ? []
      : days.flatMap((date) =>
          ids.flatMap((column) =>
            gaps(
              open.filter((span) => span.date === date && span.column === column),
              { date, column, from: two(hours.from), to: two(hours.to) },
            ),
          ),
        );
  const now = wallTime(new Date().toISOString(), zone);
  const line = days.includes(now.slice(0, 10))
    ? [{ ...shared(ids), start: now, end: `${now.slice(0, 17)}59`, classNames: ["now-line"] }]
    : [];
  return [
    ...closed.map((span) => behind(span, "closed", ids)),
    ...blocked.map((span) => behind(span, "blocked-day", ids)),
    ...line,
  ];
}

const two = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** The parts of a day between its open spans. */
function gaps(open: readonly Span[], whole: Span): Span[] {
  const closed: Span[] = [];
  let from = whole.from;
  for (const span of [...open].sort((a, b) => a.from.localeCompare(b.from))) {
    if (span.from > from) closed.push({ ...whole, from, to: span.from });
    if (span.to > from) from = span.to;
  }
  if (from < whole.to) closed.push({ ...whole, from });
  return closed;
}

const shared = (ids: readonly (string | undefined)[]): Pick<Calendar.EventInput, "display" | "resourceIds"> => ({
  display: "background",
  resourceIds: ids.filter((id) => id !== undefined),
});

const behind = (span: Span, name: string, ids: readonly (string | undefined)[]): Calendar.EventInput => ({
  ...shared(span.column === undefined ? ids : [span.column]),
  start: `${span.date}T${span.from}:00`,
  end: `${span.date}T${span.to}:00`,
  classNames: [name],
});
