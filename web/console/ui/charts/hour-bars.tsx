import type { JSX } from "preact";

export interface HourBar {
  /** The hour as it is written below, "07". */
  label: string;
  value: number;
  /** How much there could be: the grey ground. */
  capacity: number;
  past?: boolean | undefined;
}

interface Props {
  /** What the bars show, with the total, for screen readers. */
  label: string;
  hours: HourBar[];
}

/** How full each hour of a day is. */
export function HourBars({ label, hours }: Props): JSX.Element {
  const most = Math.max(1, ...hours.map(({ value, capacity }) => Math.max(value, capacity)));
  const words = hours.map((hour) => `${hour.label}: ${hour.value} / ${hour.capacity}`).join(", ");
  return (
    <div class="hour-bars" role="img" aria-label={`${label}. ${words}`}>
      {hours.map(({ label: hour, value, capacity, past }, nth) => (
        <span key={hour} class={past ? "past" : undefined} title={`${hour}: ${value} / ${capacity}`}>
          <span
            class="ground"
            style={{ "--capacity": `${(capacity / most) * 100}%`, "--value": `${(value / most) * 100}%` }}
          />
          <small>{nth % 3 === 0 ? hour : ""}</small>
        </span>
      ))}
    </div>
  );
}
