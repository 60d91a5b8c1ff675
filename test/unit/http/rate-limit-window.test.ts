import { describe, expect, it } from "vitest";
import { WindowCounter } from "../../../lib/http/rate-limit/window.ts";

describe("counting in memory", () => {
  it("says how much is left to a caller, and that nothing is", () => {
    const counter = new WindowCounter();
    expect(counter.look("ada", 2)).toBeUndefined();
    expect([counter.add("ada", 2), counter.add("ada", 2), counter.add("ada", 2)]).toMatchObject([
      { spent: false, remaining: 1 },
      { spent: false, remaining: 0 },
      { spent: true, remaining: 0 },
    ]);
    expect(counter.add("bob", 2)).toMatchObject({ spent: false, remaining: 1 });
    const { ms } = counter.add("ada", 2);
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThanOrEqual(60_000);
  });

  it("takes over that others have counted a caller out", () => {
    const counter = new WindowCounter();
    counter.add("ada", 5);
    counter.exhaust("ada", 5);
    expect(counter.look("ada", 5)).toMatchObject({ spent: true, remaining: 0 });
  });

  it("remembers no more callers than it may, however many come, and says that there are too many", () => {
    const counter = new WindowCounter(100);
    for (let n = 0; n < 50; n += 1) counter.add(`caller-${n}`, 1);
    expect({ crowded: counter.crowded, size: counter.size }).toEqual({ crowded: false, size: 50 });
    for (let n = 50; n < 10_000; n += 1) {
      counter.add(`caller-${n}`, 1);
      expect(counter.size).toBeLessThanOrEqual(100);
    }
    expect(counter.crowded).toBe(true);
    expect(counter.look("caller-9999", 1)).toMatchObject({ remaining: 0 });
  });
});
