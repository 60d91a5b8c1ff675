import { readFile } from "node:fs/promises";
import { importFile } from "../../attendance/import/import-file.ts";
import { type ImportFile, parseImportFile } from "../../attendance/import/parse-file.ts";
import { config } from "../../config/config.ts";
import { database } from "../../db/client.ts";
import { AppError } from "../../errors.ts";
import { currentTime } from "../../time/clock.ts";
import { localDate } from "../../time/periods.ts";
import { wallClock } from "../../time/wall-clock.ts";
import { applySettings, type LocalRun } from "../local-run.ts";
import { counted } from "../output/count.ts";
import { progressBar } from "../output/progress.ts";

/** What became of one file. */
interface ImportReport {
  file: string;
  kind: ImportFile["kind"];
  daysImported: number;
  /** Dates that keep what is stored, because it is more precise than the file. */
  daysKept: string[];
  /** Days that could not be read, with the reason. */
  daysUnreadable: { date: string; sentence: string }[];
}

/**
 * Imports `daily_metrics.json` and `daily_outcomes.json` of the older system and reports the days that could not be read.
 * @returns the exit code: 0 all read, 1 some days could not be read.
 * @throws AppError `invalid-parameter` for any other file, before anything is written.
 */
export async function importAttendance(
  names: readonly string[],
  asJson: boolean,
  local: LocalRun | undefined,
): Promise<number> {
  applySettings(local);
  const now = currentTime();
  const { zone } = config().tracking;
  const files = await Promise.all(names.map((name) => read(name, localDate(now, zone))));
  // Outcomes first: days with outcomes need no metrics.
  files.sort((a, b) => Number(a.file.kind === "metrics") - Number(b.file.kind === "metrics"));
  const db = await database();
  const bar = progressBar("tracking import");
  const reports: ImportReport[] = [];
  for (const [index, { name, file }] of files.entries()) {
    bar.show({ done: index, total: files.length });
    const { imported, kept } = await importFile(db, file, wallClock(zone), now);
    const daysUnreadable = file.skipped.map(({ date, sentence }) => ({ date, sentence }));
    reports.push({ file: name, kind: file.kind, daysImported: imported, daysKept: kept, daysUnreadable });
  }
  bar.show({ done: files.length, total: files.length });
  bar.end();
  console.log(asJson ? JSON.stringify(reports, null, 2) : reports.map(reportText).join("\n\n"));
  return reports.some(({ daysUnreadable }) => daysUnreadable.length > 0) ? 1 : 0;
}

async function read(name: string, today: string): Promise<{ name: string; file: ImportFile }> {
  const text = await readFile(name, "utf8").catch((error: Error) => {
    throw new AppError("invalid-parameter", `${name}: expected a file that can be read, got ${error.message}`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new AppError("invalid-parameter", `${name}: expected JSON, got something else`);
  }
  const file = parseImportFile(content, today);
  if (file !== undefined) return { name, file };
  throw new AppError("invalid-parameter", `${name}: expected figures or lists of outcomes by date, got neither`);
}

const MAX_LISTED = 100;

function reportText({ file, kind, daysImported, daysKept, daysUnreadable }: ImportReport): string {
  const what = kind === "metrics" ? "figures" : "outcomes";
  const lines = [
    `${file}: ${what} of ${counted(daysImported, "day")} imported, ${daysKept.length} kept because more precise data ` +
      `is stored, ${daysUnreadable.length} could not be read.`,
    ...daysKept.slice(0, MAX_LISTED).map((date) => `  ${date}: kept`),
    ...daysUnreadable.slice(0, MAX_LISTED).map(({ date, sentence }) => `  ${date}: ${sentence}`),
    ...(Math.max(daysKept.length, daysUnreadable.length) > MAX_LISTED ? ["  … and more"] : []),
  ];
  return lines.join("\n");
}
