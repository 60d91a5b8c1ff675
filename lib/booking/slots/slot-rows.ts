import { dateOfWall } from "../../time/wall-clock.ts";
import type { WantedSlot } from "../availability/generate-slots.ts";
import type { ServiceFacts } from "./load-services.ts";
import type { Plan } from "./plan-slots.ts";

/** One slot and what happens to it; one that is kept has no row. */
export interface SlotRow {
  action: "add" | "change" | "remove" | "expire" | "conflict";
  /** Of a slot that is there already. */
  id?: number;
  serviceId: string;
  providerId: string;
  date: string;
  startsAt: string;
  endsAt: string;
  capacity: number;
  /** Places taken, of a slot that is there already. */
  booked?: number;
  category: string;
  price: number;
}

/** A plan slot by slot, in the order in which it is carried out (heal.ts). */
export function rowsOf(service: ServiceFacts, { remove, change, add, expire, conflicts }: Plan): SlotRow[] {
  return [
    ...remove.map((slot) => rowOf("remove", service, slot)),
    ...change.map(({ id, slot }) => rowOf("change", service, { id, ...slot })),
    ...add.map((slot) => rowOf("add", service, slot)),
    ...expire.map((slot) => rowOf("expire", service, slot)),
    ...conflicts.map((slot) => rowOf("conflict", service, slot)),
  ];
}

/** The row of one slot. */
export function rowOf(
  action: SlotRow["action"],
  service: ServiceFacts,
  slot: WantedSlot & { id?: number; taken?: number },
): SlotRow {
  return {
    action,
    ...(slot.id !== undefined && { id: slot.id }),
    serviceId: service.id,
    providerId: service.providerId,
    date: dateOfWall(slot.day),
    startsAt: new Date(slot.startsAt).toISOString(),
    endsAt: new Date(slot.endsAt).toISOString(),
    capacity: slot.capacity,
    ...(slot.taken !== undefined && { booked: slot.taken }),
    category: slot.category,
    price: slot.priceCents / 100,
  };
}
