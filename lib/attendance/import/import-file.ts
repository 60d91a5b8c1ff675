import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { at, type Db, json, rows, transact } from "../../db/db.ts";
import { dateOfWall, MINUTE_MS, type WallClock, wallOfDate } from "../../time/wall-clock.ts";
import { lockAttendance, writeAppointments } from "../appointment-store.ts";
import type { Appointment } from "../classification/classify-appointment.ts";
import { parseBookedBy, UNKNOWN_CONSULTANT } from "../classification/consultant.ts";
import { parseCustomer } from "../classification/customer.ts";
import { decideOutcome } from "../classification/decide-outcome.ts";
import { potentialByColour } from "../classification/rules.ts";
import { localTimeOf } from "../google/calendar-event.ts";
import { COUNTS } from "../metrics/counts-and-rates.ts";
import { computeDays } from "../metrics/daily-metrics.ts";
import { deleteImported, IMPORT_CALENDAR } from "./imported-source.ts";
import type { ImportFile } from "./parse-file.ts";
import type { ImportedDay } from "./parse-metrics.ts";
import type { ImportedOutcome } from "./parse-outcomes.ts";

/** What became of the days of an older file. */
export interface ImportResult {
  imported: number;
  /** Days of which better is known: what the calendars said themselves, or for figures, imported outcomes. */
  kept: string[];
}

const DAYS_AT_ONCE = 100;

/**
 * Takes over what could be read of an older file. Days that a calendar has been read for stay as they are; what was imported
 * before is replaced. Doing it twice changes nothing.
 */
export async function importFile(db: Db, file: ImportFile, clock: WallClock, now: Date): Promise<ImportResult> {
  const done: ImportResult = { imported: 0, kept: [] };
  const today = dateOfWall(clock.wallAt(now.getTime()));
  const dates = file.kind === "metrics" ? file.days.map(({ date }) => date) : [...file.days.keys()];
  for (let from = 0; from < dates.length; from += DAYS_AT_ONCE) {
    const batch = dates.slice(from, from + DAYS_AT_ONCE);
    const kept = await transact(db, async (tx) => {
      await lockAttendance(tx);
      const better = await betterKnown(tx, batch, file.kind);
      const wanted = new Set(batch.filter((date) => !better.has(date)));
      if (file.kind === "outcomes") await writeOutcomes(tx, file.days, [...wanted], clock, today, now);
      else
        await writeFigures(
          tx,
          file.days.filter(({ date }) => wanted.has(date)),
          today,
          now,
        );
      return better;
    });
    done.kept.push(...[...kept].sort());
    done.imported += batch.length - kept.size;
  }
  return done;
}

async function betterKnown(tx: Db, dates: string[], kind: ImportFile["kind"]): Promise<Set<string>> {
  const better = kind === "metrics" ? ["calendar", "outcomes"] : ["calendar"];
  const known = await rows<{ date: string }>(
    tx,
    sql`select date::text as date from daily_metrics
      where source in (select jsonb_array_elements_text(${json(better)}))
        and date in (select jsonb_array_elements_text(${json(dates)})::date)`,
  );
  return new Set(known.map(({ date }) => date));
}

const columns = sql.raw(COUNTS.join(", "));

async function writeFigures(tx: Db, days: ImportedDay[], today: string, now: Date): Promise<void> {
  const given = days.map(({ date, counts, byHour, byUser, byPotential }) => ({
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
      from jsonb_to_recordset(${json(given)}) as given (date date, ${sql.raw(COUNTS.map((name) => `${name} int`).join(", "))},
        by_hour jsonb, by_user jsonb, by_potential jsonb)
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
    (days.get(date) ?? []).map((one, nth) => appointmentOf(one, nth, clock)),
  );
  await writeAppointments(tx, appointments, now);
  await computeDays(
    tx,
    dates.map((date) => ({ date, over: date < today })),
    "outcomes",
    now,
  );
}

/** What the older system had judged stands as it was; only what was sold is read from the title. */
function appointmentOf(old: ImportedOutcome, nth: number, clock: WallClock): Appointment {
  const startsAt = new Date(clock.at(wallOfDate(old.date) + old.minute).instant);
  const endsAt = new Date(startsAt.getTime() + USUAL_MINUTES * MINUTE_MS);
  const facts = {
    calendarId: IMPORT_CALENDAR,
    eventId: createHash("sha256").update(`${old.date} ${nth}`).digest("hex").slice(0, 32),
    originalStart: null,
    seriesId: null,
    startsAt,
    endsAt,
    ...localTimeOf(startsAt, clock),
    localDate: old.date,
    allDay: false,
    status: "confirmed",
    eventType: "default",
    title: old.customer,
    colorId: old.colorId,
    organizer: null,
    bookedBy: parseBookedBy(old.description),
  };
  const customer = old.outcome === "placeholder" ? undefined : parseCustomer(old.customer);
  return {
    ...facts,
    outcome: old.outcome,
    sold: old.outcome === "completed" && decideOutcome(facts, endsAt).sold,
    confidence: "high",
    reason: "an older system had recorded it so",
    ruleVersion: 0,
    potential: old.potential ?? potentialByColour(old.colorId),
    consultant: old.consultant ?? facts.bookedBy ?? UNKNOWN_CONSULTANT,
    customerKey: customer?.key ?? null,
    customerName: customer?.name ?? null,
  };
}

/** The older files do not say how long appointments took. */
const USUAL_MINUTES = 30;
