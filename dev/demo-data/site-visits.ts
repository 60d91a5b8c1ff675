import type { RequestContext } from "../../lib/analytics/events/validate-event.ts";

/** A visit of the demo site: the events that the browser of one visitor sends, in order of their times. */
export interface Visit {
  context: RequestContext;
  events: Record<string, unknown>[];
}

const DAY_MS = 86_400_000;

/**
 * Visits of one day: more in the evening, most of them short. The same random numbers give the same visits.
 * @param midnight The beginning of the day in UTC. @param origin The origin of the site, without a slash at the end.
 */
export function visitsOf(midnight: Date, count: number, origin: string, random: () => number): Visit[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, nth) => {
    const visitor = `${midnight.toISOString().slice(0, 10)}-${nth}-${Math.floor(random() * 1e9).toString(36)}`;
    const { userAgent, country, person } = pick(AGENTS);
    const { referrer, utm } = pick(SOURCES);
    const start = Number(midnight) + Math.floor(hourOf(random()) * 3_600_000);
    const pages = person ? 1 + Math.floor(random() ** 2 * 7) : 2;
    let at = start;
    const events: Record<string, unknown>[] = [];
    const add = (type: string, path: string, more: Record<string, unknown> = {}) => {
      if (at >= Number(midnight) + DAY_MS) return;
      events.push({
        event_id: `${visitor}-${events.length}`,
        event_type: type,
        page_url: `${origin}${path}`,
        session_id: visitor,
        visitor_id: visitor,
        occurred_at: new Date(at).toISOString(),
        ...more,
      });
      at += 2_000 + Math.floor(random() ** 3 * 240_000);
    };
    for (let view = 0; view < pages; view++) {
      const path = view === 0 ? pick(ENTRIES) : pick(PATHS);
      const arrival = view === 0 ? { referrer } : {};
      add("page_view", view === 0 ? `${path}${utm}` : path, arrival);
      if (person && random() < 0.35) add("click", path, { event_data: { tag: "button", text: pick(BUTTONS) } });
    }
    if (pages > 3 && random() < 0.3) add("form_submission", "/kontakt", { event_data: { form: "contact" } });
    return { context: { userAgent, visitor: "demo", country }, events };
  });
}

/** Turns a random number from 0 to 1 into an hour of the day: people visit in the evening rather than at night. */
const hourOf = (share: number): number => 6 + 17.9 * Math.sqrt(share);

const PATHS = [
  "/",
  "/training",
  "/training/kraft",
  "/training/ausdauer",
  "/preise",
  "/buchen",
  "/team",
  "/kontakt",
  "/blog/die-richtige-pause",
  "/blog/klimmzug-in-acht-wochen",
];
const ENTRIES = ["/", "/", "/", "/preise", "/training", "/blog/klimmzug-in-acht-wochen"];
const BUTTONS = ["Jetzt buchen", "Probetraining", "Mehr erfahren"];

const SOURCES = [
  { referrer: undefined, utm: "" },
  { referrer: undefined, utm: "" },
  { referrer: "https://www.google.com/", utm: "" },
  { referrer: "https://www.google.com/", utm: "" },
  { referrer: "https://www.instagram.com/", utm: "?utm_source=instagram&utm_medium=social&utm_campaign=winter" },
  { referrer: undefined, utm: "?utm_source=newsletter&utm_medium=email&utm_campaign=winter" },
  { referrer: "https://duckduckgo.com/", utm: "" },
];

const person = (country: string, userAgent: string) => ({ country, userAgent, person: true });

const AGENTS = [
  person(
    "DE",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
  ),
  person(
    "AT",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
  ),
  person(
    "DE",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
  ),
  person(
    "DE",
    "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36",
  ),
  person(
    "DE",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  ),
  person("CH", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0"),
  person(
    "DE",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
  ),
  person(
    "DE",
    "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
  ),
  person(
    "FR",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
  ),
  {
    country: "US",
    userAgent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    person: false,
  },
];
