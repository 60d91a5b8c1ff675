import { sql } from "drizzle-orm";
import { at, type Db, json, rows, transact } from "../../db/db.ts";
import { sha256 } from "../../hash.ts";
import { MINUTE_MS } from "../../time/durations.ts";
import type { WallClock } from "../../time/wall-clock.ts";
import { dateOfWall, wallOfDate } from "../../time/wall-minutes.ts";
import { type Appointment, localTimeOf } from "../appointment.ts";
import { deleteImported, IMPORT_CALENDAR, lockAttendance, writeAppointments } from "../appointment-store.ts";
import { parseBookedBy, UNKNOWN_CONSULTANT } from "../classification/consultant.ts";
import { parseCustomer } from "../classification/customer.ts";
import { decideOutcome } from "../classification/decide-outcome.ts";
import { potentialByColour } from "../classification/rules.ts";
import { COUNTS } from "../metrics/counts-and-rates.ts";
import { computeDays } from "../metrics/daily-metrics.ts";
import type { ImportFile } from "./parse-file.ts";
import type { ImportedDay } from "./parse-metrics.ts";
import type { ImportedOutcome } from "./parse-outcomes.ts";

export interface ImportResult {
  imported: number;
  /** Dates that stay as they are, because a calendar was read for them or, for metrics, outcomes were imported. */
  kept: string[];
}

const DAYS_PER_BATCH = 100;

/**
 * Imports a parsed file. Keeps days that were read from a calendar and replaces days that were imported before. Importing a
 * file twice changes nothing.
 * @param clock The clock of `TRACKING_TIMEZONE`.
 */
export async function importFile(db: Db, file: ImportFile, clock: WallClock, now: Date): Promise<ImportResult> {
  const result: ImportResult = { imported: 0, kept: [] };
  const today = dateOfWall(clock.wallAt(now.getTime()));
  const dates = file.kind === "metrics" ? file.days.map(({ date }) => date) : [...file.days.keys()];
  for (let offset = 0; offset < dates.length; offset += DAYS_PER_BATCH) {
    const batch = dates.slice(offset, offset + DAYS_PER_BATCH);
    const kept = await transact(db, (tx) => importBatch(tx, file, batch, clock, today, now));
    result.kept.push(...[...kept].sort());
    result.imported += batch.length - kept.size;
  }
  return result;
}

/** @returns the dates that stay as they are. */
async function importBatch(
  tx: Db,
  file: ImportFile,
  dates: string[],
  clock: WallClock,
  today: string,
  now: Date,
): Promise<Set<string>> {
  await lockAttendance(tx);
  const kept = await findKeptDates(tx, dates, file.kind);
  const replaced = new Set(dates.filter((date) => !kept.has(date)));
  if (file.kind === "outcomes") {
    await writeOutcomes(tx, file.days, [...replaced], clock, today, now);
  } else {
    await writeMetrics(
      tx,
      file.days.filter(({ date }) => replaced.has(date)),
      today,
      now,
    );
  }
  return kept;
}

/** Dates with a better source: a calendar, or outcomes where the file has only metrics. */
async function findKeptDates(tx: Db, dates: string[], kind: ImportFile["kind"]): Promise<Set<string>> {
  const betterSources = kind === "metrics" ? ["calendar", "outcomes"] : ["calendar"];
  const days = await rows<{ date: string }>(
    tx,
    sql`select date::text as date from daily_metrics
      where source in (select jsonb_array_elements_text(${json(betterSources)}))
        and date in (select jsonb_array_elements_text(${json(dates)})::date)`,
  );
  return new Set(days.map(({ date }) => date));
}

const columns = sql.raw(COUNTS.join(", "));

async function writeMetrics(tx: Db, days: ImportedDay[], today: string, now: Date): Promise<void> {
  const values = days.map(({ date, counts, byHour, byUser, byPotential }) => ({
    date,
    ...counts,
    by_hour: byHour,
    by_user: byUser,
    by_potential: byPotential,
  }));
  await rows(
    tx,
    sql`insert into daily_metrics as old
        (date, ${columns}, by_hour, by_user, by_potential, final, source, read_at)
      select date, ${columns}, by_hour, by_user, by_potential, date < ${today}::date and pending = 0, 'figures', ${at(now)}
      from jsonb_to_recordset(${json(values)}) as incoming
        (date date, ${sql.raw(COUNTS.map((name) => `${name} int`).join(", "))}, by_hour jsonb, by_user jsonb,
          by_potential jsonb)
      on conflict (date) do update set (${columns}, by_hour, by_user, by_potential, final, read_at)
        = row (${sql.raw(COUNTS.map((name) => `excluded.${name}`).join(", "))}, excluded.by_hour, excluded.by_user,
          excluded.by_potential, excluded.final, excluded.read_at)`,
  );
}

async function writeOutcomes(
  tx: Db,
  days: ReadonlyMap<string, ImportedOutcome[]>,
  dates: string[],
  clock: WallClock,
  today: string,
  now: Date,
): Promise<void> {
  await deleteImported(tx, dates);
  const appointments = dates.flatMap((date) =>
    (days.get(date) ?? []).map((outcome, index) => toAppointment(outcome, index, clock)),
  );
  await writeAppointments(tx, appointments, now);
  await computeDays(
    tx,
    dates.map((date) => ({ date, over: date < today })),
    "outcomes",
    now,
  );
}

/** The older files do not state how long appointments took. */
const ASSUMED_MINUTES = 30;

/** Keeps the outcome that the older system recorded. Only `sold` is read from the title. */
function toAppointment(imported: ImportedOutcome, index: number, clock: WallClock): Appointment {
  const startsAt = new Date(clock.at(wallOfDate(imported.date) + imported.minute).instant);
  const endsAt = new Date(startsAt.getTime() + ASSUMED_MINUTES * MINUTE_MS);
  const data = {
    calendarId: IMPORT_CALENDAR,
    eventId: sha256(`${imported.date} ${index}`).slice(0, 32),
    originalStart: null,
    seriesId: null,
    startsAt,
    endsAt,
    ...localTimeOf(startsAt, clock),
    localDate: imported.date,
    allDay: false,
    status: "confirmed",
    eventType: "default",
    title: imported.customer,
    colorId: imported.colorId,
    organizer: null,
    bookedBy: parseBookedBy(imported.description),
  };
  const customer = imported.outcome === "placeholder" ? undefined : parseCustomer(imported.customer);
  return {
    ...data,
    outcome: imported.outcome,
    sold: imported.outcome === "completed" && decideOutcome(data, endsAt).sold,
    confidence: "high",
    reason: "an older system had recorded it so",
    ruleVersion: 0,
    potential: imported.potential ?? potentialByColour(imported.colorId),
    consultant: imported.consultant ?? data.bookedBy ?? UNKNOWN_CONSULTANT,
    customerKey: customer?.key ?? null,
    customerName: customer?.name ?? null,
  };
}
