import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BookingStatus, ManagedBooking } from "../../../client/generated/types.ts";
import { Button } from "../../ui/basics/button.tsx";
import type { IconName } from "../../ui/basics/icon-names.ts";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { Zone } from "../../ui/basics/time.tsx";
import type { Tone } from "../../ui/basics/tone.ts";
import { useUi } from "../../ui/context.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Drawer } from "../../ui/overlay/drawer.tsx";
import { Section } from "../../ui/page/card.tsx";
import { type Fact, FactList } from "../../ui/page/facts.tsx";
import { Row } from "../../ui/page/grid.tsx";
import { Timeline, type TimelineEvent } from "../../ui/page/timeline.tsx";
import type { ApiState } from "../../ui/use-api.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import { type Change, changesOf } from "./changes.ts";
import { bookingWords } from "./words.ts";

const LOOKS: Readonly<Record<BookingStatus, { tone: Tone; icon: IconName }>> = {
  pending: { tone: "warn", icon: "clock" },
  confirmed: { tone: "ok", icon: "check" },
  cancelled: { tone: "neutral", icon: "ban" },
  completed: { tone: "ok", icon: "check" },
  no_show: { tone: "bad", icon: "user-x" },
};

interface Props {
  reading: ApiState<ManagedBooking>;
  onClose: () => void;
}

/** One booking, its history, and what staff can do with it. */
export function BookingDrawer({ reading, onClose }: Props): JSX.Element {
  const w = useWords(bookingWords);
  const booking = reading.data;
  return (
    <Drawer
      title={booking ? w.bookingTitle(booking.serviceName, booking.providerName) : w.title}
      lead={booking && <Status status={booking.status} />}
      onClose={onClose}
    >
      <Reading reading={reading} failed={w.bookingFailed}>
        {(known) => <Details booking={known} />}
      </Reading>
    </Drawer>
  );
}

export function Status({ status }: { status: BookingStatus }): JSX.Element {
  const w = useWords(bookingWords);
  return <StatusPill {...LOOKS[status]}>{w.status[status]}</StatusPill>;
}

function Details({ booking }: { booking: ManagedBooking }): JSX.Element {
  const { can } = useUi();
  const w = useWords(bookingWords);
  const [asked, setAsked] = useState<Change | undefined>(undefined);
  const changes = can("staff") ? changesOf(booking, new Date().toISOString()) : [];
  const labels = {
    confirmed: w.confirm,
    completed: w.came,
    no_show: w.noShow,
    cancelled: booking.status === "pending" ? w.decline : w.cancel,
  };
  return (
    <>
      <Section>
        <FactList facts={useFacts(booking)} />
      </Section>
      {changes.length > 0 && (
        <Section>
          <Row>
            {changes.map((change, nth) => (
              <Button
                key={change}
                kind={change === "cancelled" ? "danger" : nth === 0 ? "primary" : "plain"}
                onClick={() => setAsked(change)}
              >
                {labels[change]}
              </Button>
            ))}
          </Row>
        </Section>
      )}
      <Section title={w.history}>
        <Timeline events={useHistory(booking)} />
      </Section>
      {asked && <ChangeDialog booking={booking} change={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function useFacts(booking: ManagedBooking): Fact[] {
  const { format, zone, language: reader } = useLocale();
  const w = useWords(bookingWords);
  const { name, email, startsAt, endsAt, price, rushFeePercent, language, timezone } = booking;
  const there = new Intl.DateTimeFormat(reader === "de" ? "de-DE" : "en-GB", {
    ...{ timeZone: timezone, weekday: "short", hour: "2-digit", minute: "2-digit" },
  }).format(new Date(startsAt));
  return [
    { label: w.when, value: `${format.longDateTime(startsAt)}–${format.time(endsAt)}`, note: <Zone /> },
    ...(timezone === zone ? [] : [{ label: w.customerZone, value: there, note: timezone }]),
    { label: w.customer, value: name || w.deleted, note: email && <a href={`mailto:${email}`}>{email}</a> },
    { label: w.language, value: w.languages[language] },
    {
      label: w.price,
      value: format.number(price, 2),
      note: rushFeePercent > 0 ? w.surcharge(format.percent(rushFeePercent, 0)) : w.normalPrice,
    },
  ];
}

function useHistory({ createdAt, updatedAt, cancelledAt, cancelReason }: ManagedBooking): TimelineEvent[] {
  const { format } = useLocale();
  const w = useWords(bookingWords);
  return [
    ...(cancelledAt
      ? [
          {
            key: "cancelled",
            icon: "ban" as const,
            title: w.cancelledAt,
            note: format.dateTime(cancelledAt),
            children: cancelReason && <p>{w.reasons[cancelReason] ?? cancelReason}</p>,
          },
        ]
      : []),
    ...(updatedAt === createdAt || updatedAt === cancelledAt
      ? []
      : [{ key: "changed", icon: "pencil" as const, title: w.changed, note: format.dateTime(updatedAt) }]),
    { key: "created", icon: "calendar-plus" as const, title: w.created, note: format.dateTime(createdAt) },
  ];
}
