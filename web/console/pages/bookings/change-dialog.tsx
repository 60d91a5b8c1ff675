import type { JSX } from "preact";
import type { ManagedBooking } from "../../../client/generated/types.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import type { Change } from "./changes.ts";
import { type BookingWords, bookingWords } from "./words.ts";

interface Props {
  booking: ManagedBooking;
  change: Change;
  onClose: () => void;
}

/** Asks before a booking's status changes, and names the customer and the time. */
export function ChangeDialog({ booking, change, onClose }: Props): JSX.Element {
  const { format, zone } = useLocale();
  const w = useWords(bookingWords);
  const { id, serviceName, providerName, startsAt, language, status } = booking;
  const name = booking.name || w.deleted;
  const { title, confirm } = textsOf(change, status === "pending", w);
  const mailed = change === "confirmed" || change === "cancelled";
  return (
    <ConfirmDialog
      title={title}
      confirm={confirm}
      danger={change === "cancelled"}
      send={(client) => client.updateBooking({ id, body: { status: change } })}
      done={() => w.done[change](name)}
      onClose={onClose}
    >
      <p>
        <b>{w.who(name, w.bookingTitle(serviceName, providerName))}</b>
        <br />
        {format.longDateTime(startsAt)} ({zone})
      </p>
      <p>{mailed && booking.email ? w.mailed(name, w.languages[language]) : w.notMailed}</p>
    </ConfirmDialog>
  );
}

function textsOf(change: Change, isRequest: boolean, w: BookingWords): { title: string; confirm: string } {
  if (change === "cancelled") {
    return isRequest ? { title: w.declineTitle, confirm: w.decline } : { title: w.cancelTitle, confirm: w.cancel };
  }
  return {
    confirmed: { title: w.confirmTitle, confirm: w.confirm },
    completed: { title: w.cameTitle, confirm: w.came },
    no_show: { title: w.noShowTitle, confirm: w.noShow },
  }[change];
}
