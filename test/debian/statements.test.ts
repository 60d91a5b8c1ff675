import ts from "typescript";
import { describe, expect, it } from "vitest";
import { type FileCoverage, hasRun } from "../support/database/statement-report.ts";
import { statementsOf } from "../support/database/statements.ts";

const FILE = `const known = new Set();
export async function work(db: Db, all: boolean) {
  known.delete("a");
  await db.delete(users);
  const [one] = await db.select().from(users);
  return rows(db, sql\`select \${all ? sql\`1\` : sql.raw("2")}\`);
}
`;

const statements = statementsOf("a.ts", ts.createSourceFile("a.ts", FILE, ts.ScriptTarget.Latest, true));

describe("the report on statements", () => {
  it("knows templates, raw text and what Drizzle builds, each by its line, and nothing else", () => {
    expect(statements.map(({ line, text }) => `${line} ${text.slice(0, 12)}`)).toEqual([
      "4 db.delete(us",
      "5 db.select()",
      "6 sql`select $",
      "6 sql`1`",
      '6 sql.raw("2")',
    ]);
  });

  it("takes the innermost piece of code that was counted for whether a statement ran", () => {
    const range = (line: number, from: number, to: number) => ({
      start: { line, column: from },
      end: { line, column: to },
    });
    const [first, second] = ["sql`1`", 'sql.raw("2")'].map((text) => FILE.split("\n")[5]!.indexOf(text));
    const coverage: FileCoverage = {
      statementMap: { 0: range(4, 2, 25), 1: range(5, 2, 40), 2: range(6, 2, 80) },
      s: { 0: 1, 1: 0, 2: 3 },
      fnMap: { 0: { loc: { start: { line: 2, column: 54 }, end: { line: 7, column: 1 } } } },
      f: { 0: 3 },
      branchMap: {
        0: { type: "cond-expr", locations: [range(6, first!, first! + 7), range(6, second!, second! + 12)] },
        1: { type: "if", locations: [range(4, 0, 80), range(4, 0, 80)] },
      },
      b: { 0: [3, 0], 1: [0, 0] },
    };
    expect(statements.map((statement) => hasRun(statement, coverage))).toEqual([true, false, true, true, false]);
    expect(hasRun(statements[0]!, undefined)).toBe(false);
  });
});
