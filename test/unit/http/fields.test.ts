import { describe, expect, it } from "vitest";
import { instant, whole } from "../../../lib/http/fields.ts";

describe("a whole number", () => {
  const days = whole(0, 365);

  it.each([
    ["30", 30],
    [30, 30],
    ["0", 0],
    ["007", 7],
  ])("is %j", (given, number) => {
    expect(days.parse(given)).toBe(number);
  });

  it.each([
    "",
    " ",
    " 7",
    "1e1",
    "0x10",
    "7.0",
    "+7",
    "٣",
    true,
    false,
    null,
    [],
    [7],
    {},
    7.5,
    -1,
    "-1",
    366,
    undefined,
  ])("is not %j", (given) => {
    const { error } = days.safeParse(given);
    expect(error?.issues[0]?.message).toBe("a whole number from 0 to 365");
  });
});

describe("an instant", () => {
  it("is kept with any offset", () => {
    expect(instant.parse("2026-02-02T18:30:00+01:00")).toEqual(new Date("2026-02-02T17:30:00Z"));
  });

  it.each(["0000-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59"])(
    "is refused if the database cannot store it, or if it is surely a mistake: %s",
    (given) => {
      expect(instant.safeParse(given).error?.issues[0]?.message).toBe("an instant from 2000 on");
    },
  );
});
