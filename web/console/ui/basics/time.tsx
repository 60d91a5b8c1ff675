import type { JSX } from "preact";
import { useLocale } from "../locale.tsx";
import { Icon } from "./icon.tsx";

interface Props {
  /** The instant, as in the API. */
  of: string;
  /** `time` 14:05, `day` Tue 1 Dec, `date-time` Tue 1 Dec, 14:05, `long`, `relative` 12 minutes ago. */
  as?: "time" | "day" | "date-time" | "long" | "relative" | undefined;
}

/** An instant in the club's time zone. The zone and the full instant show when the pointer rests on it. */
export function Time({ of, as = "date-time" }: Props): JSX.Element {
  const { format, zone } = useLocale();
  const shown = {
    time: format.time,
    day: format.dayOf,
    "date-time": format.dateTime,
    long: format.longDateTime,
    relative: format.relative,
  }[as](of);
  return (
    <time dateTime={of} title={`${format.longDateTime(of)} · ${zone}`}>
      {shown}
    </time>
  );
}

/** Names the zone of the times on a page; with an instant also says what time it is there. */
export function Zone({ now }: { now?: string | undefined }): JSX.Element {
  const { format, zone } = useLocale();
  return (
    <span class="zone">
      <Icon name="globe" size="small" />
      {now && <time dateTime={now}>{format.longDateTime(now)}</time>}
      {now && " · "}
      {zone}
    </span>
  );
}
