import type { Incident } from "../../../client/generated/types.ts";
import type { Format } from "../../ui/format.ts";
import type { TimelineEvent } from "../../ui/page/timeline.tsx";
import type { IncidentsWords } from "./words.ts";

/** Incidents open and close with checks, so seconds say nothing. In milliseconds. */
export const lengthOf = ({ openedAt, closedAt }: Pick<Incident, "openedAt" | "closedAt">, now: number): number => {
  const ms = (closedAt === null ? now : Date.parse(closedAt)) - Date.parse(openedAt);
  return Math.max(60_000, Math.round(ms / 60_000) * 60_000);
};

/** What happened to an incident so far, oldest first. */
export function lifeOf(incident: Incident, w: IncidentsWords, { dateTime, duration }: Format): TimelineEvent[] {
  const { openedAt, seenAt, closedAt, alertedAt, alertError, recoveryAlertedAt, acknowledged } = incident;
  const events: (TimelineEvent & { at: string })[] = [
    { key: "opened", at: openedAt, tone: "bad", icon: "siren", title: w.opened, note: dateTime(openedAt) },
  ];
  if (alertedAt !== null) {
    events.push({ key: "alerted", at: alertedAt, icon: "mail", title: w.alerted, note: dateTime(alertedAt) });
  }
  if (acknowledged !== null) {
    const { at, by, note } = acknowledged;
    const title = w.acknowledged(by);
    events.push({
      key: "acknowledged",
      at,
      tone: "info",
      icon: "check",
      title,
      note: `${dateTime(at)} · ${w.noReminders}`,
      children: note,
    });
  }
  if (closedAt === null) {
    events.push({ key: "seen", at: seenAt, tone: "warn", icon: "eye", title: w.seen, note: dateTime(seenAt) });
  } else {
    const length = w.closedNote(duration(lengthOf(incident, 0)));
    const note = `${dateTime(closedAt)} · ${length}`;
    events.push({ key: "closed", at: closedAt, tone: "ok", icon: "circle-check", title: w.closed, note });
  }
  if (recoveryAlertedAt !== null) {
    const note = dateTime(recoveryAlertedAt);
    events.push({ key: "recovered", at: recoveryAlertedAt, icon: "mail-check", title: w.recovered, note });
  }
  events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (alertError === null) return events;
  const failed = { key: "failed", tone: "bad" as const, icon: "mail-x" as const, title: w.alertFailed };
  return [...events, { ...failed, note: w.willRetry, children: alertError }];
}
