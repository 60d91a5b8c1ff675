import type { JSX } from "preact";
import { useQuery } from "../../routing/query.ts";
import { ButtonLink } from "../../ui/basics/button.tsx";
import { useOverview } from "../../ui/context.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Note } from "../../ui/page/note.tsx";
import { bookingWords } from "./words.ts";

/** Bookings on closed days and in blocked times. A failure shows in the cards below. */
export function Conflicts(): JSX.Element {
  const { format } = useLocale();
  const w = useWords(bookingWords);
  const { hrefWith } = useQuery();
  const { data } = useOverview();
  const conflicts = (data?.attention ?? []).filter((item) => item.kind === "booking-conflict");
  return (
    <>
      {conflicts.map(({ providerId, providerName, date, exception, reason, bookings }) => (
        <Note
          key={`${providerId} ${date} ${exception}`}
          tone="bad"
          title={w.conflict[exception](format.day(date), providerName, format.number(bookings))}
          actions={
            <ButtonLink href={hrefWith({ provider: providerId, date, booking: undefined, slot: undefined })}>
              {w.conflict.show}
            </ButtonLink>
          }
        >
          {reason && w.conflict.reason(reason)}
        </Note>
      ))}
    </>
  );
}
