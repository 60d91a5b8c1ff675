import { and, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { AppError, fieldError } from "../../errors.ts";
import { defineRoute, publicMethod } from "../../http/define-route.ts";
import { calendarDate, id, zone } from "../../http/fields.ts";
import { localDate, periodOfDate } from "../../time/periods.ts";
import { DAY_MINUTES, dateOfWall, wallOfDate } from "../../time/wall-clock.ts";
import { providers, services } from "../schema.ts";
import { readFreeSlots, type Wanted } from "./free-slots.ts";

/** How many days one request reaches over, and how many it does unless it says so. */
const MOST_DAYS = 62;
const DAYS = 7;

const date = calendarDate.refine((date) => date < "3000", { error: "a calendar date before the year 3000" });

const asked = z.strictObject({
  serviceId: id.optional(),
  providerId: id.optional(),
  from: date.optional(),
  to: date.optional(),
  timezone: zone.optional(),
});

type Asked = z.output<typeof asked>;

/**
 * `GET /api/slots?serviceId|providerId&from&to&timezone`: what can be booked from one local date to another, both
 * included, in the given zone or else the provider's; a week from today unless said otherwise.
 */
export const freeSlotsRoute = defineRoute({
  GET: publicMethod({
    summary: "What can be booked from one local date to another, both included.",
    asked: { serviceId: "personal-60" },
    answers: { 404: "There is no such service or provider." },
    query: asked,
    handlePublic: async ({ db, query, now }) => {
      const { timezone: ownZone, ...wanted } = await readWanted(db, query);
      const timezone = query.timezone ?? ownZone;
      const { from, to } = datesOf(query, timezone, now);
      const period = { start: periodOfDate("day", from, timezone).start, end: periodOfDate("day", to, timezone).end };
      return { status: "ok", from, to, timezone, ...(await readFreeSlots(db, wanted, period, timezone, now)) };
    },
  }),
});

/** Whose slots are asked for. @throws AppError `invalid-parameter` where nobody's, `not-found` where an unknown one's. */
async function readWanted(db: Db, { serviceId, providerId }: Asked): Promise<Wanted & { timezone: string }> {
  if (serviceId !== undefined) return readService(db, serviceId, providerId);
  if (providerId === undefined) {
    const expected = "the id of a service, or providerId";
    throw fieldError("invalid-parameter", { field: "serviceId", expected, got: "nothing" });
  }
  const [found] = await db.select().from(providers).where(eq(providers.id, providerId));
  if (found === undefined) throw new AppError("not-found", `expected the id of a provider, got ${providerId}`);
  return { providerId, timezone: found.timezone };
}

async function readService(db: Db, serviceId: string, providerId: string | undefined) {
  const [found] = await db
    .select({ providerId: services.providerId, timezone: providers.timezone })
    .from(services)
    .innerJoin(providers, eq(providers.id, services.providerId))
    .where(and(eq(services.id, serviceId), providerId === undefined ? undefined : eq(providers.id, providerId)));
  if (found !== undefined) return { serviceId, ...found };
  const whose = providerId === undefined ? "" : ` of provider ${providerId}`;
  throw new AppError("not-found", `expected the id of a service${whose}, got ${serviceId}`);
}

/** @throws AppError `invalid-parameter` that names `to`, where the dates are reversed or too far apart. */
function datesOf({ from: first, to: last }: Asked, zone: string, now: Date): { from: string; to: string } {
  const from = first ?? localDate(now, zone);
  const to = last ?? daysAfter(from, DAYS - 1);
  if (to < from) throw wrongEnd(`a date from ${from} on`, to);
  if (to > daysAfter(from, MOST_DAYS - 1)) throw wrongEnd(`at most ${MOST_DAYS} days, from and to included`, to);
  return { from, to };
}

const wrongEnd = (expected: string, got: string): AppError =>
  fieldError("invalid-parameter", { field: "to", expected, got });

const daysAfter = (date: string, days: number): string => dateOfWall(wallOfDate(date) + days * DAY_MINUTES);
