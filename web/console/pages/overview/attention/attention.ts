import type { AttentionItem, Incident, RequestAttention } from "../../../../client/generated/types.ts";
import type { IconName } from "../../../ui/basics/icon-names.ts";
import type { Tone } from "../../../ui/basics/tone.ts";
import type { Format } from "../../../ui/format.ts";
import { describeIncident } from "../../incidents/describe-incident.ts";
import { remedyLink } from "../../incidents/remedy.ts";
import type { Language } from "../../runs/sentences/language.ts";
import type { AttentionWords } from "./attention-words.ts";

/** One thing that waits, in words. */
export interface Attention {
  key: string;
  tone: Tone;
  icon: IconName;
  title: string;
  /** What it means; may be empty. */
  text: string;
  /** Since when, and what was done about it. */
  meta: string;
  /** The button that fixes it. */
  remedy?: { label: string; href: string } | undefined;
  /** A request is answered here. */
  request?: RequestAttention | undefined;
  /** An incident can be acknowledged here. */
  incident?: Incident | undefined;
}

interface Reader {
  words: AttentionWords;
  format: Format;
  language: Language;
}

/** Says what waits, and what to do about it. Pure. */
export function describe(item: AttentionItem, reader: Reader): Attention {
  switch (item.kind) {
    case "incident":
      return incident(item, reader);
    case "booking-conflict":
      return conflict(item, reader);
    case "booking-request":
      return request(item, reader);
    case "mails-refused":
      return refused(item, reader);
    case "appointments-unjudged":
      return unjudged(item, reader);
  }
}

type Of<Kind extends AttentionItem["kind"]> = Extract<AttentionItem, { kind: Kind }>;

function incident({ incident }: Of<"incident">, { words, format, language }: Reader): Attention {
  const { what, more } = describeIncident(incident, language);
  const { id, kind, subject, remedy, acknowledged, alertedAt, openedAt } = incident;
  const link = remedyLink(remedy, subject, language);
  const state = acknowledged ? words.acknowledgedBy(acknowledged.by) : alertedAt === null ? undefined : words.alertSent;
  return {
    key: `incident-${id}`,
    tone: acknowledged ? "neutral" : FAILURES.has(kind) ? "bad" : "warn",
    icon: INCIDENT_ICONS[kind] ?? "siren",
    title: what.replace(/\.$/, ""),
    text: acknowledged?.note ? words.note(acknowledged.note) : (more ?? ""),
    meta: joined(words.since(format.dateTime(openedAt)), state),
    // The title names the job already.
    remedy: link && (remedy === "run-again" ? { ...link, label: words.runAgain } : link),
    incident,
  };
}

const FAILURES: ReadonlySet<string> = new Set(["failed", "overdue", "stuck-runs"]);

const INCIDENT_ICONS: Readonly<Record<string, IconName>> = {
  failed: "circle-x",
  overdue: "hourglass",
  "stuck-runs": "timer",
  mail: "mail-x",
  attendance: "clipboard-check",
  site: "chart-line",
};

function conflict(item: Of<"booking-conflict">, { words, format }: Reader): Attention {
  const count = format.number(item.bookings);
  const isClosed = item.exception === "closed";
  const where = isClosed ? words.away : words.blocked;
  return {
    key: `conflict-${item.providerId}-${item.date}-${item.exception}-${item.firstStart}`,
    tone: "bad",
    icon: "calendar-x",
    title: isClosed ? words.onClosedDay(count) : words.inBlockedSpan(count),
    text: joinedText(
      where(item.providerName, format.day(item.date), item.reason ?? undefined),
      words.firstStart(format.relative(item.firstStart)),
    ),
    meta: format.dateTime(item.firstStart),
    remedy: {
      label: words.openBookings(count),
      href: `/bookings?date=${item.date}&provider=${encodeURIComponent(item.providerId)}`,
    },
  };
}

function request(item: Of<"booking-request">, { words, format }: Reader): Attention {
  return {
    key: `request-${item.bookingId}`,
    tone: "info",
    icon: "calendar-clock",
    title: words.request(item.customerName),
    text: aboutRequest(item, words, format),
    meta: words.requested(format.relative(item.requestedAt)),
    request: item,
  };
}

/** Service, provider and time of a request, as a sentence. */
export const aboutRequest = (
  { serviceName, providerName, startsAt, endsAt }: RequestAttention,
  words: AttentionWords,
  { dateTime, time }: Format,
): string => words.requestAbout(serviceName, providerName, `${dateTime(startsAt)}–${time(endsAt)}`);

function refused(item: Of<"mails-refused">, { words, format }: Reader): Attention {
  const { refused, attempted, unknownMailbox } = item;
  const why = words.refusedWhy(unknownMailbox, refused - unknownMailbox, format.number);
  return {
    key: "mails-refused",
    tone: "warn",
    icon: "mail-x",
    title: words.refused(format.number(refused), format.number(attempted)),
    text: joinedText(`${why}.`, words.refusedRest(attempted - refused, format.number)),
    meta: item.since === null ? "" : words.since(format.dateTime(item.since)),
    remedy: { label: words.seeWho, href: "/mail" },
  };
}

function unjudged(item: Of<"appointments-unjudged">, { words, format }: Reader): Attention {
  const { count, appointments, consultant, from, to } = item;
  return {
    key: "appointments-unjudged",
    tone: "warn",
    icon: "clipboard-check",
    title: words.unjudged(format.number(count)),
    text: joinedText(
      words.unjudgedText(format.percent((100 * count) / appointments, 0)),
      consultant === null ? "" : words.unjudgedMost(consultant),
    ),
    meta: format.range(from, to),
    remedy: { label: words.addOutcomes, href: `/attendance?from=${from}&to=${to}` },
  };
}

const joined = (...parts: (string | undefined)[]): string => parts.filter((part) => part).join(" · ");
const joinedText = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");
