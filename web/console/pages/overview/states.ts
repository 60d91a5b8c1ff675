import type { Overview } from "../../../client/generated/types.ts";
import type { IconName } from "../../ui/basics/icon-names.ts";
import type { Tone } from "../../ui/basics/tone.ts";
import type { Format } from "../../ui/format.ts";
import type { OverviewWords } from "./words.ts";

/** One state, as `StandingRow` shows it. */
interface Standing {
  tone: Tone;
  icon?: IconName;
  title: string;
  note: string;
  href?: string;
}

/** The four answers to "is everything all right?". Pure. */
export function standingsOf(overview: Overview, { states }: OverviewWords, format: Format): Standing[] {
  return [
    { href: "/runs", ...runs(overview, states, format) },
    { href: "/bookings", ...bookings(overview, states, format) },
    { href: "/mail", ...mail(overview, states, format) },
    { href: "/site", ...site(overview, states, format) },
  ];
}

type States = OverviewWords["states"];

function runs({ runs: { last24Hours, nextRun } }: Overview, states: States, { number, time }: Format): Standing {
  const { due, onTime, late, failed, missed } = last24Hours;
  if (due === 0) {
    const next = nextRun === null ? undefined : time(nextRun.at);
    return { tone: "neutral", title: states.runsNone, note: states.runsNoneNote(next) };
  }
  const note = states.runsNote(number(onTime), number(due));
  if (failed + missed > 0) return { tone: "bad", icon: "octagon-alert", title: states.runsBad, note };
  return late > 0 ? { tone: "warn", title: states.runsLate, note } : { tone: "ok", title: states.runsOk, note };
}

function bookings(
  { conflicts, requests, bookings: { providers } }: Overview,
  states: States,
  { number }: Format,
): Standing {
  if (conflicts + requests === 0) {
    return providers === 0
      ? { tone: "neutral", title: states.bookingsNone, note: states.bookingsNoneNote }
      : { tone: "ok", title: states.bookingsOk, note: states.bookingsFine };
  }
  const note = [
    ...(conflicts > 0 ? [states.conflicts(number(conflicts))] : []),
    ...(requests > 0 ? [states.requests(number(requests))] : []),
  ].join(", ");
  return conflicts > 0
    ? { tone: "bad", icon: "octagon-alert", title: states.bookingsBad, note }
    : { tone: "warn", title: states.bookingsRequests, note };
}

/** From here on, mail that is due waits for longer than between two dispatches. */
const STUCK_SECONDS = 3_600;

function mail({ mail: { last24Hours, queue } }: Overview, states: States, { number }: Format): Standing {
  const note = states.mailNote(number(last24Hours.refused), number(queue.waiting));
  if ((queue.oldestDueSeconds ?? 0) > STUCK_SECONDS) {
    return { tone: "bad", icon: "octagon-alert", title: states.mailBad, note };
  }
  if (last24Hours.refused > 0) return { tone: "warn", title: states.mailMost, note };
  return queue.deliveryUnknown > 0
    ? { tone: "warn", title: states.mailUnclear, note }
    : { tone: "ok", title: states.mailOk, note };
}

/** From here on, an operator should know that events wait. */
const LAG_SECONDS = 900;

function site({ site: { sites, lagSeconds, rejected } }: Overview, states: States, format: Format): Standing {
  if (sites === 0) return { tone: "neutral", title: states.siteNone, note: states.siteNoneNote };
  const lag = lagSeconds === 0 ? states.upToDate : states.behind(format.duration(1_000 * lagSeconds));
  const note = states.siteNote(lag, format.number(rejected));
  return lagSeconds > LAG_SECONDS
    ? { tone: "warn", title: states.siteLag, note }
    : { tone: rejected > 0 ? "warn" : "ok", title: states.siteOk, note };
}
