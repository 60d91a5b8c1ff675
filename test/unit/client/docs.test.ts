import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeClient } from "../../../scripts/client.ts";
import { clientExamples } from "../../support/http/client-examples.ts";

const PREACT = dirname(createRequire(import.meta.url).resolve("preact/package.json"));

describe("the examples of docs/client.md", () => {
  const directory = mkdtempSync(join(tmpdir(), "taktwerk-client-docs-"));
  beforeAll(() => writeClient(directory));
  afterAll(() => rmSync(directory, { recursive: true }));

  it("compile in strict mode", () => {
    const files = clientExamples().map(({ name, code }) => {
      const file = join(directory, name);
      writeFileSync(file, code);
      return file;
    });
    expect(files.map((file) => file.slice(directory.length + 1))).toEqual(["react.tsx", "fetch.ts"]);
    const program = ts.createProgram(files, {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      jsx: ts.JsxEmit.ReactJSX,
      // The console's library has the interface and the types of React.
      jsxImportSource: "react",
      paths: {
        react: [join(PREACT, "compat")],
        "react/jsx-runtime": [join(PREACT, "jsx-runtime")],
      },
    });
    expect(
      ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    ).toEqual([]);
  });
});
