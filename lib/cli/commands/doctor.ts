import { styleText } from "node:util";
import { environment } from "../../config/config.ts";
import { currentTime } from "../../time/clock.ts";
import type { Describe } from "../command.ts";
import { runChecks } from "../doctor/checks.ts";
import type { Finding } from "../doctor/finding.ts";
import { configureLeniently, settingFindings } from "../doctor/settings.ts";
import { terminalWidth } from "../output/print-rows.ts";
import { wrapText } from "../output/terminal-table.ts";

/** `doctor`: checks what a deployment lacks. It looks at the settings as they are, without defaults of the local run. */
export const describeDoctor: Describe = (command) => {
  command
    .description(
      "Checks settings, database, jobs, mail server and calendars, and says for each finding what to do. " +
        "It changes nothing. Exit code 1: at least one check failed.",
    )
    .examples("doctor", "doctor --json")
    .withJson()
    .runs(async ({ json }) => {
      const wrong = configureLeniently(environment());
      const settings = settingFindings(wrong).map((result): Finding => ({ check: "settings", ...result }));
      const findings = [...settings, ...(await runChecks(currentTime))];
      const status = worstOf(findings);
      console.log(json === true ? JSON.stringify({ status, findings }, null, 2) : findingsText(findings));
      return status === "fail" ? 1 : 0;
    });
};

function worstOf(findings: readonly Finding[]): Finding["status"] {
  const statuses = findings.map(({ status }) => status);
  return statuses.includes("fail") ? "fail" : statuses.includes("warn") ? "warn" : "pass";
}

const COLOURS = { pass: "green", off: "gray", warn: "yellow", fail: "red" } as const;

/** One line for each finding with its remedy below it, and how many there are of each status. */
function findingsText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const indent = " ".repeat(width + 8);
  const room = Math.max(20, (terminalWidth() ?? Number.POSITIVE_INFINITY) - indent.length - 2);
  const lines = findings.flatMap(({ check, status, says, remedy }) => {
    const word = status.toUpperCase().padEnd(4);
    const coloured = process.stdout.isTTY ? styleText(COLOURS[status], word) : word;
    const [first = "", ...rest] = wrapText(says, room);
    const [advice, ...more] = remedy === undefined ? [] : wrapText(remedy, room);
    return [
      `${coloured}  ${check.padEnd(width)}  ${first}`,
      ...rest.map((line) => `${indent}${line}`),
      ...(advice === undefined ? [] : [`${indent}→ ${advice}`, ...more.map((line) => `${indent}  ${line}`)]),
    ];
  });
  const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
  const sum = `${count("pass")} pass, ${count("off")} not used, ${count("warn")} to look at, ${count("fail")} fail`;
  return [...lines, "", sum].join("\n");
}
