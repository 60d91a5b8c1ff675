import type { JSX } from "preact";
import { BarChart } from "../../../ui/charts/bar-chart.tsx";
import { HeatMap } from "../../../ui/charts/heat-map.tsx";
import { HourBars } from "../../../ui/charts/hour-bars.tsx";
import { LineChart } from "../../../ui/charts/line-chart.tsx";
import { Sparkline } from "../../../ui/charts/sparkline.tsx";
import { useLocale } from "../../../ui/locale.tsx";

const DAYS = Array.from({ length: 30 }, (_, nth) => new Date(Date.UTC(2026, 10, 2 + nth)).toISOString().slice(0, 10));
const WAVE = DAYS.map((_, nth) => Math.round(330 + 90 * Math.sin(nth / 2.3) + 3 * nth));

export function Visitors(): JSX.Element {
  const { format } = useLocale();
  return (
    <LineChart
      title="Visitors"
      labels={DAYS}
      lines={[{ label: "this span", values: WAVE.map((value, nth) => (nth === 29 ? 110 : value)) }]}
      previous={{
        label: "30 days before",
        values: WAVE.map((value, nth) => Math.round(value * (nth % 5 ? 0.8 : 1.05))),
      }}
      provisional={1}
      value={format.number}
    />
  );
}

export function ShowRate(): JSX.Element {
  const { format } = useLocale();
  const values = DAYS.map((_, nth) => (nth > 9 && nth < 14 ? null : 74 + 6 * Math.sin(nth / 3)));
  return (
    <LineChart
      title="Show rate"
      labels={DAYS}
      lines={[{ label: "show rate", values }]}
      from="auto"
      value={(value) => format.percent(value)}
      noteOf={(place) => (values[place] === null ? "The club was closed." : undefined)}
    />
  );
}

export function Mails(): JSX.Element {
  const { format } = useLocale();
  return (
    <BarChart
      title="Mails"
      labels={DAYS.slice(16)}
      bars={[
        { label: "delivered", values: WAVE.slice(16) },
        { label: "refused", values: WAVE.slice(16).map((_, nth) => (nth % 4 ? 0 : 20 + nth * 3)), hatched: true },
      ]}
      provisional={1}
      value={format.number}
    />
  );
}

export function Hours(): JSX.Element {
  return (
    <HourBars
      label="50 of 220 places are booked today"
      hours={[4, 10, 13, 8, 6, 2, 4, 6, 8, 13, 20, 18, 12, 4].map((value, nth) => ({
        ...{ label: String(7 + nth).padStart(2, "0"), value, capacity: 22, past: nth < 1 },
      }))}
    />
  );
}

export function WeekMap(): JSX.Element {
  const { format } = useLocale();
  const share = (row: number, column: number) => (row === 6 ? null : Math.abs(Math.sin(row + column * 1.7)));
  return (
    <HeatMap
      caption="Show rate by weekday and hour"
      rows={Array.from({ length: 7 }, (_, day) => format.weekday(day))}
      columns={Array.from({ length: 12 }, (_, nth) => String(8 + nth))}
      shareOf={share}
      textOf={(row, column) => format.percent((share(row, column) ?? 0) * 100)}
    />
  );
}

export function Small(): JSX.Element {
  return (
    <>
      <Sparkline label="Visitors, 30 days, 417 at last" values={WAVE} />
      <Sparkline label="Durations of the latest runs" values={WAVE.map((value) => value % 97)} kind="bars" />
    </>
  );
}
