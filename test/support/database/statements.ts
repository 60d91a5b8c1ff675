import { globSync, readFileSync } from "node:fs";
import ts from "typescript";

/** Where lib/ holds SQL: a template or raw text, or a call that begins one of Drizzle's statements. */
export interface Statement {
  /** Path from the repository's root. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 0. */
  column: number;
  /** How it begins. */
  text: string;
}

/** Methods of Drizzle that begin a statement; no other class in use has them. */
const BEGINNINGS = new Set(["select", "selectDistinct", "selectDistinctOn", "insert", "$count"]);
/** Methods that sets and hashes have as well. */
const SHARED_BEGINNINGS = new Set(["update", "delete"]);
/** What a database or a transaction is called in lib/. */
const DATABASES = new Set(["db", "tx"]);

/**
 * Every statement and part of one in the files below a directory of the repository, in their order. What schemas say of
 * tables is for migrations, which every database of a test went through.
 */
export function statementsIn(directory: string): Statement[] {
  return globSync(`${directory}/**/*.ts`)
    .filter((file) => !file.endsWith("schema.ts"))
    .toSorted()
    .flatMap((file) =>
      statementsOf(file, ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true)),
    );
}

/** As above, of one file. */
export function statementsOf(file: string, source: ts.SourceFile): Statement[] {
  const found: Statement[] = [];
  const visit = (node: ts.Node): void => {
    if (isStatement(node)) {
      const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
      const text = node.getText(source).replace(/\s+/g, " ").slice(0, 90);
      found.push({ file, line: line + 1, column: character, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isStatement(node: ts.Node): boolean {
  if (ts.isTaggedTemplateExpression(node)) return node.tag.getText() === "sql";
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression: receiver, name } = node.expression;
  if (receiver.getText() === "sql") return name.text === "raw";
  if (BEGINNINGS.has(name.text)) return true;
  return SHARED_BEGINNINGS.has(name.text) && DATABASES.has(receiver.getText());
}
