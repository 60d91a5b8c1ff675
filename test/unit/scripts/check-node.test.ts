import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const script = join(import.meta.dirname, "../../../scripts/check-node.cjs");
const { complaint } = createRequire(import.meta.url)(script) as {
  complaint: (version: string, installed: boolean) => string | undefined;
};

describe("the check of the Node that a command runs on", () => {
  it.each(["24.2.0", "24.21.0", "25.0.0", "26.10.0"])("takes Node %s", (version) => {
    expect(complaint(version, true)).toBeUndefined();
  });

  it.each(["20.20.2", "22.23.5", "24.1.0", "8.0.0"])(
    "stops on Node %s with one sentence that says what to do",
    (version) => {
      expect(complaint(version, true)).toBe(
        `Taktwerk needs Node 24.2 or newer, and this is Node ${version}: npm did not run the install script of the package ` +
          '"node", which brings its own. Run "npm rebuild --ignore-scripts=false", or install Node 24, and try again.',
      );
    },
  );

  it("asks for npm ci if nothing is installed yet", () => {
    expect(complaint("20.20.2", false)).toBe(
      'Taktwerk needs Node 24.2 or newer, and this is Node 20.20.2: run "npm ci", which brings its own.',
    );
  });

  it("says nothing on the pinned Node", () => {
    expect(execFileSync(process.execPath, [script], { encoding: "utf8" })).toBe("");
  });
});
