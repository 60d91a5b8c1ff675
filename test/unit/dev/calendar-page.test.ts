import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { calendarPage } from "../../../dev/calendar/calendar-page.ts";
import { demoCalendars } from "../../../dev/calendar/demo-calendars.ts";
import type { CalendarEvent, CalendarSource, EventTime } from "../../../dev/google/calendar-source.ts";
import { instantOf } from "../../../dev/google/event-times.ts";
import { configure } from "../../../lib/config/config.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";

/** `/dev/calendar` shows a day of the demo club's events and lets people edit them. */

const BERATUNG = "beratung@club.example";
const ORIGIN = "http://127.0.0.1:3000";
const NOW = new Date("2026-02-09T22:30:00Z");
const FIRST = "termin2026020900";
const ATTACK = `"><script>alert(1)</script>`;
const ESCAPED = "&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;";

/** The date and time that a clock in Berlin shows in winter. */
const wallTimeOf = (time: EventTime) => new Date(instantOf(time, "") + 3_600_000).toISOString().slice(0, 16);

describe("the calendar page", () => {
  let file: string;
  let source: CalendarSource;
  beforeEach(async () => {
    configure(SETTINGS);
    file = join(await mkdtemp(join(tmpdir(), "taktwerk-calendar-")), "calendar.json");
    source = demoCalendars(file, { email: "a@b.example", publicKey: "" }, () => NOW);
  });

  async function open(query = "?date=2026-02-09", init: RequestInit = {}) {
    const response = await calendarPage(new Request(`${ORIGIN}/dev/calendar${query}`, init), source);
    return { status: response.status, headers: response.headers, body: await response.text() };
  }
  async function stored(id = FIRST): Promise<CalendarEvent> {
    const event = await source.calendar(BERATUNG)?.event(id);
    if (event === undefined) throw new Error(`expected an event ${id}`);
    return event;
  }
  /** The fields of an event's form. */
  async function formOf(id: string, query?: string): Promise<Record<string, string>> {
    const row = (await open(query)).body.split("<tr ").find((text) => text.includes(`data-event="${id}"`)) ?? "";
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(row)?.[1] ?? "";
    const colour = /<option value="([^"]*)" selected>/.exec(row)?.[1] ?? "";
    return { event: value("event"), title: value("title"), colour, start: value("start"), end: value("end") };
  }
  /** Submits an event's form with some changed fields. */
  async function send(
    change: Record<string, string>,
    id = FIRST,
    headers: Record<string, string> = { origin: ORIGIN },
  ) {
    const body = new URLSearchParams({ ...(await formOf(id)), action: "save", ...change });
    return open(`?calendar=${BERATUNG}&date=2026-02-09`, { method: "POST", body, headers });
  }

  it("shows a day's events ordered by start, each with a form", async () => {
    const { status, body, headers } = await open();
    expect(status).toBe(200);
    expect(body).toContain("<h1>Beratung, Monday 2026-02-09</h1>");
    const starts = [...body.matchAll(/name="start" value="([^"]*)"/g)].map(([, start = ""]) => start);
    expect(starts.length).toBeGreaterThan(11);
    expect(starts).toEqual([...starts].sort());
    expect(body.match(/<form /g)).toHaveLength(starts.length);
    expect(await formOf(FIRST)).toEqual({
      event: FIRST,
      title: (await stored()).summary,
      colour: (await stored()).colorId ?? "",
      start: wallTimeOf((await stored()).start),
      end: wallTimeOf((await stored()).end),
    });
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(body).not.toContain("<script");
  });

  it("links to the days around and to the other calendar, and shows the command that reads the day again", async () => {
    const { body } = await open();
    for (const query of [
      "calendar=beratung%40club.example&#38;date=2026-02-08",
      "calendar=beratung%40club.example&#38;date=2026-02-10",
      "calendar=training%40club.example&#38;date=2026-02-09",
    ]) {
      expect(body).toContain(`<a href="/dev/calendar?${query}">`);
    }
    expect(body).toContain(
      `curl -X POST -H &#34;Authorization: Bearer local-cron-secret&#34; &#34;${ORIGIN}/api/events/tracking?date=2026-02-09&#34;`,
    );
  });

  it("shows today in Berlin and the first calendar by default", async () => {
    expect((await open("")).body).toContain("<h1>Beratung, Monday 2026-02-09</h1>");
    source = demoCalendars(file, { email: "", publicKey: "" }, () => new Date("2026-02-09T23:30:00Z"));
    expect((await open("")).body).toContain("<h1>Beratung, Tuesday 2026-02-10</h1>");
    expect((await open("?calendar=training@club.example")).body).toContain("<h1>Training, Tuesday 2026-02-10</h1>");
    expect((await open("?date=2026-02-08")).body).toContain("<p>0 events; times in Europe/Berlin.</p>");
  });

  it("saves changes and redirects to the day", async () => {
    const before = await stored();
    const { status, headers } = await send({ title: "Max Mustermann (ghost)", colour: "11" });
    expect([status, headers.get("location")]).toEqual([
      303,
      "/dev/calendar?calendar=beratung%40club.example&date=2026-02-09",
    ]);
    expect(await stored()).toEqual({
      ...before,
      summary: "Max Mustermann (ghost)",
      colorId: "11",
      updated: NOW.toISOString(),
      sequence: before.sequence + 1,
    });
    expect((await formOf(FIRST)).title).toBe("Max Mustermann (ghost)");
    await send({ colour: "" });
    expect(await stored()).not.toHaveProperty("colorId");
  });

  it("changes nothing if no field has changed", async () => {
    const before = await stored();
    expect((await send({})).status).toBe(303);
    expect(await stored()).toEqual(before);
  });

  it("moves an event to another local time and day", async () => {
    await send({ start: "2026-07-01T09:00", end: "2026-07-01T10:30" });
    expect(await stored()).toMatchObject({
      start: { dateTime: "2026-07-01T07:00:00.000Z", timeZone: "Europe/Berlin" },
      end: { dateTime: "2026-07-01T08:30:00.000Z", timeZone: "Europe/Berlin" },
    });
    expect((await open()).body).not.toContain(FIRST);
    expect(await formOf(FIRST, "?date=2026-07-01")).toMatchObject({
      start: "2026-07-01T09:00",
      end: "2026-07-01T10:30",
    });
  });

  it("deletes and restores an event, and ignores the other fields", async () => {
    await send({ action: "delete", title: "unsaved", start: "nonsense" });
    expect(await stored()).toMatchObject({ status: "cancelled" });
    expect((await stored()).summary).not.toBe("unsaved");
    expect((await open()).body).toContain('<button name="action" value="restore">Restore</button>');
    await send({ action: "restore" });
    expect(await stored()).toMatchObject({ status: "confirmed" });
  });

  it("keeps an unknown colour, and keeps all-day events all-day", async () => {
    await source
      .calendar(BERATUNG)
      ?.edit(FIRST, { colorId: "42", start: { date: "2026-02-09" }, end: { date: "2026-02-11" } });
    const form = await formOf(FIRST);
    expect(form).toMatchObject({ colour: "42", start: "2026-02-09", end: "2026-02-10" });
    await send({ title: "Urlaub" });
    expect(await stored()).toMatchObject({ summary: "Urlaub", colorId: "42", end: { date: "2026-02-11" } });
    await send({ end: "2026-02-09" });
    expect(await stored()).toMatchObject({ start: { date: "2026-02-09" }, end: { date: "2026-02-10" } });
  });

  it.each([
    ["title", { title: "x".repeat(301) }, "title: expected text of at most 300 characters, got"],
    ["line break", { title: "a\nb" }, "title: expected text without NUL, line breaks or lone surrogates, got"],
    ["colour", { colour: "12" }, "colour: expected one of 1 to 11, or none, got &#34;12&#34;"],
    ["start", { start: "morgen" }, "start: expected a local time such as 2026-02-09T14:30, got &#34;morgen&#34;"],
    ["date", { start: "2026-02-30T09:00" }, "start: expected a local time such as 2026-02-09T14:30"],
    [
      "skipped hour",
      { start: "2026-03-29T02:30" },
      "start: expected a time that the clocks of Europe/Berlin do not skip",
    ],
    [
      "end",
      { start: "2026-02-09T19:00", end: "2026-02-09T18:59" },
      "end: expected 2026-02-09T19:00 or later, got &#34;2026-02-09T18:59&#34;",
    ],
    ["action", { action: "drop" }, "action: expected save, delete or restore, got &#34;drop&#34;"],
  ])("refuses a wrong %s, says what is expected, and changes nothing", async (_, change, sentence) => {
    const before = await stored();
    const { status, body } = await send(change);
    expect([status, body]).toEqual([400, expect.stringContaining(sentence)]);
    expect(body).toContain('<a href="/dev/calendar?calendar=beratung@club.example&#38;date=2026-02-09">Back</a>');
    expect(await stored()).toEqual(before);
  });

  it("refuses forms from other sites, and unknown events, calendars and dates", async () => {
    const before = await stored();
    expect((await send({ title: "x" }, FIRST, { origin: "https://evil.example" })).status).toBe(403);
    expect((await send({ title: "x" }, FIRST, { origin: "null" })).status).toBe(403);
    expect(await stored()).toEqual(before);
    expect((await send({ event: ATTACK })).status).toBe(404);
    expect((await send({ event: ATTACK })).body).not.toContain(ATTACK);
    for (const query of ["?calendar=x", "?date=gestern", "?date=2026-02-30", "?date=2026-02-09&date=2026-02-10"]) {
      expect((await open(query)).status).toBe(400);
    }
    expect((await open(`?calendar=${encodeURIComponent(ATTACK)}`)).body).not.toContain(ATTACK);
  });

  it("escapes titles", async () => {
    await send({ title: ATTACK });
    const { body } = await open();
    expect(body).toContain(`value="${ESCAPED}"`);
    expect(body).not.toContain(ATTACK);
  });

  it("reports a broken file of edits", async () => {
    await writeFile(file, "{");
    const { status, body } = await open();
    expect([status, body]).toEqual([500, expect.stringContaining("delete the file to start again")]);
  });
});
