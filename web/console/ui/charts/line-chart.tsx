import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useLocale } from "../locale.tsx";
import { ChartFrame, type Shown } from "./chart-frame.tsx";
import { type Colour, type LineChartProps, scaleOf } from "./series.ts";

/** Lines over time. A single line has an area of 9% below it. */
export function LineChart(props: LineChartProps): JSX.Element {
  const { lines, previous, provisional = 0, from = 0, height = 160 } = props;
  const { dark } = useLocale();
  const holder = useRef<HTMLDivElement>(null);
  const known = [...lines, ...(previous ? [previous] : [])].flatMap(({ values }) =>
    values.filter((value) => value !== null),
  );
  const most = Math.max(...known, from === "auto" ? Number.NEGATIVE_INFINITY : from);
  const least = from === "auto" ? Math.min(...known) : from;
  const scale = known.length > 0 ? scaleOf(least, most) : scaleOf(0, 1);
  const provisionalFrom = provisional > 0 ? props.labels.length - provisional : undefined;

  // Compare by content, because each response brings new arrays.
  const drawn = JSON.stringify([props.labels, lines, previous, provisional, scale]);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    let current = true;
    let destroy: (() => void) | undefined;
    // The library is half as large as the rest of the first load together, and the page is of use before its lines show.
    import("./draw-lines.ts")
      .then(({ drawLines }) => {
        if (current) destroy = drawLines(props, scale, element);
      })
      .catch(() => undefined); // Without it, the values are in the tooltip and the table.
    return () => {
      current = false;
      destroy?.();
    };
  }, [drawn, dark, height]);

  const shown: Shown[] = lines.map(({ label, values, colour }, nth) => ({
    ...{ label, values, look: "line" as const },
    colour: colour ?? ((nth + 1) as Colour),
  }));
  if (previous) shown.push({ ...previous, colour: 5, look: "previous" });
  return (
    <ChartFrame {...props} {...{ shown, scale, provisionalFrom }}>
      <div ref={holder} class="canvas" />
    </ChartFrame>
  );
}
