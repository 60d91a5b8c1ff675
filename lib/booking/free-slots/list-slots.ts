import { and, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { AppError, fieldError } from "../../errors.ts";
import { everyone } from "../../http/access.ts";
import { dateBefore3000, id, zone } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { sentDate } from "../../http/responses/fields.ts";
import { keyPart, listOf, pageQuery, sortKey } from "../../http/responses/pages.ts";
import { addDays } from "../../time/dates.ts";
import { localDate, periodOfDate } from "../../time/periods.ts";
import { freeSlot } from "../response-schemas.ts";
import { providers, services } from "../schema.ts";
import { MAX_SLOTS, readFreeSlots, type SlotFilter } from "./free-slots.ts";

const MAX_DAYS = 62;
const DEFAULT_DAYS = 7;

const slotQuery = z.strictObject({
  serviceId: id.optional(),
  providerId: id.optional(),
  from: dateBefore3000.optional().meta({ description: "The first local date; today by default." }),
  to: dateBefore3000
    .optional()
    .meta({ description: `The last local date, included; six days after \`from\` by default.` }),
  timezone: zone.optional(),
  ...pageQuery(sortKey(keyPart.instant, keyPart.text), { most: MAX_SLOTS, usual: MAX_SLOTS }),
});

type SlotQuery = z.output<typeof slotQuery>;

const slotList = z
  .object({
    from: sentDate,
    to: sentDate,
    timezone: z.string().meta({ description: "The zone of dates and local times." }),
    ...listOf("SlotPage", freeSlot).shape,
  })
  .meta({ id: "SlotList", description: "Slots that can be booked, by start." });

/** The bookable slots from one local date to another in the given zone or the provider's. */
export const listSlots = operation({
  id: "listSlots",
  method: "GET",
  path: "/api/slots",
  access: everyone,
  summary: "Lists the slots that can be booked from one local date to another, both included.",
  description:
    "`serviceId` or `providerId` is required. The default is a week from today; the longest range is 62 days.",
  sampleQuery: { serviceId: "personal-60" },
  query: slotQuery,
  responses: {
    200: { description: "The slots by start.", schema: slotList },
    404: "The service or provider does not exist.",
  },
  handle: async ({ db, query, now }) => {
    const { timezone: providerTimezone, ...filter } = await resolveFilter(db, query);
    const timezone = query.timezone ?? providerTimezone;
    const { from, to } = datesOf(query, timezone, now);
    const period = { start: periodOfDate("day", from, timezone).start, end: periodOfDate("day", to, timezone).end };
    return { from, to, timezone, ...(await readFreeSlots(db, filter, period, timezone, now, query)) };
  },
});

/** @throws AppError `invalid-parameter` without a service and provider, `not-found` for an unknown one. */
async function resolveFilter(db: Db, { serviceId, providerId }: SlotQuery): Promise<SlotFilter & { timezone: string }> {
  if (serviceId !== undefined) return findService(db, serviceId, providerId);
  if (providerId === undefined) {
    const expected = "the id of a service, or providerId";
    throw fieldError("invalid-parameter", { field: "serviceId", expected, got: "nothing" });
  }
  const [provider] = await db.select().from(providers).where(eq(providers.id, providerId));
  if (provider === undefined) throw new AppError("not-found", `There is no provider with the id ${providerId}.`);
  return { providerId, timezone: provider.timezone };
}

async function findService(db: Db, serviceId: string, providerId: string | undefined) {
  const [service] = await db
    .select({ providerId: services.providerId, timezone: providers.timezone })
    .from(services)
    .innerJoin(providers, eq(providers.id, services.providerId))
    .where(and(eq(services.id, serviceId), providerId === undefined ? undefined : eq(providers.id, providerId)));
  if (service !== undefined) return { serviceId, ...service };
  const owner = providerId === undefined ? "There is" : `The provider ${providerId} has`;
  throw new AppError("not-found", `${owner} no service with the id ${serviceId}.`);
}

/** @throws AppError `invalid-parameter` that names `to` if the dates are reversed or too far apart. */
function datesOf({ from: first, to: last }: SlotQuery, zone: string, now: Date): { from: string; to: string } {
  const from = first ?? localDate(now, zone);
  const to = last ?? addDays(from, DEFAULT_DAYS - 1);
  if (to < from) throw invalidEnd(`a date from ${from} on`, to);
  if (to > addDays(from, MAX_DAYS - 1)) throw invalidEnd(`at most ${MAX_DAYS} days, from and to included`, to);
  return { from, to };
}

const invalidEnd = (expected: string, got: string): AppError =>
  fieldError("invalid-parameter", { field: "to", expected, got });
