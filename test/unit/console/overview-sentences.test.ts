import { expect, describe as group, it } from "vitest";
import type { AttentionItem, NightlyJob, Overview } from "../../../web/client/generated/types.ts";
import { describe } from "../../../web/console/pages/overview/attention/attention.ts";
import { attentionWords } from "../../../web/console/pages/overview/attention/attention-words.ts";
import { countWaiting, greet, hourIn, summarize } from "../../../web/console/pages/overview/greeting.ts";
import { describeNight } from "../../../web/console/pages/overview/night.ts";
import { standingsOf } from "../../../web/console/pages/overview/states.ts";
import { overviewWords } from "../../../web/console/pages/overview/words.ts";
import { formatOf } from "../../../web/console/ui/format.ts";

const ZONE = "Europe/Berlin";
const reader = (language: "en" | "de") => {
  return { words: attentionWords[language], format: formatOf(language, ZONE), language };
};
const said = (item: AttentionItem, language: "en" | "de") => {
  const { title, text } = describe(item, reader(language));
  return [title, text];
};

const closedDay: AttentionItem = {
  kind: "booking-conflict",
  providerId: "ben",
  providerName: "Ben Krause",
  date: "2020-12-02",
  exception: "closed",
  reason: "sick",
  bookings: 6,
  firstStart: "2020-12-02T08:00:00.000Z",
};
const refused: AttentionItem = {
  kind: "mails-refused",
  since: "2020-12-01T00:21:00.000Z",
  refused: 21,
  unknownMailbox: 19,
  attempted: 174,
};
const unjudged: AttentionItem = {
  kind: "appointments-unjudged",
  from: "2020-11-23",
  to: "2020-11-29",
  count: 23,
  appointments: 96,
  consultant: "Carla Vogt",
};
const request: AttentionItem = {
  kind: "booking-request",
  bookingId: "686f7e78-3417-4eba-8c79-76fe8bbf8a87",
  customerName: "Jonas Petersen",
  serviceName: "1:1 training",
  providerName: "Aylin Demir",
  startsAt: "2020-12-03T17:00:00.000Z",
  endsAt: "2020-12-03T18:00:00.000Z",
  requestedAt: "2020-12-01T10:00:00.000Z",
};

group("what waits, in words", () => {
  it("says how many bookings are in conflict, and why", () => {
    const [title, text] = said(closedDay, "en");
    expect(title).toBe("6 bookings fall on a closed day");
    expect(text).toMatch(/^Ben Krause is away on Wed 2 Dec \(sick\)\. The first starts /);
    expect(said({ ...closedDay, bookings: 1, reason: null }, "de")[0]).toBe(
      "1 Termin fällt auf einen geschlossenen Tag",
    );
    expect(said({ ...closedDay, exception: "blocked" }, "de")[0]).toBe("6 Termine fallen in eine gesperrte Zeit");
  });

  it("says how many mails were refused, and what became of the others", () => {
    expect(said(refused, "en")).toEqual([
      "21 of 174 mails were refused",
      "19 mailboxes do not exist and 2 messages were rejected by the mail server. The other 153 were delivered.",
    ]);
    expect(said({ ...refused, refused: 1, unknownMailbox: 1, attempted: 1 }, "en")).toEqual([
      "1 of 1 mail was refused",
      "1 mailbox does not exist.",
    ]);
    expect(said(refused, "de")).toEqual([
      "21 von 174 Mails wurden abgelehnt",
      "19 Postfächer gibt es nicht, 2 Mails hat der Mailserver abgewiesen. Die anderen 153 sind zugestellt.",
    ]);
  });

  it("says which appointments have no outcome", () => {
    expect(said(unjudged, "en")).toEqual([
      "23 appointments of the last week have no outcome",
      "That is 24% of the week; they count as attended until someone marks them. Most are Carla Vogt’s.",
    ]);
    expect(said({ ...unjudged, count: 1, consultant: null }, "de")).toEqual([
      "1 Termin der letzten Woche hat kein Ergebnis",
      "Das sind 1\u00a0% der Woche; sie zählen als erschienen, bis jemand sie kennzeichnet.",
    ]);
  });

  it("names the customer of a request, and when the booking is", () => {
    const english = describe(request, reader("en"));
    expect(english.title).toBe("Jonas Petersen is waiting for an answer");
    expect(english.text).toMatch(/^1:1 training with Aylin Demir, Thu 3 Dec 2020, 18:00–19:00\.$/);
    expect(describe(request, reader("de")).title).toBe("Jonas Petersen wartet auf eine Antwort");
  });
});

group("the page in one sentence", () => {
  const count = (items: AttentionItem[], requests: number) => countWaiting({ attention: items, requests });
  const en = overviewWords.en;
  const number = (value: number) => String(value);

  it("greets by the time of day in the club's zone", () => {
    expect(hourIn(ZONE, "2026-12-01T07:12:00Z")).toBe(8);
    expect(greet(8, "Mara Lindholm", en)).toBe("Good morning, Mara");
    expect(greet(14, "", en)).toBe("Hello");
    expect(greet(20, "Mara", overviewWords.de)).toBe("Guten Abend, Mara");
  });

  it("counts what is listed, and further requests as one thing", () => {
    expect(count([], 0)).toBe(0);
    expect(count([closedDay, refused, unjudged, request], 1)).toBe(4);
    expect(count([request], 3)).toBe(2);
  });

  it("says how many things wait, or when the next run is", () => {
    expect(summarize(4, "08:15", en, number)).toBe(
      "Four things need your attention. Everything else is running normally.",
    );
    expect(summarize(1, "08:15", en, number)).toBe(
      "One thing needs your attention. Everything else is running normally.",
    );
    expect(summarize(13, "08:15", en, number)).toMatch(/^13 things need/);
    expect(summarize(0, "08:15", en, number)).toBe("All quiet. Next run at 08:15.");
    expect(summarize(1, "08:15", overviewWords.de, number)).toBe(
      "Eine Sache braucht deine Aufmerksamkeit. Alles andere läuft normal.",
    );
    expect(summarize(0, undefined, overviewWords.de, number)).toBe("Alles ruhig.");
  });
});

group("the four states", () => {
  const overview = {
    runs: { last24Hours: { due: 52, onTime: 52, late: 0, failed: 0, missed: 0 }, nextRun: null },
    conflicts: 1,
    requests: 1,
    bookings: { providers: 3 },
    mail: { last24Hours: { refused: 21 }, queue: { waiting: 0, oldestDueSeconds: null, deliveryUnknown: 0 } },
    site: { sites: 1, lagSeconds: 2, rejected: 0 },
  } as unknown as Overview;
  const states = (language: "en" | "de", change: object = {}) =>
    standingsOf({ ...overview, ...change }, overviewWords[language], formatOf(language, ZONE)).map(
      ({ tone, title, note }) => `${tone}: ${title}, ${note}`,
    );

  it("are in words, in both languages", () => {
    expect(states("en")).toEqual([
      "ok: Runs are on time, 52 of 52 in 24 hours",
      "bad: Bookings need you, 1 conflict, 1 request",
      "warn: Most mail arrives, 21 refused, queue empty",
      "ok: Site tracking works, 2 s behind, nothing lost",
    ]);
    expect(states("de")[1]).toBe("bad: Termine brauchen dich, 1 Konflikt, 1 Anfrage");
  });

  it("claim nothing of what is not set up", () => {
    const none = states("en", {
      runs: { last24Hours: { due: 0, onTime: 0, late: 0, failed: 0, missed: 0 }, nextRun: null },
      ...{ conflicts: 0, requests: 0, bookings: { providers: 0 }, site: { sites: 0, lagSeconds: 0, rejected: 0 } },
    });
    expect(none[0]).toBe("neutral: No run was due, no crons");
    expect(none[1]).toBe("neutral: No bookings yet, no provider is set up");
    expect(none[3]).toBe("neutral: No site yet, set one up to count visitors");
  });
});

group("last night", () => {
  const job = (over: Partial<NightlyJob>): NightlyJob => ({
    ...{ command: "dispatch", jobName: "email-dispatch", executions: 33, failed: 0, missed: 0, lastId: null },
    ...{ lastAt: "2026-12-01T07:00:00Z", lastOutcome: "completed", lastCounts: {}, totals: {} },
    ...over,
  });
  const told = (over: Partial<NightlyJob>, language: "en" | "de" = "en") => {
    const { tone, name, text } = describeNight(job(over), overviewWords[language], language, String);
    return `${tone}: ${name}. ${text}`;
  };

  it("adds up what a frequent job did, and shows what the newest run of the others did", () => {
    expect(
      told({ lastCounts: { processed: 2, remaining: 0 }, totals: { processed: 153, failed: 21, remaining: 9 } }),
    ).toBe("warn: Mail dispatch. 153 mails were delivered. 21 mails failed for good.");
    expect(told({ lastCounts: {}, totals: {} }, "de")).toBe("ok: Mailversand. Es war keine Mail fällig.");
  });

  it("says what failed and what was missed before what was done", () => {
    expect(told({ failed: 2, lastOutcome: "failed", lastCounts: null })).toMatch(
      /^bad: Mail dispatch\. 2 of 33 runs failed\./,
    );
    expect(told({ executions: 1, failed: 1, lastCounts: null }, "de")).toMatch(/^warn: Mailversand\. Fehlgeschlagen\./);
    expect(told({ executions: 0, missed: 1, lastOutcome: null, lastCounts: null })).toMatch(
      /^bad: Mail dispatch\. 1 run was missed\./,
    );
  });
});
