import { describe, expect, it } from "vitest";
import { LOCK_CLASSES, LOCKS } from "../../../lib/db/locks.ts";

describe("advisory locks", () => {
  it("have a number each, so that no two uses wait for each other", () => {
    const numbers = [...Object.values(LOCKS), ...Object.values(LOCK_CLASSES)];
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
