import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { issueDetail } from "../../lib/http/parse.ts";
import { type EventPatch, STATUSES } from "../google/calendar-source.ts";

/** Reads and writes the file with people's edits of the demo calendars. */

/** All edits of an event, merged. */
export interface EventEdit {
  patch: EventPatch;
  /** The instant of the last edit (ISO), and the number of edits. */
  updated: string;
  count: number;
}

/** Edits by calendar id, then by event id. */
export type EditsByCalendar = Record<string, Record<string, EventEdit>>;

const text = z.string().nullable();
const time = z.union([
  z.strictObject({ date: z.iso.date() }),
  z.strictObject({ dateTime: z.iso.datetime({ offset: true }), timeZone: z.string().exactOptional() }),
]);
const edits = z.record(
  z.string(),
  z.record(
    z.string(),
    z.strictObject({
      patch: z.strictObject({
        summary: text.exactOptional(),
        description: text.exactOptional(),
        colorId: text.exactOptional(),
        status: z.enum(STATUSES).exactOptional(),
        start: time.exactOptional(),
        end: time.exactOptional(),
      }),
      updated: z.iso.datetime(),
      count: z.int().min(1),
    }),
  ),
);

/** Reads the file each time, because another process may have written it. @throws Error if the content is not valid. */
export async function readEdits(file: string): Promise<EditsByCalendar> {
  const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw error;
  });
  const parsed = edits.safeParse(parseJson(content));
  if (parsed.success) return parsed.data;
  const { field, expected, got } = issueDetail(parsed.error, parseJson(content));
  throw new Error(`${file}: ${field}: expected ${expected}, got ${got}; delete the file to start again`);
}

/** Writes the file atomically. */
export async function writeEdits(file: string, content: EditsByCalendar): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, `${JSON.stringify(content, null, 2)}\n`);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A text that is not JSON is returned as it is; the schema then refuses it. */
function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}
