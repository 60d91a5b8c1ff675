import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { issueDetail } from "../../lib/http/parse.ts";
import { type EventPatch, STATUSES } from "../google/calendar-source.ts";

/** What people changed on the demo club's calendars, in a file. */

/** All that was changed of an event. */
export interface Edit {
  patch: EventPatch;
  /** When it was last changed (ISO instant), and how often. */
  updated: string;
  count: number;
}

/** By calendar, then by event. */
export type Edits = Record<string, Record<string, Edit>>;

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

/** Reads the file anew, since another process may have written it. @throws Error with a sentence, where it is no such file. */
export async function readEdits(file: string): Promise<Edits> {
  const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw error;
  });
  const parsed = edits.safeParse(jsonIn(content));
  if (parsed.success) return parsed.data;
  const { field, expected, got } = issueDetail(parsed.error, jsonIn(content));
  throw new Error(`${file}: ${field}: expected ${expected}, got ${got}; delete the file to begin anew`);
}

/** Writes the file whole or not at all. */
export async function writeEdits(file: string, content: Edits): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(unfinished, `${JSON.stringify(content, null, 2)}\n`);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** What is no JSON is no edits either. */
function jsonIn(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}
