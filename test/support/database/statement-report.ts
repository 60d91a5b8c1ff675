import { resolve } from "node:path";
import type { Reporter } from "vitest/node";
import { NOT_ON_THIS_SERVER } from "./not-on-this-server.ts";
import { type Statement, statementsIn } from "./statements.ts";

interface Position {
  line: number;
  column: number;
}

interface Range {
  start: Position;
  end: Position;
}

/** What Istanbul's format holds of a file, as far as it is read here. */
export interface FileCoverage {
  statementMap: Record<string, Range>;
  s: Record<string, number>;
  fnMap: Record<string, { loc: Range }>;
  f: Record<string, number>;
  branchMap: Record<string, { type: string; locations: Range[] }>;
  b: Record<string, number[]>;
}

interface CoverageMap {
  files(): string[];
  fileCoverageFor(file: string): { data: FileCoverage };
}

/**
 * Says which of lib's SQL statements a run did not execute, by V8's own counts of the code that holds them, and fails the
 * run where one is missing that is not known to need something else (not-on-this-server.ts).
 */
export class StatementReport implements Reporter {
  onCoverage(coverage: unknown): void {
    const map = coverage as CoverageMap;
    const statements = statementsIn("lib");
    const covered = new Map(map.files().map((file) => [file, map.fileCoverageFor(file).data]));
    const missing = statements.filter((statement) => !hasRun(statement, covered.get(resolve(statement.file))));
    const unexplained = missing.filter(
      ({ file, text }) => !NOT_ON_THIS_SERVER.some((known) => known.matches(file, text)),
    );
    const idle = NOT_ON_THIS_SERVER.filter((known) => !missing.some(({ file, text }) => known.matches(file, text)));
    console.log(
      `\nSQL statements of lib/: ${statements.length - missing.length} of ${statements.length} ran on this server`,
    );
    for (const { file, line, text } of unexplained) console.log(`  did not run: ${file}:${line}  ${text}`);
    for (const { why } of idle) console.log(`  is expected not to run, but did: ${why}`);
    if (unexplained.length + idle.length > 0) process.exitCode = 1;
  }
}

/** The innermost piece of code around a statement that was counted says whether it ran. */
export function hasRun({ line, column }: Statement, coverage: FileCoverage | undefined): boolean {
  if (coverage === undefined) return false;
  const counted: [Range, number][] = [
    ...Object.entries(coverage.statementMap).map(([id, range]): [Range, number] => [range, coverage.s[id] ?? 0]),
    ...Object.entries(coverage.fnMap).map(([id, { loc }]): [Range, number] => [loc, coverage.f[id] ?? 0]),
    // Of an `if` the whole stands for each arm, its condition included; what is in an arm is counted as statements.
    ...Object.entries(coverage.branchMap).flatMap(([id, { type, locations }]) =>
      type === "if" ? [] : locations.map((range, arm): [Range, number] => [range, coverage.b[id]?.[arm] ?? 0]),
    ),
  ];
  const around = counted.filter(([range]) => contains(range, { line, column }));
  const innermost = around.reduce<[Range, number] | undefined>(
    (best, one) => (best === undefined || contains(best[0], one[0].start) ? one : best),
    undefined,
  );
  return innermost !== undefined && innermost[1] > 0;
}

const contains = ({ start, end }: Range, at: Position): boolean =>
  !isBefore(at, start) && (isBefore(at, end) || end.column === undefined || end.column === null);

const isBefore = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.column < b.column);
