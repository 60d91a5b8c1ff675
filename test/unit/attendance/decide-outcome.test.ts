import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideOutcome, type OutcomeInput } from "../../../lib/attendance/classification/decide-outcome.ts";
import { OUTCOMES, type Outcome, potentialByColour, RULES } from "../../../lib/attendance/classification/rules.ts";

const END = new Date("2026-02-09T10:00:00Z");
const AFTER = END;
const BEFORE = new Date(END.getTime() - 1);

/** An appointment whose outcome only its colour states. */
const evidence = (over: Partial<OutcomeInput> = {}): OutcomeInput => ({
  title: "Max Mustermann - Erstgespräch",
  colorId: "2",
  status: "confirmed",
  eventType: "default",
  allDay: false,
  endsAt: END,
  ...over,
});

const judge = (over: Partial<OutcomeInput>, now = AFTER) => decideOutcome(evidence(over), now);
const byTitle = (title: string, colorId: string | null = "2") => judge({ title, colorId });

describe("the title of a past appointment", () => {
  it.each<[title: string, outcome: Outcome, reason: string]>([
    ["Max Mustermann (ghost)", "ghost", "ghost"],
    ["[GHOST] Max Mustermann", "ghost", "ghost"],
    ["Max Mustermann – Ghost", "ghost", "ghost"],
    ["Max Mustermann (nicht erschienen)", "no_show", "nicht erschienen"],
    ["NICHT ERSCHIENEN: Max Mustermann", "no_show", "nicht erschienen"],
    ["Max Mustermann abgesagt", "cancelled", "abgesagt"],
    ["Abgesagt - Max Mustermann", "cancelled", "abgesagt"],
    ["Überhang Max Mustermann", "overhang", "überhang"],
    ["Überhang Max Mustermann".normalize("NFD"), "overhang", "überhang"],
    ["UEBERHANG Max Mustermann", "overhang", "ueberhang"],
    ["Max Mustermann (verschoben auf Montag)", "rescheduled", "verschoben"],
    ["Max Mustermann VERSCHOBEN", "rescheduled", "verschoben"],
  ])("%j means %s", (title, outcome, reason) => {
    for (const colorId of ["2", "11", "99", null]) {
      expect(byTitle(title, colorId)).toEqual({
        outcome,
        sold: false,
        confidence: "high",
        reason: expect.stringContaining(`"${reason}"`),
      });
    }
  });

  it.each(["Max verkauft", "VERKAUFT - Max", "Max (Abschluss)", "Abschluss: Max", "Max SOLD!", "Max, sold"])(
    "%j says that he came and bought",
    (title) => {
      expect(byTitle(title, "11")).toMatchObject({ outcome: "completed", sold: true, confidence: "high" });
    },
  );

  it.each([
    "Max - Abschlussgespräch",
    "Abschlüsse - Max",
    "Max Soldan",
    "Unverkauft Max",
    "Max verkaufte",
    "Max nicht verkauft",
    "Nicht verkauft - Max",
    "Max (nicht  VERKAUFT)",
    "Max kein Abschluss",
    "Max - not sold",
  ])("%j does not mean sold", (title) => {
    expect(byTitle(title)).toMatchObject({ outcome: "completed", sold: false, reason: "colour 2" });
    expect(byTitle(title, "11")).toMatchObject({ outcome: "no_show", sold: false });
  });

  it.each(["Max Mustermann (erschienen)", "Max Mustermann [Erschienen]", "Erschienen: Max", "Max - erschienen"])(
    "%j says that he came, with any colour",
    (title) => {
      const came = { outcome: "completed", sold: false, confidence: "high" };
      expect(byTitle(title, "11")).toMatchObject({ ...came, reason: expect.stringContaining('"erschienen"') });
    },
  );

  it("may state completed and sold together", () => {
    expect(byTitle("Max (erschienen) verkauft")).toMatchObject({ outcome: "completed", sold: true });
    expect(byTitle("Max nicht verkauft, später Abschluss")).toMatchObject({ outcome: "completed", sold: true });
  });

  it.each([
    "Peter Ghost",
    "Ghost, Anna",
    "Ghostwriter",
    "Max Ghost - Erstgespräch",
    "Ghost",
    "Überhangmandat Max",
    "Unverschoben Max",
    "Max ist erschienen",
    "Max wird abgesagter",
  ])("%j contains a name and no marker, so the colour decides", (title) => {
    expect(byTitle(title)).toEqual({ outcome: "completed", sold: false, confidence: "high", reason: "colour 2" });
    expect(byTitle(title, "4")).toMatchObject({ outcome: "no_show", reason: "colour 4" });
  });
});

describe("the colour, without an outcome in the title", () => {
  it.each(["11", "6", "4"])("%s means no_show", (colorId) => {
    const reason = `colour ${colorId}`;
    expect(judge({ colorId })).toEqual({ outcome: "no_show", sold: false, confidence: "high", reason });
  });

  it.each(["2", "7", "5", "3", "9", "10", "8", "1"])("%s means completed", (colorId) => {
    const reason = `colour ${colorId}`;
    expect(judge({ colorId })).toEqual({ outcome: "completed", sold: false, confidence: "high", reason });
  });

  it.each(["12", "0", "", "02", "red", "1 1"])("%j is unknown: completed with low confidence", (colorId) => {
    const said = judge({ colorId });
    expect(said).toMatchObject({ outcome: "completed", sold: false, confidence: "low" });
    expect(said.reason).toContain("means nothing");
  });

  it("may be missing: completed with low confidence", () => {
    expect(judge({ colorId: null })).toMatchObject({ outcome: "completed", confidence: "low" });
    expect(judge({ colorId: null }).reason).toContain("no colour");
  });

  it.each([
    ["2", "normal"],
    ["7", "top"],
    ["5", "closer_needed"],
    ["3", "recall"],
    ["9", "standard"],
    ["10", "standard"],
    ["8", "customer_name"],
    ["1", "custom"],
    ["11", "no_show"],
    ["6", "cancelled"],
    ["4", "no_t1"],
    ["12", "unknown"],
    ["constructor", "unknown"],
    [null, "unknown"],
  ])("%j means the potential type %s", (colorId, potential) => {
    expect(potentialByColour(colorId)).toBe(potential);
  });
});

describe("of several rules", () => {
  it("the first one that matches decides", () => {
    // Each holds for all that follow, too.
    const turns: [Partial<OutcomeInput>, string, Outcome, boolean][] = [
      [{ status: "cancelled" }, "Max", "cancelled", false],
      [{}, "(ghost)", "ghost", false],
      [{}, "nicht erschienen", "no_show", false],
      [{}, "abgesagt", "cancelled", false],
      [{}, "überhang", "overhang", false],
      [{}, "verschoben", "rescheduled", false],
      [{}, "verkauft", "completed", true],
      [{}, "(erschienen)", "completed", false],
      [{}, "Max", "no_show", false],
    ];
    for (const [n, [over, , outcome, sold]] of turns.entries()) {
      const title = turns
        .slice(n)
        .map(([, words]) => words)
        .toReversed()
        .join(" ");
      expect({ title, ...judge({ ...over, title, colorId: "11" }) }).toMatchObject({ title, outcome, sold });
    }
  });

  it("placeholder comes first", () => {
    const title = "Max (ghost) nicht erschienen verkauft";
    for (const over of [{ allDay: true }, { eventType: "outOfOffice" }, { eventType: "focusTime" }]) {
      expect(judge({ ...over, title, status: "cancelled" })).toMatchObject({ outcome: "placeholder", sold: false });
    }
    expect(judge({ title: "4711", status: "cancelled", colorId: "11" })).toMatchObject({ outcome: "placeholder" });
  });
});

describe("a placeholder", () => {
  it.each<[Partial<OutcomeInput>, string]>([
    [{ allDay: true }, "an all-day event"],
    [{ title: "1" }, "a title of digits only"],
    [{ title: " 0815 " }, "a title of digits only"],
    [{ eventType: "outOfOffice" }, "an event of type outOfOffice"],
    [{ eventType: "focusTime" }, "an event of type focusTime"],
    [{ eventType: "workingLocation" }, "an event of type workingLocation"],
    [{ eventType: "birthday" }, "an event of type birthday"],
  ])("is recognised by %j, also before its end", (over, reason) => {
    for (const now of [BEFORE, AFTER]) expect(judge(over, now)).toMatchObject({ outcome: "placeholder", reason });
  });

  it.each(["", " ", "1a", "10:30", "Max 2", "1 (ghost)"])("is not recognised by the title %j", (title) => {
    expect(byTitle(title).outcome).not.toBe("placeholder");
  });
});

describe("an appointment before its end", () => {
  it.each<[Partial<OutcomeInput>, Outcome]>([
    [{}, "completed"],
    [{ colorId: null }, "completed"],
    [{ colorId: "11" }, "no_show"],
    [{ title: "Max (ghost)" }, "ghost"],
    [{ title: "Max nicht erschienen" }, "no_show"],
    [{ title: "Max Überhang" }, "overhang"],
    [{ title: "Max verkauft" }, "completed"],
    [{ title: "Max (erschienen)" }, "completed"],
  ])("is pending with %j, and %s at its end", (over, outcome) => {
    const early = judge(over, BEFORE);
    expect(early).toMatchObject({ outcome: "pending", sold: false });
    expect(early.reason).toBe(`not over yet; so far ${outcome}: ${judge(over).reason}`);
    expect(judge(over, END).outcome).toBe(outcome);
  });

  it.each<[Partial<OutcomeInput>, Outcome]>([
    [{ status: "cancelled" }, "cancelled"],
    [{ title: "Max abgesagt" }, "cancelled"],
    [{ title: "Max verschoben" }, "rescheduled"],
  ])("is decided early with %j", (over, outcome) => {
    expect(judge(over, BEFORE)).toEqual(judge(over, AFTER));
    expect(judge(over, BEFORE).outcome).toBe(outcome);
  });
});

describe("any title", () => {
  const title = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary", maxLength: 3 }),
  );
  const any = fc.record({
    title: fc.oneof(
      title,
      fc
        .tuple(title, fc.constantFrom("ghost", "(ghost)", "überhang", "verkauft", "nicht"), title)
        .map((all) => all.join(" ")),
      fc
        .array(fc.constantFrom("\ud83d", "\udc7b", "\u0000", "(", "[", ")", "]", ":", "|", " - ", "ghost", "̈"), {
          maxLength: 30,
        })
        .map((all) => all.join("")),
    ),
    colorId: fc.option(fc.oneof(fc.constantFrom("1", "11", "99"), fc.string())),
    status: fc.constantFrom("confirmed", "tentative", "cancelled"),
    eventType: fc.constantFrom("default", "outOfOffice", "fromGmail"),
    allDay: fc.boolean(),
    endsAt: fc.constantFrom(END, new Date(END.getTime() + 1)),
  });

  it("has one outcome with a reason, composed or decomposed", () => {
    fc.assert(
      fc.property(any, (given) => {
        const verdict = decideOutcome(given, END);
        expect(OUTCOMES.filter((outcome) => outcome === verdict.outcome)).toHaveLength(1);
        expect(verdict.reason).not.toBe("");
        expect(verdict.sold && verdict.outcome !== "completed").toBe(false);
        expect(decideOutcome(given, END)).toEqual(verdict);
        expect(decideOutcome({ ...given, title: given.title.normalize("NFD") }, END)).toEqual(verdict);
      }),
    );
  });
});

it("the last rule always matches", () => {
  expect(RULES.at(-1)?.when).toEqual({ otherwise: true });
});
