import type { JSX } from "preact";
import type { ManagedSlot } from "../../../client/generated/types.ts";
import { useQuery } from "../../routing/query.ts";
import { Zone } from "../../ui/basics/time.tsx";
import { useUi } from "../../ui/context.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { RowList } from "../../ui/data/row-list.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Drawer } from "../../ui/overlay/drawer.tsx";
import { Section } from "../../ui/page/card.tsx";
import { FactList } from "../../ui/page/facts.tsx";
import { useApi } from "../../ui/use-api.ts";
import { Status } from "./booking-drawer.tsx";
import { freeBlocks } from "./calendar-entries.ts";
import { bookingWords } from "./words.ts";

interface Props {
  id: number;
  /** Where the calendar looks for it. */
  query: { providerId: string | undefined; from: string; to: string };
  onClose: () => void;
}

/** One slot and who booked it. */
export function SlotDrawer({ id, query: { providerId, from, to }, onClose }: Props): JSX.Element {
  const { club } = useUi();
  const { format } = useLocale();
  const w = useWords(bookingWords);
  const { hrefWith } = useQuery();
  const reading = useApi(
    async (client, options) => {
      const slots = (await client.listManagedSlots({ providerId, from, to }, options)).items;
      const slot = slots.find((item) => item.id === id);
      if (slot === undefined) return { slot, bookings: [], free: [] };
      const { startsAt } = slot;
      const free = freeBlocks(slots, new Date().toISOString()).find((block) => block.includes(slot)) ?? [];
      const until = new Date(Date.parse(startsAt) + 1).toISOString();
      const query = { providerId: slot.providerId, from: startsAt, to: until, timezone: club.timezone, limit: 500 };
      const { items } = await client.listBookings(query, options);
      return { slot, bookings: items.filter(({ slotId }) => slotId === id), free };
    },
    ...[id, providerId, from, to],
  );
  const { slot, free = [] } = reading.data ?? {};
  const title = free.length > 0 ? w.freeTimes : slot ? (slot.serviceName ?? slot.serviceId) : w.title;
  return (
    <Drawer title={title} onClose={onClose}>
      <Reading reading={reading} failed={w.failedToLoad}>
        {({ slot: known, bookings, free }) =>
          known === undefined ? (
            <EmptyState icon="calendar-x" title={w.slotGone} />
          ) : free.length > 0 ? (
            <FreeTimes block={free} />
          ) : (
            <>
              <Section>
                <FactList
                  facts={[
                    {
                      label: w.when,
                      value: `${format.longDateTime(known.startsAt)}–${format.time(known.endsAt)}`,
                      note: <Zone />,
                    },
                    {
                      label: w.bookedPlaces,
                      value: w.ofPlaces(format.number(known.booked), format.number(known.capacity)),
                      note: known.held > 0 ? `${format.number(known.held)} ${w.held}` : undefined,
                    },
                  ]}
                />
              </Section>
              <Section title={w.slotBookings}>
                {bookings.length === 0 ? (
                  <p class="hint-text">{w.slotFree}</p>
                ) : (
                  <RowList
                    label={w.slotBookings}
                    rows={bookings.map(({ id: booking, name, email, status }) => ({
                      key: booking,
                      title: name || w.deleted,
                      note: email,
                      href: hrefWith({ booking, slot: undefined }),
                      end: <Status status={status} />,
                    }))}
                  />
                )}
              </Section>
            </>
          )
        }
      </Reading>
    </Drawer>
  );
}

/** Free slots that overlap, by start. */
function FreeTimes({ block }: { block: readonly ManagedSlot[] }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(bookingWords);
  const [first] = block;
  return (
    <Section title={first && format.longDay(format.dateOf(first.startsAt))} hint={<Zone />}>
      <RowList
        label={w.freeTimes}
        rows={block.map(({ id, startsAt, endsAt, serviceName, serviceId, capacity }) => ({
          key: id,
          title: `${format.time(startsAt)}–${format.time(endsAt)}`,
          note: serviceName ?? serviceId,
          end: capacity > 1 && w.places(format.number(capacity)),
        }))}
      />
      {block.length > 1 && <p class="hint-text">{w.freeNote}</p>}
    </Section>
  );
}
