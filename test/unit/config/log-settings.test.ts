import { stripVTControlCharacters } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { configure, parseConfig } from "../../../lib/config/config.ts";
import { type Level, log, redirectLog } from "../../../lib/log.ts";
import { traced } from "../../../lib/trace.ts";

describe("LOG_LEVEL and LOG_FORMAT", () => {
  const lines: [Level, string][] = [];
  afterEach(() => {
    configure({});
    redirectLog(() => {});
  });

  function logged(environment: Record<string, string>, ...calls: Parameters<typeof log>[]): string[] {
    configure(environment);
    lines.length = 0;
    redirectLog((level, line) => lines.push([level, line]));
    for (const call of calls) log(...call);
    return lines.map(([, line]) => stripVTControlCharacters(line));
  }

  it("write every level as JSON by default, which production keeps", () => {
    expect(logged({ VERCEL: "1", VERCEL_ENV: "production" }, ["info", "a", { n: 1 }], ["error", "b"])).toEqual([
      '{"level":"info","event":"a","n":1}',
      '{"level":"error","event":"b"}',
    ]);
  });

  it("leave out lower levels", () => {
    const all: Parameters<typeof log>[] = [
      ["info", "a"],
      ["warn", "b"],
      ["error", "c"],
    ];
    const events = (level: string) => logged({ LOG_LEVEL: level }, ...all).map((line) => JSON.parse(line).event);
    expect(events("info")).toEqual(["a", "b", "c"]);
    expect(events("warn")).toEqual(["b", "c"]);
    expect(events("error")).toEqual(["c"]);
    expect(events("off")).toEqual([]);
  });

  it("write one readable line for people, with the ids of the work", () => {
    configure({ LOG_FORMAT: "pretty" });
    const line = () =>
      logged({ LOG_FORMAT: "pretty" }, ["warn", "slow", { ms: 12, why: "two words", none: undefined, of: { a: 1 } }]);
    expect(traced({ requestId: "r1" }, line)).toEqual(['warn  slow requestId=r1 ms=12 why="two words" of={"a":1}']);
  });

  it("are refused if they are wrong", () => {
    expect(() => parseConfig({ LOG_LEVEL: "verbose" })).toThrow(
      'LOG_LEVEL: expected info, warn, error or off, got "verbose"',
    );
    expect(() => parseConfig({ LOG_FORMAT: "text" })).toThrow('LOG_FORMAT: expected json or pretty, got "text"');
  });
});
