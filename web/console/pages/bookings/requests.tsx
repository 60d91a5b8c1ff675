import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ManagedBooking } from "../../../client/generated/types.ts";
import type { OpenItem } from "../../routing/open-item.ts";
import { Button } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { RowList } from "../../ui/data/row-list.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Row } from "../../ui/page/grid.tsx";
import { useApi } from "../../ui/use-api.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import type { Change } from "./changes.ts";
import { bookingWords } from "./words.ts";

const MOST = 100;

/** How many show at first. */
const SHOWN = 3;

/** The requests ahead, the soonest first; staff confirm or decline them. Shows nothing if there are none. */
export function Requests({ booking }: { booking: OpenItem }): JSX.Element | null {
  const { can } = useUi();
  const { format } = useLocale();
  const w = useWords(bookingWords);
  const [asked, setAsked] = useState<{ booking: ManagedBooking; change: Change } | undefined>(undefined);
  const { data } = useApi((client, options) =>
    client.listBookings({ status: "pending", from: new Date().toISOString(), limit: MOST }, options),
  );
  const [all, setAll] = useState(false);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Card title={w.requests} hint={w.requestsHint} count={data.items.length}>
      <RowList
        label={w.requests}
        selected={booking.id}
        rows={[...data.items]
          .reverse()
          .slice(0, all ? MOST : SHOWN)
          .map((request) => ({
            key: request.id,
            icon: "clock" as const,
            tone: "warn" as const,
            title: request.name || w.deleted,
            href: booking.hrefOf(request.id),
            note: `${format.dateTime(request.startsAt)} · ${w.bookingTitle(request.serviceName, request.providerName)}`,
            end: can("staff") && (
              <Row>
                <Button small onClick={() => setAsked({ booking: request, change: "confirmed" })}>
                  {w.confirm}
                </Button>
                <Button small kind="danger" onClick={() => setAsked({ booking: request, change: "cancelled" })}>
                  {w.decline}
                </Button>
              </Row>
            ),
          }))}
      />
      {!all && data.items.length > SHOWN && (
        <Button small kind="quiet" onClick={() => setAll(true)}>
          {w.showAll(format.number(data.items.length))}
        </Button>
      )}
      {asked && <ChangeDialog {...asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}
