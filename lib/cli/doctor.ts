import { styleText } from "node:util";
import { environment } from "../config/config.ts";
import { currentTime } from "../time/clock.ts";
import { argumentsIn } from "./arguments.ts";
import { examine } from "./doctor/checks.ts";
import type { Finding } from "./doctor/finding.ts";
import { configureLeniently, settingFindings } from "./doctor/settings.ts";

/**
 * `npm run job -- doctor [--json]`: whether all that this deployment needs is there, and what to do where it is not.
 * @returns the exit code: 0 nothing failed, 1 something did. @throws AppError `invalid-parameter` for wrong arguments.
 */
export async function doctor(args: string[]): Promise<number> {
  const { values } = argumentsIn({ args, options: { json: { type: "boolean" } }, strict: true });
  const wrong = configureLeniently(environment());
  const settings = settingFindings(wrong).map((found): Finding => ({ check: "settings", ...found }));
  const findings = [...settings, ...(await examine(currentTime))];
  const status = worstOf(findings);
  const colours = process.stdout.isTTY === true;
  console.log(values.json ? JSON.stringify({ status, findings }, null, 2) : tell(findings, colours));
  return status === "fail" ? 1 : 0;
}

function worstOf(findings: readonly Finding[]): Finding["status"] {
  const all = findings.map(({ status }) => status);
  return all.includes("fail") ? "fail" : all.includes("warn") ? "warn" : "pass";
}

const COLOURS = { pass: "green", off: "gray", warn: "yellow", fail: "red" } as const;

/** A line a finding, its remedy below it, and the sum. */
function tell(findings: readonly Finding[], colours: boolean): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, status, says, remedy }) => {
    const word = status.toUpperCase().padEnd(4);
    const line = `${colours ? styleText(COLOURS[status], word) : word}  ${check.padEnd(width)}  ${says}`;
    return remedy === undefined ? [line] : [line, `${" ".repeat(width + 8)}→ ${remedy}`];
  });
  const count = (wanted: Finding["status"]) => findings.filter(({ status }) => status === wanted).length;
  const sum = `${count("pass")} pass, ${count("off")} not used, ${count("warn")} to look at, ${count("fail")} fail`;
  return [...lines, "", sum].join("\n");
}
