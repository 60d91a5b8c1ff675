import { readFile, writeFile } from "node:fs/promises";
import { log } from "../../lib/log.ts";

/** The booking that `npm start` made: its page opens with this part of the address, which contains its token. */
const FILE = ".data/demo-booking.json";

interface DemoBooking {
  /** `<id>.<token>`, as in the links of mails. */
  fragment: string;
  startsAt: string;
}

/**
 * Books a personal training through the API, unless the booking of an earlier start is still ahead.
 * @returns the address of the page of the booking; undefined if no slot is free.
 */
export async function demoBookingPage(url: string, now: Date): Promise<string | undefined> {
  const earlier = await readFile(FILE, "utf8").then(
    (text) => JSON.parse(text) as DemoBooking,
    () => undefined,
  );
  const isAhead = earlier !== undefined && Date.parse(earlier.startsAt) > Number(now);
  const booking = isAhead ? earlier : await book(url);
  if (booking === undefined) return undefined;
  if (!isAhead) await writeFile(FILE, JSON.stringify(booking), { mode: 0o600 });
  return `${url}/booking.html#${booking.fragment}`;
}

async function book(url: string): Promise<DemoBooking | undefined> {
  const free = await fetch(`${url}/api/slots?serviceId=personal-60`);
  const { items: slots = [] } = (await free.json()) as { items?: { id: number; startsAt: string }[] };
  // Not the first one, so that there is time to move and cancel it.
  const slot = slots[Math.min(10, slots.length - 1)];
  if (slot === undefined) return undefined;
  const response = await fetch(`${url}/api/bookings`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": `npm-start-demo-booking-${slot.id}` },
    body: JSON.stringify({ slotId: slot.id, name: "Ada", email: "ada@club.example", language: "en" }),
  });
  if (!response.ok) {
    log("warn", "demo_booking_failed", { status: response.status, answer: await response.text() });
    return undefined;
  }
  const { booking, cancelToken } = (await response.json()) as { booking: { id: string }; cancelToken: string };
  return { fragment: `${booking.id}.${cancelToken}`, startsAt: slot.startsAt };
}
