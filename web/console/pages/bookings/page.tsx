import type { JSX } from "preact";
import { dateIn } from "../../routing/dates.ts";
import { useOpenItem } from "../../routing/open-item.ts";
import { useQuery } from "../../routing/query.ts";
import { useUi } from "../../ui/context.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Split, Stack } from "../../ui/page/grid.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import { useApi } from "../../ui/use-api.ts";
import { BookingDrawer } from "./booking-drawer.tsx";
import { CalendarControls } from "./calendar-controls.tsx";
import { weekOf } from "./calendar-entries.ts";
import { Conflicts } from "./conflicts.tsx";
import { EVERYBODY } from "./everybody.ts";
import { ProviderCalendar } from "./provider-calendar.tsx";
import { Requests } from "./requests.tsx";
import { SlotDrawer } from "./slot-drawer.tsx";
import { SlotUse } from "./slot-use.tsx";
import { bookingWords } from "./words.ts";

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What waits first, then the calendar of a provider or of everybody, then how the slots are used. */
export default function BookingsPage(): JSX.Element {
  const { format } = useLocale();
  const { club } = useUi();
  const w = useWords(bookingWords);
  const { values } = useQuery();
  const booking = useOpenItem("booking");
  const slot = useOpenItem("slot");
  const providers = useApi(async (client, options) =>
    (await client.listAllProviders({ limit: 100 }, options)).items.filter(({ active }) => active),
  );
  const opened = useApi(
    booking.id === undefined
      ? undefined
      : async (client, options) => (await client.getManagedBooking({ id: booking.id ?? "" }, options)).booking,
    booking.id,
  );
  // A link to a booking, such as one of the search, names neither its provider nor its date.
  const shown = new Date(opened.data?.startsAt ?? Date.now());
  const date = values.date !== undefined && DATE.test(values.date) ? values.date : dateIn(club.timezone, shown);
  const providerId = values.provider ?? opened.data?.providerId;
  const chosen =
    providerId === EVERYBODY ? undefined : (providers.data?.find(({ id }) => id === providerId) ?? providers.data?.[0]);
  const week = weekOf(date);
  const days = values.provider === EVERYBODY ? [date] : week;
  const aside = booking.id ? (
    <BookingDrawer key={booking.id} reading={opened} onClose={booking.close} />
  ) : slot.id ? (
    <SlotDrawer
      key={slot.id}
      id={Number(slot.id)}
      query={{ providerId: chosen?.id, from: days[0] ?? date, to: days.at(-1) ?? date }}
      onClose={slot.close}
    />
  ) : null;
  return (
    <>
      <PageHeader
        title={w.title}
        sentence={days.length > 1 ? format.range(week[0] ?? date, week[6] ?? date) : format.longDay(date)}
        zone
      />
      <Stack>
        <Conflicts />
        <Requests booking={booking} />
        <Reading reading={providers} failed={w.failedToLoad} shape="lines">
          {(all) =>
            all.length === 0 ? (
              <Card>
                <EmptyState icon="calendar" title={w.noProviders}>
                  {w.noProvidersNote}
                </EmptyState>
              </Card>
            ) : (
              <Stack>
                <CalendarControls providers={all} provider={chosen} days={days} />
                <Split aside={aside}>
                  <ProviderCalendar providers={all} provider={chosen} days={days} date={date} />
                </Split>
              </Stack>
            )
          }
        </Reading>
        <SlotUse />
      </Stack>
    </>
  );
}
