import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { demoCalendars } from "../../../dev/calendar/demo-calendars.ts";
import { eventsOn } from "../../../dev/calendar/demo-events.ts";
import { ZONE } from "../../../dev/calendar/planned-event.ts";
import type { Calendar, EventPatch } from "../../../dev/google/calendar-source.ts";
import { touches } from "../../../dev/google/event-times.ts";

/** The demo club's calendars with people's edits. */

const BERATUNG = "beratung@club.example";
const NOW = new Date("2026-02-10T12:00:00Z");
const ACCOUNT = { email: "taktwerk@project.example", publicKey: "a key" };
const [NINTH, TENTH] = ["2026-02-09", "2026-02-10"];
const FIRST = "termin2026020900";

describe("the demo calendars", () => {
  let file: string;
  let calendar: Calendar;
  beforeEach(async () => {
    file = join(await mkdtemp(join(tmpdir(), "taktwerk-calendar-")), "data", "calendar.json");
    calendar = open();
  });

  /** The calendar as a new process sees it. */
  function open(id = BERATUNG, now = NOW): Calendar {
    const opened = demoCalendars(file, ACCOUNT, () => now).calendar(id);
    if (opened === undefined) throw new Error(`expected a calendar ${id}`);
    return opened;
  }
  /** The events that overlap a UTC day, by id. */
  async function on(date: string, from = calendar) {
    const [start, end] = [new Date(`${date}T00:00:00Z`), new Date(`${date}T23:59:59Z`)];
    const events = await from.events(start, end);
    const touching = events.filter((event) => touches(event, start.getTime(), end.getTime(), ZONE));
    return new Map(touching.map((event) => [event.id, event]));
  }
  const edit = (patch: EventPatch, id = FIRST) => calendar.edit(id, patch);

  it("have the generated events, and no file before the first edit", async () => {
    const generated = eventsOn(BERATUNG, NINTH, NOW);
    const events = await on(NINTH);
    for (const event of generated) expect(events.get(event.id)).toEqual(event);
    expect(await calendar.event(FIRST)).toEqual(generated[0]);
    expect(await readdir(dirname(dirname(file)))).toEqual([]);
  });

  it("store an edit for the next process, with the time of the edit", async () => {
    const before = await calendar.event(FIRST);
    const after = await edit({ summary: "Max Mustermann (ghost)", colorId: null });
    expect(after).toMatchObject({
      summary: "Max Mustermann (ghost)",
      updated: NOW.toISOString(),
      sequence: (before?.sequence ?? 0) + 1,
    });
    expect(after).not.toHaveProperty("colorId");
    expect(await open().event(FIRST)).toEqual(after);
    expect((await on(NINTH, open())).get(FIRST)).toEqual(after);
    expect(await readdir(dirname(file))).toEqual(["calendar.json"]); // and no temporary file
  });

  it("merge edits of an event, and leave the same id in the other calendar alone", async () => {
    await edit({ summary: "one" });
    await edit({ status: "cancelled" });
    expect(await edit({ colorId: "11" })).toMatchObject({ summary: "one", status: "cancelled", colorId: "11" });
    expect(await edit({ status: "confirmed" })).toMatchObject({ summary: "one", status: "confirmed" });
    expect((await open("training@club.example").event(FIRST))?.summary).not.toBe("one");
  });

  it("show a moved event at its new time only", async () => {
    const moved = {
      start: { dateTime: "2026-02-10T08:00:00+01:00" },
      end: { dateTime: "2026-02-10T09:00:00+01:00" },
    };
    await edit(moved);
    expect((await on(NINTH)).has(FIRST)).toBe(false);
    expect((await on(TENTH)).get(FIRST)).toMatchObject(moved);
    await edit({ start: { dateTime: "2025-03-03T08:00:00Z" }, end: { dateTime: "2025-03-03T09:00:00Z" } });
    expect((await on(TENTH)).has(FIRST)).toBe(false);
    expect((await on("2025-03-03")).has(FIRST)).toBe(true);
  });

  it("still change the fields that were not edited", async () => {
    const morning = open(BERATUNG, new Date("2026-02-10T06:00:00Z"));
    const night = open(BERATUNG, new Date("2026-02-10T22:00:00Z"));
    const marked = [...(await on(TENTH, night)).values()].find(
      ({ sequence, status }) => sequence === 1 && status === "confirmed",
    );
    const id = marked?.id ?? "";
    expect((await morning.event(id))?.sequence).toBe(0);
    await morning.edit(id, { description: "Tel. 12" });
    expect(await night.event(id)).toEqual({ ...marked, description: "Tel. 12", sequence: 2 });
    await night.edit(id, { summary: "a person's word" });
    expect((await open(BERATUNG, new Date("2027-01-01T00:00:00Z")).event(id))?.summary).toBe("a person's word");
  });

  it("lose none of several edits at once", async () => {
    const ids = [...(await on(NINTH)).keys()].slice(0, 10);
    await Promise.all(ids.map((id) => edit({ summary: `edited ${id}` }, id)));
    for (const id of ids) expect((await open().event(id))?.summary).toBe(`edited ${id}`);
  });

  it("read the edits of other processes", async () => {
    await edit({ summary: "mine" });
    const written = (await readFile(file, "utf8")).replace("mine", "theirs");
    await writeFile(file, written);
    expect((await calendar.event(FIRST))?.summary).toBe("theirs");
  });

  it("refuse to edit an unknown event, and write nothing", async () => {
    expect(await edit({ summary: "x" }, "termin2026020999")).toBeUndefined();
    expect(await edit({ summary: "x" }, "constructor")).toBeUndefined();
    expect(await readdir(dirname(dirname(file)))).toEqual([]);
  });

  it("have a first and a last event without bounds", async () => {
    const all = await calendar.events(undefined, undefined);
    const starts = all.map(({ start }) => ("date" in start ? start.date : start.dateTime)).sort();
    expect([starts[0]?.slice(0, 7), starts.at(-1)?.slice(0, 7)]).toEqual(["2020-01", "2026-05"]);
    expect(await calendar.events(new Date("1990-01-01"), new Date("1990-02-01"))).toEqual([]);
    expect(await calendar.events(new Date("2090-01-01"), undefined)).toEqual([]);
  });

  it.each([
    ["no JSON", "{", "body: expected record"],
    ["a list", "[]", "body: expected record, got a list of 0"],
    [
      "an unknown status",
      JSON.stringify({
        [BERATUNG]: { [FIRST]: { patch: { status: "x" }, updated: "2026-02-10T00:00:00Z", count: 1 } },
      }),
      `${BERATUNG}.${FIRST}.patch.status`,
    ],
  ])("report what is wrong with a file of %s", async (_, content, problem) => {
    await edit({ summary: "x" });
    await writeFile(file, content);
    const sentence = `${file}: ${problem}`;
    await expect(calendar.event(FIRST)).rejects.toThrow(sentence);
    await expect(calendar.events(NOW, NOW)).rejects.toThrow("; delete the file to start again");
    await expect(edit({ summary: "y" })).rejects.toThrow(sentence);
    expect(await readFile(file, "utf8")).toBe(content);
  });

  it("are shared with one account, which may read", () => {
    const source = demoCalendars(file, ACCOUNT, () => NOW);
    expect([source.publicKeyOf(ACCOUNT.email), source.accessRole(BERATUNG, ACCOUNT.email)]).toEqual([
      "a key",
      "reader",
    ]);
    expect([source.publicKeyOf("eve@x.example"), source.accessRole(BERATUNG, "eve@x.example")]).toEqual([
      undefined,
      undefined,
    ]);
    expect(source.calendar("nobody@club.example")).toBeUndefined();
  });
});
