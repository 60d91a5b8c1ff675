import {
  type AccessRole,
  applyPatch,
  type Calendar,
  type CalendarEvent,
  type CalendarSource,
} from "../../dev/google/calendar-source.ts";
import { newServiceAccount, type ServiceAccount } from "../../dev/google/service-account.ts";

/** Calendars in memory. A change by a test takes effect at once. */
export interface CalendarWorld {
  /** Events by calendar. */
  calendars: Record<string, CalendarEvent[]>;
  /** The account's role by calendar; reader by default, null if the calendar is not shared. */
  roles: Record<string, AccessRole | null>;
  timeZone: string;
  /** The clock of the calendars, of changes and of recorded requests. */
  now: () => Date;
}

export const BERLIN = "Europe/Berlin";

let account: Promise<ServiceAccount> | undefined;

/** One service account per process, because creating a key is slow. */
export function sharedServiceAccount(): Promise<ServiceAccount> {
  account ??= newServiceAccount("taktwerk@project.example");
  return account;
}

/** A calendar world as the source of the stand-in, shared with an account. */
export function sourceOf(world: CalendarWorld, { email, publicKey }: ServiceAccount): CalendarSource {
  return {
    now: () => world.now(),
    publicKeyOf: (address) => (address === email ? publicKey : undefined),
    calendar: (id) => (world.calendars[id] === undefined ? undefined : calendarOf(world, id)),
    accessRole: (id) => (world.roles[id] === null ? undefined : (world.roles[id] ?? "reader")),
  };
}

function calendarOf(world: CalendarWorld, id: string): Calendar {
  const events = () => world.calendars[id] ?? [];
  return {
    summary: id,
    timeZone: world.timeZone,
    events: async () => events(),
    event: async (eventId) => events().find((event) => event.id === eventId),
    async edit(eventId, patch) {
      const index = events().findIndex((event) => event.id === eventId);
      const stored = events()[index];
      if (stored === undefined) return undefined;
      const changed = applyPatch(stored, patch, world.now());
      events()[index] = changed;
      return changed;
    },
  };
}
