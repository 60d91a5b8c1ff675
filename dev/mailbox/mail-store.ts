import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/**
 * The folder of the mails of the local run: files `<number>.eml`, numbered in order of arrival. Each begins with three lines
 * about its envelope; then follows the mail, byte for byte.
 */
export const MAIL_DIRECTORY = ".data/mailbox";

const KEPT = 5_000;

export interface Envelope {
  from: string;
  /** All recipients including Bcc, comma-separated. */
  to: string;
  /** ISO instant. */
  received: string;
}

/** Stores a mail, unless `isAccepted` is false after it has been read to its end. */
type StoreMail = (mail: Readable, envelope: Envelope, isAccepted: () => boolean) => Promise<void>;

/** Opens the store in a directory. New mails continue its numbers; only the newest 5,000 are kept. */
export async function openMailStore(directory: string): Promise<StoreMail> {
  const numbers = await mailNumbers(directory);
  let last = numbers[0] ?? 0;
  await Promise.all(numbers.filter((number) => number <= last - KEPT).map((number) => discard(directory, number)));

  /** Counts before it waits, so that two mails that arrive at once get different numbers. */
  const nextNumber = async (): Promise<number> => {
    last += 1;
    const number = last;
    return (await reserve(directory, number)) ? number : nextNumber();
  };

  return async (mail, envelope, isAccepted) => {
    await mkdir(directory, { recursive: true }); // it may have been deleted to start over
    const unfinished = join(directory, `${randomUUID()}.tmp`);
    try {
      await pipeline(withEnvelope(mail, envelope), createWriteStream(unfinished));
      if (!isAccepted()) return;
      const number = await nextNumber();
      await rename(unfinished, fileOf(directory, number));
      await discard(directory, number - KEPT);
    } finally {
      await rm(unfinished, { force: true });
    }
  };
}

/** The numbers of the mails in `directory`, newest first. */
export async function mailNumbers(directory: string): Promise<number[]> {
  const names = await unlessMissing(readdir(directory));
  const numbers = (names ?? []).flatMap((name) => /^(\d{1,15})\.eml$/.exec(name)?.[1] ?? []);
  return numbers.map(Number).sort((a, b) => b - a);
}

/** Reads a mail with its envelope; undefined if there is none with this number. */
export async function readMail(directory: string, number: number): Promise<StoredMail | undefined> {
  const bytes = await unlessMissing(readFile(fileOf(directory, number)));
  return bytes === undefined || bytes.length === 0 ? undefined : separate(bytes);
}

const HEAD_BYTES = 16_384;

/** Reads the beginning of a mail: enough for the headers that the list shows. */
export async function readMailHead(directory: string, number: number): Promise<StoredMail | undefined> {
  const file = await unlessMissing(open(fileOf(directory, number)));
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return bytesRead === 0 ? undefined : separate(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

export interface StoredMail {
  envelope: Envelope;
  /** The mail as it was sent, without the lines about its envelope. */
  source: Buffer<ArrayBuffer>;
}

const ENVELOPE = /^X-Envelope-From: (.*)\r\nX-Envelope-To: (.*)\r\nX-Envelope-Date: (.*)\r\n/;

async function* withEnvelope(mail: Readable, { from, to, received }: Envelope): AsyncGenerator<Buffer> {
  const line = (text: string) => text.replace(/\p{Cc}/gu, " ");
  yield Buffer.from(`X-Envelope-From: ${line(from)}\r\nX-Envelope-To: ${line(to)}\r\nX-Envelope-Date: ${received}\r\n`);
  yield* mail;
}

/** Cuts the envelope off by position, because the mail itself may contain the same lines. */
function separate(bytes: Buffer<ArrayBuffer>): StoredMail {
  const [head = "", from = "", to = "", received = ""] = ENVELOPE.exec(bytes.toString("latin1")) ?? [];
  const text = (latin1: string) => Buffer.from(latin1, "latin1").toString();
  return {
    envelope: { from: text(from), to: text(to), received: text(received) },
    source: bytes.subarray(head.length),
  };
}

const fileOf = (directory: string, number: number): string => join(directory, `${number}.eml`);

/** Reserves a number with an empty file, so that another process with the same directory uses another one. */
async function reserve(directory: string, number: number): Promise<boolean> {
  try {
    await (await open(fileOf(directory, number), "wx")).close();
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

const discard = (directory: string, number: number): Promise<void> => rm(fileOf(directory, number), { force: true });

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
