import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { buildTracker, gzipped, MAX_GZIPPED, writeTracker } from "../../../scripts/tracker.ts";

describe("the built tracker", () => {
  it("has at most 2,300 bytes gzipped", async () => {
    const { script } = await buildTracker();
    expect(MAX_GZIPPED).toBe(2300);
    expect(gzipped(script)).toBeLessThanOrEqual(MAX_GZIPPED);
  });

  it("evaluates no text as code, and defines no global but its class", async () => {
    const { script } = await buildTracker();
    expect(script).not.toMatch(/\beval\b|\bFunction\b|document\.write|innerHTML|\.cookie/);
    expect(script).toMatch(/^\(\(\)=>\{.*\}\)\(\);\s*$/s);
  });

  it("has types that TypeScript finds and checks, and can be imported without a page", async () => {
    const directory = mkdtempSync(join(tmpdir(), "taktwerk-tracker-"));
    await writeTracker(directory);
    expect(readdirSync(directory).sort()).toEqual(["tracker.d.mts", "tracker.d.ts", "tracker.js", "tracker.mjs"]);
    const problems = problemsOf(directory, {
      "right.mts": `tracker.trackEvent("a", { n: 1 }); void tracker.getDashboardData({ limit: 1 });`,
      "wrong.mts": "tracker.trackEvent(1);",
    });
    expect(problems).toEqual(["wrong.mts: 2345"]);
    expect(Object.keys(await import(pathToFileURL(join(directory, "tracker.mjs")).href))).toEqual(["OneVaultTracker"]);
  });
});

/** The codes of the compiler's errors in files that use the tracker. */
function problemsOf(directory: string, uses: Record<string, string>): string[] {
  const files = Object.entries(uses).map(([name, code]) => {
    const file = join(directory, name);
    writeFileSync(
      file,
      `import { OneVaultTracker, type TrackerOptions } from "./tracker.mjs";
      const options: TrackerOptions = { apiBaseUrl: "", customerId: "a", apiToken: "b" };
      const tracker = new OneVaultTracker(options);
      ${code}`,
    );
    return file;
  });
  const options = { module: ts.ModuleKind.NodeNext, strict: true, noEmit: true, skipLibCheck: true, types: [] };
  const program = ts.createProgram(files, options);
  return ts.getPreEmitDiagnostics(program).map(({ code, file }) => `${basename(file?.fileName ?? "")}: ${code}`);
}
