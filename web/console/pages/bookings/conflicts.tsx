import type { JSX } from "preact";
import type { ConflictAttention } from "../../../client/generated/types.ts";
import { useQuery } from "../../routing/query.ts";
import { ButtonLink } from "../../ui/basics/button.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useApi } from "../../ui/use-api.ts";
import { bookingWords } from "./words.ts";

/** Bookings on closed days and in blocked times. A failure shows in the cards below. */
export function Conflicts(): JSX.Element {
  const { format } = useLocale();
  const w = useWords(bookingWords);
  const { hrefWith } = useQuery();
  const { data = [] } = useApi(async (client, options) =>
    (await client.getOverview({}, options)).attention.filter(
      (item): item is ConflictAttention => item.kind === "booking-conflict",
    ),
  );
  return (
    <>
      {data.map(({ providerId, providerName, date, exception, reason, bookings }) => (
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
