import { readFile } from "node:fs/promises";
import { importFile } from "../attendance/import/import-file.ts";
import { type ImportFile, parseImportFile } from "../attendance/import/parse-file.ts";
import { config } from "../config/config.ts";
import type { Db } from "../db/db.ts";
import { AppError } from "../errors.ts";
import { localDate } from "../time/periods.ts";
import { wallClock } from "../time/wall-clock.ts";
import { argumentsIn } from "./arguments.ts";
import { progressBar } from "./output/progress.ts";

/**
 * `npm run job -- tracking import FILE…`: takes over `daily_metrics.json` and `daily_outcomes.json` of the older system, and
 * says what of them could not be read.
 * @returns the exit code: 0 all read, 1 some days could not be. @throws AppError `invalid-parameter`, before anything is
 * written, for files that are none of these.
 */
export async function importAttendance(db: Db, args: string[], now: Date): Promise<number> {
  const { positionals: names } = argumentsIn({ args, allowPositionals: true, strict: true });
  if (names.length === 0)
    throw new AppError("invalid-parameter", "import: expected daily_metrics.json or daily_outcomes.json, got no file");
  const { zone } = config().tracking;
  const files = await Promise.all(names.map((name) => read(name, localDate(now, zone))));
  // Outcomes first: their days need no figures.
  files.sort((a, b) => Number(a.file.kind === "metrics") - Number(b.file.kind === "metrics"));
  const bar = progressBar("tracking import");
  const told: string[] = [];
  for (const [index, { name, file }] of files.entries()) {
    bar.show({ done: index, total: files.length });
    const { imported, kept } = await importFile(db, file, wallClock(zone), now);
    told.push(report(name, file, imported, kept));
  }
  bar.show({ done: files.length, total: files.length });
  bar.end();
  console.log(told.join("\n\n"));
  return files.some(({ file }) => file.skipped.length > 0) ? 1 : 0;
}

async function read(name: string, today: string): Promise<{ name: string; file: ImportFile }> {
  const text = await readFile(name, "utf8").catch((fault: Error) => {
    throw new AppError("invalid-parameter", `${name}: expected a file that can be read, got ${fault.message}`);
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

function report(name: string, { kind, skipped }: ImportFile, imported: number, kept: string[]): string {
  const what = kind === "metrics" ? "figures" : "outcomes";
  const lines = [
    `${name}: ${what} of ${imported} days imported, ${kept.length} kept that are known better, ${skipped.length} could not be read.`,
    ...kept.slice(0, LISTED).map((date) => `  ${date}: kept`),
    ...skipped.slice(0, LISTED).map(({ date, sentence }) => `  ${date}: ${sentence}`),
    ...(Math.max(kept.length, skipped.length) > LISTED ? ["  … and more"] : []),
  ];
  return lines.join("\n");
}

const LISTED = 100;
